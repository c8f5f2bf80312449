"""The indicators there are, by the side of the balance that each belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Measure:
    """`top` per `bottom` of what is counted a day; `share`: between 0 and 1, told in percent.

    `step`: told in steps of it, so that no value is so exact that it points at somebody.
    `meaning` says what is counted, in words and as the formula.
    """

    key: str
    name: "StrOrPromise"
    meaning: "StrOrPromise"
    top: str
    bottom: str
    step: float
    share: bool = False


MEASURES = (
    Measure(
        "pace",
        _("Answers an hour"),
        _("Answers to customers, divided by hours worked. Pauses are in the hours, meal breaks are not."),
        "answers", "hours", 0.01,
    ),
    Measure(
        "enough",
        _("Solved with the first answer"),
        _("First answers after which the case was solved and nobody wrote again, of all first answers."),
        "enough", "first", 0.001, share=True,
    ),
    Measure(
        "hours",
        _("Hours a day"),
        _("Hours by the working-time record, meal breaks taken off, divided by days worked."),
        "hours", "days", 0.1,
    ),
)  # fmt: skip
MEASURE = {one.key: one for one in MEASURES}
# Whose effect is estimated and which a pilot may be about; more hours are no aim of anybody.
OUTCOMES = ("pace", "enough")
PLACES = ("home", "office")
