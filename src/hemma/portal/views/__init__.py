"""The pages of this room: customers' own, and those of the staff."""

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
    "beside",
    "call",
    "contentment",
    "find",
    "form",
    "forms_list",
    "more",
    "own",
    "rate",
    "say",
    "start",
    "write",
]
