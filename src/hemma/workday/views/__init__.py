"""*My day*, *The team now*, the bar on every page, one's rhythm."""

from hemma.workday.views.day import (
    absent,
    back,
    begin,
    end_day,
    here,
    mebar,
    mode,
    my_day,
    my_day_band,
    my_team,
    sick,
    start_day,
    team_list,
    team_now,
)
from hemma.workday.views.rhythm import book, breaks, gaps, rhythm, take_back
from hemma.workday.views.todos import shutdown, todo_do, todo_new, todos

__all__ = [
    "absent",
    "back",
    "begin",
    "book",
    "breaks",
    "end_day",
    "gaps",
    "here",
    "mebar",
    "mode",
    "my_day",
    "my_day_band",
    "my_team",
    "rhythm",
    "shutdown",
    "sick",
    "start_day",
    "take_back",
    "team_list",
    "team_now",
    "todo_do",
    "todo_new",
    "todos",
]
