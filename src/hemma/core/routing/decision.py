"""What a decision says: who, and why, in codes and numbers. Words are the rooms' business."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Numbers = tuple[tuple[str, float], ...]
"""Named numbers of a reason, in a fixed order."""


class WhyNot(StrEnum):
    """Why one person did not come into question, in the order it is asked: first what one can,
    then whether one may now, then whether there is room."""

    NOT_IN_QUEUE = "not_in_queue"
    MISSING_SKILL = "missing_skill"
    LEVEL_TOO_LOW = "level_too_low"
    LANGUAGE = "language"
    CHANNEL_NOT_TAKEN = "channel_not_taken"
    QUEUE_CLOSED = "queue_closed"
    OUTSIDE_HOURS = "outside_hours"
    NOT_PRESENT_MODE = "not_present_mode"
    TOO_SHORT_BEFORE_STOP = "too_short_before_stop"
    DECLINED_ALREADY = "declined_already"
    HAS_OPEN_OFFER = "has_open_offer"
    AT_CAPACITY = "at_capacity"
    PERSONAL_LIMIT = "personal_limit"


CANNOT = frozenset(
    {
        WhyNot.NOT_IN_QUEUE,
        WhyNot.MISSING_SKILL,
        WhyNot.LEVEL_TOO_LOW,
        WhyNot.LANGUAGE,
        WhyNot.CHANNEL_NOT_TAKEN,
    }
)
"""The codes that tell that someone cannot take it, at any time."""


class ReasonCode(StrEnum):
    """Why a decision came out as it did; the numbers beside each code."""

    WAITED = "waited"
    """`waited_s`, `allowed_s` (promise or target), `share` of it used up. In every decision."""
    ABLE = "able"
    """`people` asked about, `able` by skill and language, `free` of them right now."""

    ONLY_ONE = "only_one"
    """Nobody else was free."""
    NOT_ASKED_YET = "not_asked_yet"
    """The others have let an offer of it pass unanswered."""
    SKILL = "skill"
    """`surplus` levels above what is needed, by the queue's skill choice."""
    EARLIER_PERSON = "earlier_person"
    """The customer knows this person."""
    FAIR_SHARE = "fair_share"
    """`per_h` contacts an hour so far today, `next_per_h` for the next in line."""
    LESS_BUSY = "less_busy"
    """`held` contacts at the moment, `next_held` for the next in line."""
    LONGEST_SINCE = "longest_since"
    """`since_s` the last contact; -1 when there was none today."""
    EQUAL = "equal"
    """All the same, so the lowest number: somebody has to be first."""

    NOBODY = "nobody"
    """One for every first obstacle: `people` it stopped; which, is in `why_not`. Without one when
    there are no people at all."""
    OFFER_OPEN = "offer_open"
    """`person` has an unanswered offer of it."""
    NOT_YET = "not_yet"
    """`in_s` until the time that was chosen."""
    QUEUE_UNKNOWN = "queue_unknown"
    """The facts do not hold `queue`."""


NAMES: dict[ReasonCode, tuple[str, ...]] = {
    ReasonCode.WAITED: ("waited_s", "allowed_s", "share"),
    ReasonCode.ABLE: ("people", "able", "free"),
    ReasonCode.SKILL: ("surplus",),
    ReasonCode.FAIR_SHARE: ("per_h", "next_per_h"),
    ReasonCode.LESS_BUSY: ("held", "next_held"),
    ReasonCode.LONGEST_SINCE: ("since_s",),
    ReasonCode.NOBODY: ("people",),
    ReasonCode.OFFER_OPEN: ("person",),
    ReasonCode.NOT_YET: ("in_s",),
    ReasonCode.QUEUE_UNKNOWN: ("queue",),
}
"""What the numbers beside a code are called; a code that is not here has none."""


class Reason(NamedTuple):
    """One code with its numbers, in the order of `NAMES`; `why_not` names the obstacle of a
    `NOBODY`. A tuple, because a batch makes thousands."""

    code: ReasonCode
    values: tuple[float, ...] = ()
    why_not: WhyNot | None = None

    @property
    def numbers(self) -> Numbers:
        """The numbers with their names."""
        return tuple(zip(NAMES.get(self.code, ()), self.values, strict=True))

    def number(self, name: str) -> float:
        """The number of that name; raises `KeyError`."""
        return dict(self.numbers)[name]


@dataclass(frozen=True, slots=True)
class Considered:
    """One person as seen by one contact: all obstacles in order; none means could have had it."""

    person: int
    why_not: tuple[WhyNot, ...]


class Decision(NamedTuple):
    """What is to happen with one contact.

    `person` is who gets the offer, None when it waits on. `reasons` begin with `WAITED`, then
    `ABLE`, then what decided; how everyone stood is what
    `consider` tells. `version` is that of the settings used.
    """

    contact: int
    person: int | None
    reasons: tuple[Reason, ...]
    version: int = 1

    def reason(self, code: ReasonCode) -> Reason | None:
        """The first reason with the code."""
        return next((reason for reason in self.reasons if reason.code is code), None)
