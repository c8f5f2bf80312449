"""Group figures, decisions, trials and files."""

from hemma.insight.views.figures import export, home, method
from hemma.insight.views.files import drop_file, files, one_file
from hemma.insight.views.focus import focus, focus_file
from hemma.insight.views.records import (
    decision_new,
    decisions,
    pilot,
    pilot_change,
    pilot_end,
    pilot_new,
    pilot_start,
    pilots,
)

__all__ = [
    "decision_new",
    "decisions",
    "drop_file",
    "export",
    "files",
    "focus",
    "focus_file",
    "home",
    "method",
    "one_file",
    "pilot",
    "pilot_change",
    "pilot_end",
    "pilot_new",
    "pilot_start",
    "pilots",
]
