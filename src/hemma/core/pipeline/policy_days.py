"""Days played by the live routing policy: its own functions, compiled into the simulation's loop.

What one can (queue, skills, level, language, channel) is the same all day: it is asked of the live
functions themselves, once for each person and kind of contact. Whether one may now, who goes first
and which contact goes first is asked millions of times: those live functions are compiled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hemma.core.routing import rank, why_not
from hemma.core.routing.facts import ContactFacts, PersonFacts, PolicySettings, QueueFacts
from hemma.core.routing.modes import Channel, Mode
from hemma.core.simulation.people import Flow, PeopleOutcome, play_people
from hemma.core.simulation.people_arrays import NEVER, Fixed, PolicyParts
from hemma.core.simulation.playing import Told

CHANNELS, MODES = tuple(Channel), tuple(Mode)

LIVE = PolicyParts(
    obstacles=tuple(stops for _, stops in why_not.NOW),
    turn_key=rank.turn_key,
    whole_key=rank.whole_key,
    urgency_key=rank.urgency_key,
    helpers=(rank.per_hour, rank.held, rank.allowed_s),
)
"""The live policy: the very functions that `routing.decide` asks."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a person's day in one mode, in seconds since the day began."""

    start_s: float
    end_s: float
    mode: Mode


@dataclass(frozen=True, slots=True)
class Worker:
    """A person with their plan: spans that follow each other inside each stretch of hours. Outside
    them the person is off. Of `facts`, the fields that change over the day are not looked at."""

    facts: PersonFacts
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Contacts that ask the same. `contact` names channel, queue, skills, language, urgency, target
    and expected handling time, its other fields are not looked at; `calls_back` the place of the
    kind, among all, that a customer of this kind becomes who asks to be called."""

    contact: ContactFacts
    flow: Flow
    calls_back: int | None = None
    slower: float = 0.0
    """By what part each other live contact in hand makes one longer (0.3: chats three at a time take
    1.6 times as long)."""


@dataclass(frozen=True, slots=True)
class PolicyDay:
    """Everything a day is made of. Queues are open over `open_s` (queue id → from, to), else all
    day. Raises `ValueError` when a call-back's kind, or a length of flows, does not fit."""

    workers: tuple[Worker, ...]
    kinds: tuple[Kind, ...]
    queues: tuple[QueueFacts, ...]
    slot_s: float
    settings: PolicySettings = field(default_factory=PolicySettings)
    open_s: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.kinds or len({kind.flow.per_s.size for kind in self.kinds}) != 1:
            raise ValueError("name at least one kind of contact, all over the same slots")
        for kind in self.kinds:
            if kind.calls_back is not None and not 0 <= kind.calls_back < len(self.kinds):
                raise ValueError("a call-back goes to one of the kinds")
            if kind.contact.queue not in {queue.id for queue in self.queues}:
                raise ValueError(f"there is no queue {kind.contact.queue}")
            if kind.contact.target_s < 1:
                raise ValueError("a target is 1 s or more")

    def settings_of(self, kind: Kind) -> PolicySettings:
        """Those of the kind's queue, else the common ones."""
        own = next(queue for queue in self.queues if queue.id == kind.contact.queue).settings
        return own or self.settings


_NONE = np.zeros(0)


def play_policy(day: PolicyDay, days: int, seed: int, told: Told | None = None) -> PeopleOutcome:
    """Play the day so many times by the live policy; offers are accepted at once."""
    flows = tuple(kind.flow for kind in day.kinds)
    return play_people(fixed(day), flows, day.slot_s, len(day.queues), LIVE, days, seed, told)


def fixed(day: PolicyDay) -> Fixed:
    """The day as arrays, without its contacts."""
    people = _each_once(day)
    settings = [day.settings_of(kind) for kind in day.kinds]
    contacts = [kind.contact for kind in day.kinds]
    able, skill = _standing(day, people)
    at, who, mode, until, stop = _changes(day, people)
    return Fixed(
        ids=_whole(one.id for one in people),
        capacity=_whole2([[one.capacity.get(c, 0) for c in CHANNELS] for one in people], len(CHANNELS)),
        limits=_real(np.inf if p.personal_limit is None else p.personal_limit for p in people),
        channel=_whole(CHANNELS.index(one.channel) for one in contacts),
        queue=_whole(_queue_at(day, one.queue) for one in contacts),
        urgency=_whole(one.urgency for one in contacts),
        target_s=_real(one.target_s for one in contacts),
        expected_s=_real(
            s.unknown_handling_s if c.handling_s is None else c.handling_s
            for c, s in zip(contacts, settings, strict=True)
        ),
        slower=_real(kind.slower for kind in day.kinds),
        lasting=_whole(
            c.channel in s.lasting_channels for c, s in zip(contacts, settings, strict=True)
        ),
        calls_back=_whole(-1 if k.calls_back is None else k.calls_back for k in day.kinds),
        skill=skill,
        members=_listed(able.T),
        kinds_of=_listed(able),
        modes=_padded([[MODES.index(mode) for mode in s.modes] for s in settings]),
        offers=_whole(s.offers_at_a_time for s in settings),
        unknown_s=_real(s.unknown_handling_s for s in settings),
        lasting_channels=_padded([[CHANNELS.index(c) for c in s.lasting_channels] for s in settings]),
        step=_real(s.fairness_step_per_h for s in settings),
        least_s=_real(s.fairness_least_s for s in settings),
        on_call=_padded([sorted(day.queues[_queue_at(day, c.queue)].on_call) for c in contacts]),
        at=at, who=who, mode=mode, until=until, stop=stop,
        ready=_whole(mode in day.settings.modes for mode in MODES),
        works=_whole(mode in day.settings.modes or mode is Mode.OFF for mode in MODES),
        came=_NONE, kind=_whole(()), handling=_NONE, gives_up=_NONE, asks_back=_whole(()),
    )  # fmt: skip


