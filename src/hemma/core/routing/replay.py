"""A week that has been, played again by other rules: what customers would have met.

The same `decide` as live, fed with what came and who was planned, event by event. Nothing about how
somebody worked is asked: people are open for work when their schedule said so, and each is taken to
look at an offer for a moment, to take it, and to answer one contact after the other. So a replay
compares rules with each other, not a week with what happened in it.

Times are seconds since one origin of the caller's choice, durations seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from hemma.core.routing.decision import Decision, ReasonCode, WhyNot
from hemma.core.routing.facts import ContactFacts, Facts, PersonFacts, PolicySettings, QueueFacts
from hemma.core.routing.modes import Mode
from hemma.core.routing.policy import decide

Spans = tuple[tuple[float, float], ...]
"""Half-open spans of time, in order, none overlapping another."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One person of the week: `facts` say what they can; `hours` when they were at work, `open`
    when in the queue by plan, `on_call` when they might be asked about a closed queue."""

    facts: PersonFacts
    hours: Spans = ()
    open: Spans = ()
    on_call: Mapping[int, Spans] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Week:
    """What came, who was there, when each queue was open. `opening` maps queue → spans."""

    starts_s: float
    ends_s: float
    people: tuple[Planned, ...]
    contacts: tuple[ContactFacts, ...]
    opening: Mapping[int, Spans]
    look_s: float = 30.0
    """How long somebody looks at an offer before they take it."""
    handling_s: float = 600.0
    """What one contact takes where it does not say itself."""
    wrap_up_s: float = 60.0
    """The moment after a contact, in the mode of that name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How each queue is routed; `asks_on_call` are those that ask somebody while closed."""

    settings: Mapping[int, PolicySettings]
    asks_on_call: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one contact. None: not before the week was over."""

    contact: ContactFacts
    person: int | None = None
    taken_s: float | None = None
    done_s: float | None = None
    why_not: WhyNot | None = None
    """What stopped most people the last time that nobody fitted while it was open; None if somebody
    always did."""


class Stopped(Exception):
    """Whoever asked for the replay no longer wants it."""


def replay(week: Week, rules: Rules, go_on: Callable[[float], bool]) -> tuple[Fate, ...]:
    """The fate of each contact, in the order they came.

    `go_on` hears the share of the week that is over (0-1) a hundred times and says whether to go
    on; raises `Stopped` if not.
    """
    return _Replay(week, rules).run(go_on)


@dataclass(slots=True)
class _Desk:
    """What one person has in hand right now."""

    waiting_for: int | None = None
    held: list[int] = field(default_factory=list)
    free_s: float = 0.0
    wraps_until_s: float = 0.0
    got: int = 0
    last_s: float | None = None


