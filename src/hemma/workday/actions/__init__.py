"""Changing one's day: modes, breaks, blocks of one's own."""

from hemma.workday.actions.breaks import keep_breaks
from hemma.workday.actions.modes import (
    answer_beat,
    begin_contact,
    end_contact,
    end_modes,
    forget_old_modes,
    here_after_all,
    notice_lost,
    set_mode,
    sick_today,
    start_day,
)
from hemma.workday.actions.shutdown import shut_down
from hemma.workday.actions.todos import add_todo, drop, park_todos, tick, weigh

__all__ = [
    "add_todo",
    "answer_beat",
    "begin_contact",
    "drop",
    "end_contact",
    "end_modes",
    "forget_old_modes",
    "here_after_all",
    "keep_breaks",
    "notice_lost",
    "park_todos",
    "set_mode",
    "shut_down",
    "sick_today",
    "start_day",
    "tick",
    "weigh",
]
