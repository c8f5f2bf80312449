"""Reading one's day: modes as chosen and by the plan, breaks of groups."""

from hemma.workday.queries.border import Hours, hours_now
from hemma.workday.queries.breaks import BreakShare, PlaceBreaks, breaks_by_place, breaks_of
from hemma.workday.queries.chat import chat_of
from hemma.workday.queries.eased import eased_days, eased_now, eased_people, eased_team
from hemma.workday.queries.focus import FocusSums, focus_seen, focus_sums
from hemma.workday.queries.gaps import TeamGap, away_until, gaps_now, my_gap, my_gaps
from hemma.workday.queries.hours import (
    PersonHours,
    Stretch,
    correction_of,
    corrections_of,
    hours_of,
    hours_of_team,
    led_team,
    open_corrections,
    past_hours,
    running,
    stretch_of,
    stretches_of,
)
from hemma.workday.queries.light import is_at_work, light_of, whose_light
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
from hemma.workday.queries.own_weeks import Beside, OwnWeek, OwnWeeks, own_weeks
from hemma.workday.queries.pay import hours_for_pay
from hemma.workday.queries.plan import (
    LEFT_BY_CHOICE,
    WARMUP,
    gone_home,
    mode_by_plan,
    modes_by_plan,
)
from hemma.workday.queries.reach import (
    Reach,
    State,
    peace_of,
    reach,
    reach_of,
    ways_of,
    ways_of_team,
)
from hemma.workday.queries.todos import Done, done_by_me, my_todos, todos_to_start
from hemma.workday.queries.trend import Sums, Trend, hours_trend, hours_trends
from hemma.workday.queries.worked import DayWorked, days_worked, record_begins

__all__ = [
    "KEPT",
    "LEFT_BY_CHOICE",
    "LOST_AFTER",
    "WARMUP",
    "Beside",
    "BreakShare",
    "DayWorked",
    "Done",
    "FocusSums",
    "Hours",
    "OwnWeek",
    "OwnWeeks",
    "PersonHours",
    "PlaceBreaks",
    "Reach",
    "Spell",
    "State",
    "Stretch",
    "Sums",
    "TeamGap",
    "Trend",
    "away_until",
    "breaks_by_place",
    "breaks_of",
    "chat_of",
    "chosen_mode",
    "correction_of",
    "corrections_of",
    "days_worked",
    "done_by_me",
    "eased_days",
    "eased_now",
    "eased_people",
    "eased_team",
    "focus_seen",
    "focus_sums",
    "gaps_now",
    "gone_home",
    "hours_for_pay",
    "hours_now",
    "hours_of",
    "hours_of_team",
    "hours_trend",
    "hours_trends",
    "is_at_work",
    "led_team",
    "light_of",
    "mode_by_plan",
    "mode_history",
    "mode_of",
    "modes_by_plan",
    "modes_now",
    "my_gap",
    "my_gaps",
    "my_todos",
    "open_corrections",
    "open_for_s",
    "own_weeks",
    "past_hours",
    "peace_of",
    "reach",
    "reach_of",
    "record_begins",
    "running",
    "stretch_of",
    "stretches_of",
    "todos_to_start",
    "ways_of",
    "ways_of_team",
    "whose_light",
]