def _each_once(day: PolicyDay) -> list[PersonFacts]:
    people = sorted((worker.facts for worker in day.workers), key=lambda one: one.id)
    if len({one.id for one in people}) != len(people):
        raise ValueError("a person comes twice")
    return people


def _queue_at(day: PolicyDay, number: int) -> int:
    return next(at for at, queue in enumerate(day.queues) if queue.id == number)


def _standing(day: PolicyDay, people: Sequence[PersonFacts]) -> tuple[np.ndarray, np.ndarray]:
    """(people, kinds): who is able, and the skill's place in the order; asked of the live policy."""
    able = np.zeros((len(people), len(day.kinds)), dtype=bool)
    skill = np.zeros(able.shape, dtype=np.int64)
    for number, kind in enumerate(day.kinds):
        queue = replace(day.queues[_queue_at(day, kind.contact.queue)], open_now=True)
        asked = why_not.Question(kind.contact, queue, day.settings_of(kind), 0.0)
        for at, person in enumerate(people):
            able[at, number] = not why_not.why_not(person, asked, why_not.ABLE)
            skill[at, number] = rank.skill_key(person, asked)
            if person.id in queue.on_call and queue.id not in person.queues:
                raise ValueError("who is on call for a queue must be appointed to it to be played")
    return able, skill


def _changes(day: PolicyDay, people: Sequence[PersonFacts]) -> tuple[np.ndarray, ...]:
    """At, who, mode (or open), until, stop, in order of time."""
    place = {person.id: at for at, person in enumerate(people)}
    rows: list[tuple[float, int, int, float, float]] = []
    for worker in day.workers:
        for at_s, mode, until_s, stop_s in plan_changes(worker.spans):
            until = -NEVER if until_s is None else until_s
            stop = NEVER if stop_s is None else stop_s
            rows.append((at_s, place[worker.facts.id], MODES.index(mode), until, stop))
    for number, queue in enumerate(day.queues):
        if queue.id in day.open_s:
            opens, closes = day.open_s[queue.id]
            rows += [(opens, -1 - number, 1, 0.0, 0.0), (closes, -1 - number, 0, 0.0, 0.0)]
        else:
            rows.append((0.0, -1 - number, int(queue.open_now), 0.0, 0.0))
    rows.sort()
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 5)
    whole = table[:, 1:3].astype(np.int64)
    return table[:, 0].copy(), whole[:, 0].copy(), whole[:, 1].copy(), *table[:, 3:].T.copy()


def plan_changes(
    spans: Sequence[Span],
) -> list[tuple[float, Mode, float | None, float | None]]:
    """At, mode, end of the hours one is in, next stop: whenever one of them changes."""
    found: list[tuple[float, Mode, float | None, float | None]] = []
    ordered = sorted(spans, key=lambda span: span.start_s)
    for number, span in enumerate(ordered):
        later = ordered[number:]
        hours: list[Span] = []
        for one in later:
            if hours and one.start_s > hours[-1].end_s:
                break
            if hours and one.start_s < hours[-1].end_s:
                raise ValueError("a person's spans overlap")
            hours.append(one)
        stop = next((one.start_s for one in hours[1:] if one.mode is not Mode.READY), None)
        found.append((span.start_s, span.mode, hours[-1].end_s, stop))
        if len(hours) == 1:
            found.append((span.end_s, Mode.OFF, None, None))
    return found


def _whole(values: object) -> np.ndarray:
    return np.array([int(x) for x in values], dtype=np.int64)  # type: ignore[attr-defined]


def _whole2(rows: Sequence[Sequence[int]], width: int) -> np.ndarray:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _real(values: object) -> np.ndarray:
    return np.array([float(x) for x in values], dtype=np.float64)  # type: ignore[attr-defined]


def _padded(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Rows of one length, filled up with −1, which is no code and nobody's number."""
    width = max(1, *(len(row) for row in rows))
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], dtype=np.int64)


def _listed(able: np.ndarray) -> np.ndarray:
    """(rows, columns + 1) the columns that are true, in order, then −1."""
    found = np.full((able.shape[0], able.shape[1] + 1), -1, dtype=np.int64)
    for row, line in enumerate(able):
        found[row, : line.sum()] = np.flatnonzero(line)
    return found
