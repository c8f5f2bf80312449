"""Reading one's notices, who can be written to, and whether something may reach somebody now."""

from hemma.notices.queries.border import (
    Gate,
    digests_due,
    gate,
    held_now,
    may_be_mailed,
    may_break_focus,
    starting_soon,
)
from hemma.notices.queries.budget import Budget, budget_of
from hemma.notices.queries.reading import (
    SHOWN_FOR,
    Neighbour,
    News,
    mail_news,
    my_notices,
    neighbour,
    neighbours,
    news_for,
    unread_count,
    words_after_hours,
)
from hemma.notices.queries.ways import (
    device_of,
    habit_of,
    is_wanted,
    my_choices,
    my_devices,
    push_key,
    wishes_for,
)

__all__ = [
    "SHOWN_FOR",
    "Budget",
    "Gate",
    "Neighbour",
    "News",
    "budget_of",
    "device_of",
    "digests_due",
    "gate",
    "habit_of",
    "held_now",
    "is_wanted",
    "mail_news",
    "may_be_mailed",
    "may_break_focus",
    "my_choices",
    "my_devices",
    "my_notices",
    "neighbour",
    "neighbours",
    "news_for",
    "push_key",
    "starting_soon",
    "unread_count",
    "wishes_for",
    "words_after_hours",
]
