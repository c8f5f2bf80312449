"""Reading one's day: modes as chosen and by the plan, breaks of groups."""

from hemma.workday.queries.breaks import BreakShare, PlaceBreaks, breaks_by_place, breaks_of
from hemma.workday.queries.gaps import TeamGap, away_until, gaps_now
from hemma.workday.queries.modes import (
    KEPT,
    LOST_AFTER,
    Spell,
    chosen_mode,
    mode_history,
    mode_of,
    modes_now,
    open_for_s,
)
from hemma.workday.queries.plan import WARMUP, mode_by_plan, modes_by_plan
from hemma.workday.queries.reach import Reach, State, reach, reach_of
from hemma.workday.queries.todos import Done, done_by_me, my_todos, todos_to_start

__all__ = [
    "KEPT",
    "LOST_AFTER",
    "WARMUP",
    "BreakShare",
    "Done",
    "PlaceBreaks",
    "Reach",
    "Spell",
    "State",
    "TeamGap",
    "away_until",
    "breaks_by_place",
    "breaks_of",
    "chosen_mode",
    "done_by_me",
    "gaps_now",
    "mode_by_plan",
    "mode_history",
    "mode_of",
    "modes_by_plan",
    "modes_now",
    "my_todos",
    "open_for_s",
    "reach",
    "reach_of",
    "todos_to_start",
]
