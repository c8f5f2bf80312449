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
from hemma.planning.views.templates import (
    drop_template,
    keep_template,
    templates,
    use_template,
)

__all__ = [
    "add_absence",
    "add_shift",
    "drop_template",
    "end_link",
    "feed",
    "import_file",
    "keep_template",
    "law_check",
    "law_to_verify",
    "make_link",
    "my_calendar",
    "remove_shift",
    "schedule",
    "templates",
    "use_template",
]
