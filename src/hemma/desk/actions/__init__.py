"""What happens at the desk: one function a verb, keyword-only, `actor` first."""

from hemma.desk.actions.answering import AlreadyHeld, Answered, answer
from hemma.desk.actions.files import scan_again
from hemma.desk.actions.holding import hand_to, release, take
from hemma.desk.actions.intake import Outcome, store, take_in, take_in_again
from hemma.desk.actions.mailboxes import add_mailbox, change_mailbox, note_connection
from hemma.desk.actions.sending import send, send_overdue
from hemma.desk.actions.sorting import correct_language, delete_rule, save_rule, tell_language
from hemma.desk.actions.spam import call_spam, learn_from_answer, learn_wanted
from hemma.desk.actions.taking_back import TooLate, take_back

__all__ = [
    "AlreadyHeld",
    "Answered",
    "Outcome",
    "TooLate",
    "add_mailbox",
    "answer",
    "call_spam",
    "change_mailbox",
    "correct_language",
    "delete_rule",
    "hand_to",
    "learn_from_answer",
    "learn_wanted",
    "note_connection",
    "release",
    "save_rule",
    "scan_again",
    "send",
    "send_overdue",
    "store",
    "take",
    "take_back",
    "take_in",
    "take_in_again",
    "tell_language",
]
