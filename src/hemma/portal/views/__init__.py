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
from hemma.portal.views.staff import (
    beside,
    complaints,
    contentment,
    form,
    forms_list,
    learn,
)

__all__ = [
    "access",
    "begin",
    "beside",
    "call",
    "complaints",
    "contentment",
    "find",
    "form",
    "forms_list",
    "learn",
    "more",
    "own",
    "rate",
    "say",
    "start",
    "write",
]
