"""What happens at the desk: one function a verb, keyword-only, `actor` first."""

from hemma.desk.actions.answering import AlreadyHeld, Answered, answer
from hemma.desk.actions.holding import hand_to, release, take
from hemma.desk.actions.intake import Outcome, store, take_in, take_in_again
from hemma.desk.actions.leavers import release_all_of
from hemma.desk.actions.mailboxes import add_mailbox
from hemma.desk.actions.sending import send, send_overdue

__all__ = [
    "AlreadyHeld",
    "Answered",
    "Outcome",
    "add_mailbox",
    "answer",
    "hand_to",
    "release",
    "release_all_of",
    "send",
    "send_overdue",
    "store",
    "take",
    "take_in",
    "take_in_again",
]
