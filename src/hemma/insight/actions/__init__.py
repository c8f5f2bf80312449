"""Counting, deciding, trying out."""

from hemma.insight.actions.counting import count_due, count_focus_due
from hemma.insight.actions.decisions import Said, decide
from hemma.insight.actions.files import count_files, have_counted, read_in, throw_away
from hemma.insight.actions.pilots import (
    count_pilots,
    end_pilot,
    plan_pilot,
    start_pilot,
)

__all__ = [
    "Said",
    "count_due",
    "count_files",
    "count_focus_due",
    "count_pilots",
    "decide",
    "end_pilot",
    "have_counted",
    "plan_pilot",
    "read_in",
    "start_pilot",
    "throw_away",
]
