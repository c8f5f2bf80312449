"""What planners type and drop: the schedule, and a week whose law is asked about."""

from hemma.planning.forms.law import WeekForm
from hemma.planning.forms.schedule import AbsenceForm, FileForm, ShiftForm
from hemma.planning.forms.templates import ApplyForm, TemplateForm

__all__ = ["AbsenceForm", "ApplyForm", "FileForm", "ShiftForm", "TemplateForm", "WeekForm"]
