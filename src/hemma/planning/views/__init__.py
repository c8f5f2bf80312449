"""The schedule's pages, calendar links, and what the law says of a week."""

from hemma.planning.views.law import law_check, law_to_verify
from hemma.planning.views.schedule import (
    add_absence,
    add_shift,
    end_link,
    feed,
    import_file,
    make_link,
    my_calendar,
    remove_shift,
    schedule,
)

__all__ = [
    "add_absence",
    "add_shift",
    "end_link",
    "feed",
    "import_file",
    "law_check",
    "law_to_verify",
    "make_link",
    "my_calendar",
    "remove_shift",
    "schedule",
]
