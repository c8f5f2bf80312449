"""Reading what is told of groups. The first parameter is who asks."""

from hemma.insight.queries.focus import TeamWeeks, focus_weeks
from hemma.insight.queries.readings import balance, readings
from hemma.insight.queries.records import (
    decision_for,
    decisions,
    file_for,
    files,
    pilot_for,
    pilots,
    questions_of,
    teams_to_try,
    told_of_files,
    who_tries,
)

__all__ = [
    "TeamWeeks",
    "balance",
    "decision_for",
    "decisions",
    "file_for",
    "files",
    "focus_weeks",
    "pilot_for",
    "pilots",
    "questions_of",
    "readings",
    "teams_to_try",
    "told_of_files",
    "who_tries",
]
