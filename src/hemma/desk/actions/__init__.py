"""What happens at the desk: one function a verb, keyword-only, `actor` first."""

from hemma.desk.actions.answering import AlreadyHeld, Answered, answer
from hemma.desk.actions.bulk import Done, do_to_many
from hemma.desk.actions.closed import say_closed
from hemma.desk.actions.connections import (
    add_webhook,
    deliver_due,
    end_api_token,
    end_webhook,
    make_api_token,
    note_api_use,
)
from hemma.desk.actions.customers import (
    add_address,
    change_customer,
    erase_customer,
    merge_customers,
    remove_address,
    undo_merge,
)
from hemma.desk.actions.drafting import forget_looks, keep_draft, look, look_away
from hemma.desk.actions.files import scan_again
from hemma.desk.actions.finding import make_findable
from hemma.desk.actions.forgetting import forget_cases, forget_old_cases
from hemma.desk.actions.guiding import (
    answer_decision,
    confirm_read,
    decide,
    publish_instruction,
    save_reply,
    set_mandate,
)
from hemma.desk.actions.hearing import confirm_by_mail, hear
from hemma.desk.actions.holding import hand_to, release, take
from hemma.desk.actions.importing import (
    begin_case_import,
    drop_case_import,
    import_all,
    import_some,
    start_case_import,
    undo_case_import,
)
from hemma.desk.actions.incidents import (
    answer_all,
    close_incident,
    open_incident,
    put_in_incident,
)
from hemma.desk.actions.intake import Outcome, store, take_in, take_in_again
from hemma.desk.actions.joining import link, merge, split, unlink, way_back_from_split
from hemma.desk.actions.leavers import release_all_of
from hemma.desk.actions.mailboxes import add_mailbox, change_mailbox, note_connection
from hemma.desk.actions.moving import reopen, snooze, solve, wait_for_customer, wake
from hemma.desk.actions.noting import add_note, take_note_back
from hemma.desk.actions.promising import move_promise
from hemma.desk.actions.queues import change_queue, open_queue, set_answer_within
from hemma.desk.actions.readings import (
    ask_reading,
    draw_reading,
    forget_readings,
    pass_reading_on,
    take_reading_back,
    tell_reading,
)
from hemma.desk.actions.sending import send, send_overdue
from hemma.desk.actions.sorting import correct_language, delete_rule, save_rule, tell_language
from hemma.desk.actions.spam import call_spam, learn_wanted
from hemma.desk.actions.starting import Contact, log_contact, open_case, write_first
from hemma.desk.actions.tagging import set_tags
from hemma.desk.actions.taking_back import TooLate, take_back
from hemma.desk.actions.undoing import undo
from hemma.desk.actions.viewing import forget_view, save_view

__all__ = [
    "AlreadyHeld",
    "Answered",
    "Contact",
    "Done",
    "Outcome",
    "TooLate",
    "add_address",
    "add_mailbox",
    "add_note",
    "add_webhook",
    "answer",
    "answer_all",
    "answer_decision",
    "ask_reading",
    "begin_case_import",
    "call_spam",
    "change_customer",
    "change_mailbox",
    "change_queue",
    "close_incident",
    "confirm_by_mail",
    "confirm_read",
    "correct_language",
    "decide",
    "delete_rule",
    "deliver_due",
    "do_to_many",
    "draw_reading",
    "drop_case_import",
    "end_api_token",
    "end_webhook",
    "erase_customer",
    "forget_cases",
    "forget_looks",
    "forget_old_cases",
    "forget_readings",
    "forget_view",
    "hand_to",
    "hear",
    "import_all",
    "import_some",
    "keep_draft",
    "learn_wanted",
    "link",
    "log_contact",
    "look",
    "look_away",
    "make_api_token",
    "make_findable",
    "merge",
    "merge_customers",
    "move_promise",
    "note_api_use",
    "note_connection",
    "open_case",
    "open_incident",
    "open_queue",
    "pass_reading_on",
    "publish_instruction",
    "put_in_incident",
    "release",
    "release_all_of",
    "remove_address",
    "reopen",
    "save_reply",
    "save_rule",
    "save_view",
    "say_closed",
    "scan_again",
    "send",
    "send_overdue",
    "set_answer_within",
    "set_mandate",
    "set_tags",
    "snooze",
    "solve",
    "split",
    "start_case_import",
    "store",
    "take",
    "take_back",
    "take_in",
    "take_in_again",
    "take_note_back",
    "take_reading_back",
    "tell_language",
    "tell_reading",
    "undo",
    "undo_case_import",
    "undo_merge",
    "unlink",
    "wait_for_customer",
    "wake",
    "way_back_from_split",
    "write_first",
]
