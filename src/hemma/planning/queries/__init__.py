"""Reading the schedule: shifts, absences, calendars."""

from hemma.planning.queries.absences import absence_now, absences_between, back_at, next_starts
from hemma.planning.queries.feeds import calendar_of, feed_of, whose_feed
from hemma.planning.queries.shifts import (
    OWN_KINDS,
    DayPlan,
    PlannedActivity,
    PlannedShift,
    ShiftFacts,
    current_activity,
    day_of,
    end_of_day,
    next_activity,
    next_shift,
    nobody_plans_for,
    own_block,
    shift_now,
    shifts_between,
    shifts_now,
    shifts_today,
    today_of,
)
from hemma.planning.queries.teams import (
    planned_people,
    planned_team,
    planned_teams,
    template_of,
    templates_of,
)
from hemma.planning.queries.unplanned import unplanned_until
from hemma.planning.queries.week import Cell, WeekRow, week_of

__all__ = [
    "OWN_KINDS",
    "Cell",
    "DayPlan",
    "PlannedActivity",
    "PlannedShift",
    "ShiftFacts",
    "WeekRow",
    "absence_now",
    "absences_between",
    "back_at",
    "calendar_of",
    "current_activity",
    "day_of",
    "end_of_day",
    "feed_of",
    "next_activity",
    "next_shift",
    "next_starts",
    "nobody_plans_for",
    "own_block",
    "planned_people",
    "planned_team",
    "planned_teams",
    "shift_now",
    "shifts_between",
    "shifts_now",
    "shifts_today",
    "template_of",
    "templates_of",
    "today_of",
    "unplanned_until",
    "week_of",
    "whose_feed",
]
