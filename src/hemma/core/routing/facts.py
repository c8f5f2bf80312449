"""The facts a routing decision is made of: numbers, codes, nothing that runs.

All times are seconds since one origin that the caller chooses: 1970 UTC in the live system, zero
in a simulation. All durations are seconds. Identities are whole numbers, unique among their kind.
A decision depends on nothing else than these facts, whatever order they come in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hemma.core.routing.modes import AT_WORK_IN_QUEUE, Channel, Mode


class SkillChoice(StrEnum):
    """Who goes first among those who are able, before fairness is asked."""

    ENOUGH = "enough"
    """Able is able: fairness alone decides."""
    CLOSEST = "closest"
    """The least above what is needed first, which keeps specialists free."""
    HIGHEST = "highest"
    """The most skilled first."""


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """What may be tuned. `version` is written into every decision, so that it can be explained
    years later."""

    version: int = 1
    modes: frozenset[Mode] = frozenset({Mode.READY})
    """Allow-list of modes that get offers; a subset of `AT_WORK_IN_QUEUE`."""
    offers_at_a_time: int = 1
    """Unanswered offers one person may have."""
    skill_choice: SkillChoice = SkillChoice.ENOUGH
    prefer_earlier_person: bool = True
    """The customer's earlier person goes before fairness."""
    fairness_step_per_h: float = 0.5
    """Differences in contacts an hour below this count as equal; then the turn decides."""
    fairness_least_s: float = 1800.0
    """Time at work below this counts as this, so who comes first or last does not get it all."""
    unknown_handling_s: float = 900.0
    """Time that must be left before the person stops, when the contact's own is not known."""
    lasting_channels: frozenset[Channel] = frozenset({Channel.MAIL, Channel.FORM})
    """Contacts that can be put aside over a break; only the end of the hours stops them."""

    def __post_init__(self) -> None:
        if not self.modes <= AT_WORK_IN_QUEUE:
            wrong = ", ".join(sorted(self.modes - AT_WORK_IN_QUEUE))
            raise ValueError(f"never offered in these modes: {wrong}")
        if self.offers_at_a_time < 1 or self.fairness_step_per_h <= 0 or self.fairness_least_s <= 0:
            raise ValueError("offers_at_a_time, fairness_step_per_h and fairness_least_s: above 0")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person who works in queues."""

    id: int
    mode: Mode
    works_until_s: float | None = None
    """End of the hours the person is in right now; None outside them. On call counts as hours."""
    next_stop_s: float | None = None
    """Start of the next planned activity outside the queue (rast, focus, meeting), if any."""
    queues: frozenset[int] = frozenset()
    """Queues the person is appointed to; nobody gets another team's work."""
    skills: Mapping[str, int] = field(default_factory=dict)
    """Skill code → level 1–9."""
    languages: frozenset[str] = frozenset()
    load: Mapping[Channel, int] = field(default_factory=dict)
    """Contacts held now, by channel. Unanswered offers count as held."""
    capacity: Mapping[Channel, int] = field(default_factory=dict)
    """How many at once, by channel; a channel that is not named is not taken at all."""
    personal_limit: int | None = None
    """The person's own "at most so many at once", over all channels; no reason is asked."""
    open_offers: int = 0
    assigned_today: int = 0
    """Contacts accepted today; what was declined is not counted for or against anyone."""
    available_today_s: float = 0.0
    """How long the person has been open for offers today."""
    last_assigned_s: float | None = None
    """When the person last got a contact; None, not yet today."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One contact that waits for a person."""

    id: int
    channel: Channel
    queue: int
    waiting_since_s: float
    target_s: float
    """How long it may wait by the queue's target; above 0."""
    promised_s: float | None = None
    """The time the customer was promised; takes the target's place."""
    skills: Mapping[str, int] = field(default_factory=dict)
    """What is needed: skill code → lowest level."""
    language: str | None = None
    urgency: int = 0
    """0 as usual; higher goes before lower, whatever the wait."""
    handling_s: float | None = None
    """Expected handling time, if known."""
    not_before_s: float | None = None
    """A time the customer chose (call-back) or that was set: no offer before it."""
    earlier_person: int | None = None
    offered_to: int | None = None
    """Who has an unanswered offer of this contact: then it only waits."""
    declined_by: frozenset[int] = frozenset()
    """Never offered to them again."""
    unanswered_by: frozenset[int] = frozenset()
    """Did not answer an offer of it: offered again only when nobody else fits."""

    def __post_init__(self) -> None:
        if self.target_s <= 0:
            raise ValueError(f"contact {self.id}: target of {self.target_s} s")


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """One queue. `settings` replaces the common ones for the choice of person in this queue."""

    id: int
    open_now: bool
    on_call: frozenset[int] = frozenset()
    """Who may be offered its contacts while it is closed."""
    settings: PolicySettings | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision may look at. Raises `ValueError` when an identity comes twice."""

    now_s: float
    people: tuple[PersonFacts, ...]
    contacts: tuple[ContactFacts, ...]
    queues: tuple[QueueFacts, ...]
    settings: PolicySettings = PolicySettings()

    def __post_init__(self) -> None:
        _check_unique("person", [person.id for person in self.people])
        _check_unique("contact", [contact.id for contact in self.contacts])
        _check_unique("queue", [queue.id for queue in self.queues])


def _check_unique(kind: str, ids: Collection[int]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError(f"a {kind} comes twice")
