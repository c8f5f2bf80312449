"""The pages of this room, by noun."""

from hemma.desk.views.cases import (
    answer,
    attachment,
    case,
    case_list,
    case_now,
    cases,
    hand_over,
    me,
    my_cases,
    queue_health,
    release,
    set_aside,
    take,
    take_in_again,
)

__all__ = [
    "answer",
    "attachment",
    "case",
    "case_list",
    "case_now",
    "cases",
    "hand_over",
    "me",
    "my_cases",
    "queue_health",
    "release",
    "set_aside",
    "take",
    "take_in_again",
]
