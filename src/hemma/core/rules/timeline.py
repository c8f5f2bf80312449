"""What a person does when: the timeline that rules of law look at."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval
from hemma.core.grid.local import seconds_of
from hemma.core.rules.spans import Span


class WorkKind(StrEnum):
    """What a stretch of time is. Break kinds are not interchangeable: see glossary 36–42."""

    SHIFT = "shift"
    """A whole shift; what lies inside it may be told beside it."""
    WORK = "work"
    """Work of any kind, when told piece by piece."""
    TRAINING = "training"
    OVERTIME = "overtime"
    ADDITIONAL = "additional"
    """Hours above part time, up to full time (*mertid*)."""
    PAUS = "paus"
    """A short break that is working time."""
    MEAL_ON_DUTY = "meal_on_duty"
    """A meal that is working time, at the workplace."""
    RAST = "rast"
    """A break that is not working time: the person may leave."""
    ON_CALL = "on_call"
    """Waiting at the workplace (*jour*): no rest, and counted apart."""
    STANDBY = "standby"
    """Waiting elsewhere (*beredskap*): neither work nor, everywhere, rest."""
    ABSENCE = "absence"
    """Not at work, whatever else is planned then. Never a reason."""


class PlaceType(StrEnum):
    """Where, in four words (glossary 109); never an address."""

    HOME = "home"
    OFFICE = "office"
    CUSTOMER_SITE = "customer_site"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One stretch of the timeline. Items may overlap: a rast inside a shift cuts it.

    `id` is the caller's own, to find the item again; unique within a timeline. `announced` is the
    instant from which the person knew of it as it is, when that is known (rules of notice).
    `free_to_leave` is asked of breaks. `span` is `at` in whole seconds, kept because one item is
    looked at in many timelines.
    """

    id: int
    kind: WorkKind
    at: Interval
    place_type: PlaceType | None = None
    announced: datetime | None = None
    free_to_leave: bool = True
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", (seconds_of(self.at.start), seconds_of(self.at.end)))


@dataclass(frozen=True, slots=True)
class Timeline:
    """One person's time, with what rules must know of the person.

    `pack` names the rule pack: that of the workplace's country, or a collective agreement on top
    of it. `zone` is the workplace's. Hours are of the contract, per week. Time before the first
    and after the last item counts as free, so give enough of it: a rule sees no further.
    """

    person: int
    pack: str
    zone: ZoneInfo
    items: tuple[WorkItem, ...]
    contract_week_h: float | None = None
    full_time_week_h: float | None = None
    is_minor: bool = False
    is_training_contract: bool = False

    def __post_init__(self) -> None:
        if len({item.id for item in self.items}) != len(self.items):
            raise ValueError(f"person {self.person}: an item comes twice")


@dataclass(frozen=True, slots=True)
class CandidateChange:
    """A change one thinks of: items taken away (by id), then items put in."""

    remove: frozenset[int] = frozenset()
    add: tuple[WorkItem, ...] = ()


def changed(timeline: Timeline, change: CandidateChange) -> Timeline:
    """The timeline as it would be. Raises `ValueError` for an unknown or a doubled item."""
    unknown = change.remove - {item.id for item in timeline.items}
    if unknown:
        raise ValueError(f"no such items: {sorted(unknown)}")
    kept = tuple(item for item in timeline.items if item.id not in change.remove)
    return replace(timeline, items=(*kept, *change.add))


WORKING = frozenset(
    {
        WorkKind.SHIFT,
        WorkKind.WORK,
        WorkKind.TRAINING,
        WorkKind.OVERTIME,
        WorkKind.ADDITIONAL,
        WorkKind.PAUS,
        WorkKind.MEAL_ON_DUTY,
    }
)
