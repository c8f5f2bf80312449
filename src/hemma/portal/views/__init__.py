"""The pages of this room: customers' own, and those of the staff."""

from hemma.portal.views.clients import (
    begin_exit,
    call_off_exit,
    clients,
    deletion_report,
    end_exit,
    have_copy,
    leaving,
    own_copy,
    programme,
)
from hemma.portal.views.customers import (
    access,
    begin,
    call,
    find,
    more,
    own,
    rate,
    say,
    start,
    write,
)
from hemma.portal.views.staff import beside, contentment, form, forms_list

__all__ = [
    "access",
    "begin",
    "begin_exit",
    "beside",
    "call",
    "call_off_exit",
    "clients",
    "contentment",
    "deletion_report",
    "end_exit",
    "find",
    "form",
    "forms_list",
    "have_copy",
    "leaving",
    "more",
    "own",
    "own_copy",
    "programme",
    "rate",
    "say",
    "start",
    "write",
]
