"""What customers do on their pages, and what becomes of a client's data when the client leaves."""

from hemma.portal.actions.customers import (
    HOUR,
    ask_for_call,
    learn,
    rate,
    remark,
    save_form,
    write_in,
    write_more,
)
from hemma.portal.actions.exits import (
    begin_exit,
    call_off_exit,
    delete_everything,
    end_exit,
    make_export,
    note_fetched,
)

__all__ = [
    "HOUR",
    "ask_for_call",
    "begin_exit",
    "call_off_exit",
    "delete_everything",
    "end_exit",
    "learn",
    "make_export",
    "note_fetched",
    "rate",
    "remark",
    "save_form",
    "write_in",
    "write_more",
]
