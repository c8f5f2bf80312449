"""Changing one's day: modes, breaks, blocks of one's own."""

from hemma.workday.actions.breaks import keep_breaks
from hemma.workday.actions.chat import connect_chat, end_chat, forget_chat, tell_chats, try_chat
from hemma.workday.actions.corrections import Said, answer, propose
from hemma.workday.actions.eased import (
    ease_person,
    ease_team,
    end_eased,
    end_what_is_over,
    keep_wide,
)
from hemma.workday.actions.focus import keep_focus
from hemma.workday.actions.light import end_light, make_light
from hemma.workday.actions.modes import (
    answer_beat,
    begin_contact,
    close_forgotten,
    end_contact,
    end_modes,
    follow_plan,
    forget_old_modes,
    here_after_all,
    leave_part,
    notice_lost,
    set_mode,
    sick_today,
    start_day,
)
from hemma.workday.actions.peace import Agreed, agree_ways, end_peace, work_in_peace
from hemma.workday.actions.record import book_away, forget_old, go_on
from hemma.workday.actions.shutdown import shut_down
from hemma.workday.actions.todos import (
    add_todo,
    drop,
    park_todos,
    stop_sharing,
    tick,
    weigh,
)
from hemma.workday.actions.watch import watch_hours

__all__ = [
    "Agreed",
    "Said",
    "add_todo",
    "agree_ways",
    "answer",
    "answer_beat",
    "begin_contact",
    "book_away",
    "close_forgotten",
    "connect_chat",
    "drop",
    "ease_person",
    "ease_team",
    "end_chat",
    "end_contact",
    "end_eased",
    "end_light",
    "end_modes",
    "end_peace",
    "end_what_is_over",
    "follow_plan",
    "forget_chat",
    "forget_old",
    "forget_old_modes",
    "go_on",
    "here_after_all",
    "keep_breaks",
    "keep_focus",
    "keep_wide",
    "leave_part",
    "make_light",
    "notice_lost",
    "park_todos",
    "propose",
    "set_mode",
    "shut_down",
    "sick_today",
    "start_day",
    "stop_sharing",
    "tell_chats",
    "tick",
    "try_chat",
    "watch_hours",
    "weigh",
    "work_in_peace",
]