class _Replay:
    def __init__(self, week: Week, rules: Rules) -> None:
        self.week, self.rules = week, rules
        self.desks = {one.facts.id: _Desk() for one in week.people}
        self.planned = {one.facts.id: one for one in week.people}
        self.fates = {one.id: Fate(one) for one in week.contacts}
        self.waiting: dict[int, ContactFacts] = {}
        self.offered: dict[int, int] = {}
        self.events: list[tuple[float, int, int, int]] = []
        self.edges = sorted(set(self._edges()))

    def _edges(self) -> Iterator[float]:
        """Whenever the plan or a queue's hours change: new chances."""
        spans = [span for one in self.week.people for span in (*one.hours, *one.open)]
        spans += [s for one in self.week.people for of in one.on_call.values() for s in of]
        spans += [span for of in self.week.opening.values() for span in of]
        for span in spans:
            yield from span

    def run(self, go_on: Callable[[float], bool]) -> tuple[Fate, ...]:
        week = self.week
        for at_s in self.edges:
            self._at(at_s, _LOOK, 0, 0)
        for one in week.contacts:
            self._at(one.waiting_since_s, _CAME, one.id, 0)
        told, length = -1, max(1.0, week.ends_s - week.starts_s)
        while self.events and self.events[0][0] <= week.ends_s:
            now_s = self.events[0][0]
            hundredth = int(100 * (now_s - week.starts_s) / length)
            if hundredth > told:
                told = hundredth
                if not go_on(max(0.0, hundredth / 100)):
                    raise Stopped
            while self.events and self.events[0][0] == now_s:
                _at_s, what, contact, person = heappop(self.events)
                self._happens(now_s, what, contact, person)
            if self.waiting:
                self._decide(now_s)
        return tuple(self.fates[one.id] for one in week.contacts)

    def _at(self, at_s: float, what: int, contact: int, person: int) -> None:
        heappush(self.events, (at_s, what, contact, person))

    def _happens(self, now_s: float, what: int, contact: int, person: int) -> None:
        if what == _CAME:
            self.waiting[contact] = self.fates[contact].contact
        elif what == _ANSWERED:
            self._answered(now_s, contact, person)
        elif what == _DONE:
            desk = self.desks[person]
            desk.held.remove(contact)
            desk.wraps_until_s = now_s + self.week.wrap_up_s
            self._at(desk.wraps_until_s, _LOOK, 0, 0)

    def _answered(self, now_s: float, contact: int, person: int) -> None:
        desk = self.desks[person]
        desk.waiting_for = None
        del self.offered[contact]
        if not self._is_there(self.planned[person], now_s):
            return  # gone meanwhile: nobody's doing, and the next one is asked
        one = self.waiting.pop(contact)
        takes_s = self.week.handling_s if one.handling_s is None else one.handling_s
        desk.free_s = max(desk.free_s, now_s) + takes_s
        desk.held.append(contact)
        desk.got += 1
        desk.last_s = now_s
        known = self.fates[contact]
        self.fates[contact] = replace(known, person=person, taken_s=now_s, done_s=desk.free_s)
        self._at(desk.free_s, _DONE, contact, person)

    def _is_there(self, one: Planned, at_s: float) -> bool:
        called = any(until_in(spans, at_s) for spans in one.on_call.values())
        return called or until_in(one.open, at_s) is not None

    def _decide(self, now_s: float) -> None:
        facts = self._facts(now_s)
        for one in decide(facts):
            if one.person is not None:
                self.offered[one.contact] = one.person
                self.desks[one.person].waiting_for = one.contact
                self._at(now_s + self.week.look_s, _ANSWERED, one.contact, one.person)
            elif one.reason(ReasonCode.NOBODY):
                self._nobody(one)

    def _nobody(self, decision: Decision) -> None:
        """That the queue was closed is told of only if nothing else ever was in the way."""
        why, known = _most(decision), self.fates[decision.contact]
        if known.why_not is None or why is not WhyNot.QUEUE_CLOSED:
            self.fates[decision.contact] = replace(known, why_not=why)

    def _facts(self, now_s: float) -> Facts:
        queues = tuple(
            QueueFacts(
                id=queue,
                open_now=until_in(spans, now_s) is not None,
                on_call=self._on_call(queue, now_s),
                settings=self.rules.settings.get(queue),
            )
            for queue, spans in self.week.opening.items()
        )
        waiting = (
            replace(one, offered_to=self.offered[number]) if number in self.offered else one
            for number, one in self.waiting.items()
        )
        people = tuple(self._person(one, now_s) for one in self.week.people)
        return Facts(now_s, people, tuple(waiting), queues)

    def _on_call(self, queue: int, now_s: float) -> frozenset[int]:
        if queue not in self.rules.asks_on_call:
            return frozenset()
        people = self.week.people
        return frozenset(p.facts.id for p in people if until_in(p.on_call.get(queue, ()), now_s))

    def _person(self, one: Planned, now_s: float) -> PersonFacts:
        desk = self.desks[one.facts.id]
        held = Counter(self.fates[contact].contact.channel for contact in desk.held)
        if desk.waiting_for is not None:
            held[self.fates[desk.waiting_for].contact.channel] += 1
        called = [until_in(spans, now_s) for spans in one.on_call.values()]
        ends = [end for end in (until_in(one.hours, now_s), *called) if end is not None]
        return replace(
            one.facts,
            mode=self._mode(one, desk, now_s),
            works_until_s=max(ends, default=None),
            load=held,
            open_offers=int(desk.waiting_for is not None),
            assigned_today=desk.got,
            available_today_s=length_until(one.open, now_s),
            last_assigned_s=desk.last_s,
        )

    def _mode(self, one: Planned, desk: _Desk, now_s: float) -> Mode:
        if not self._is_there(one, now_s):
            return Mode.MEETING if until_in(one.hours, now_s) else Mode.OFF
        return Mode.WRAP_UP if now_s < desk.wraps_until_s else Mode.READY


_CAME, _ANSWERED, _DONE, _LOOK = range(4)


def _most(decision: Decision) -> WhyNot | None:
    """The obstacle that stopped most of those who could have taken it; else of all."""
    stopped: dict[WhyNot, float] = defaultdict(float)
    for reason in decision.reasons:
        if reason.why_not is not None:
            stopped[reason.why_not] += reason.number("people")
    near = {why: n for why, n in stopped.items() if why is not WhyNot.NOT_IN_QUEUE} or stopped
    return max(near, key=lambda why: near[why]) if near else None


def until_in(spans: Spans, at_s: float) -> float | None:
    """The end of the span that holds `at_s`; None outside of all.

    >>> until_in(((0, 10), (20, 30)), 20), until_in(((0, 10),), 10)
    (30, None)
    """
    return next((end for start, end in spans if start <= at_s < end), None)


def length_until(spans: Spans, at_s: float) -> float:
    """How much of the spans lies before `at_s`.

    >>> length_until(((0, 10), (20, 30)), 25)
    15.0
    """
    return float(sum(max(0.0, min(end, at_s) - start) for start, end in spans))
