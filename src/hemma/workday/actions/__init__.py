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

__all__ = [
    "answer_beat",
    "begin_contact",
    "end_contact",
    "end_modes",
    "forget_old_modes",
    "here_after_all",
    "keep_breaks",
    "notice_lost",
    "set_mode",
    "sick_today",
    "start_day",
]
