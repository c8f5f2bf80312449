"""How modes and planned activities look and are called; the frame knows the shapes."""

from hemma.planning.models import ActivityKind
from hemma.planning.queries import PlannedActivity
from hemma.ui import modes
from hemma.workday.models import Mode

# A recess that one chooses is a pause like any other; one that is planned has its own leaf.
_OF_MODE = {Mode.RECESS: "paus"}
_OF_KIND = {ActivityKind.PAUSE: "paus"}


def key_of_mode(mode: Mode) -> str:
    """The frame's name for how `mode` looks."""
    return _OF_MODE.get(mode, str(mode))


def of_kind(kind: str) -> modes.Look:
    """How a kind of planned activity looks."""
    return modes.look(_OF_KIND.get(ActivityKind(kind), kind))


def word_of(activity: PlannedActivity) -> str:
    """What people call it: its own label, else its kind."""
    return activity.label or str(of_kind(activity.kind).word)
