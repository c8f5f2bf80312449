"""A company played from a seed, with everything that goes wrong around the router.

Deterministic simulation: the same `decide`, `ending_of` and `must_move` that serve live, around a
small store that behaves as the database does (a turn is one transaction: all of it or nothing; one
open offer a contact, one a person, one holder). Chance comes from the caller, so that a seed that
breaks something breaks it again. `play` raises `Broken` at the first promise that does not hold.

Faults: a wake-up that is lost (the loop's own tick has to do), a turn on facts that grew old while
the database was slow, a worker killed before its commit, an answer that is lost on its way and sent
again, a clock that jumps forth or back, a summer-time night (working hours end an hour later or
earlier than the wall says), lines that go down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf

from hemma.core.routing.facts import ContactFacts, Facts, PersonFacts, PolicySettings, QueueFacts
from hemma.core.routing.faults_judge import CAPACITY, TICK_S, Broken, Store, judge, may
from hemma.core.routing.modes import Channel, Mode
from hemma.core.routing.policy import decide
from hemma.core.routing.upkeep import Ending, InHand, OpenOffer, ending_of, must_move

HOUR_S = 3600.0
ANSWER_S = 90.0
ANSWERING_S = 900.0
PATIENCE = 10  # ticks; a worker or two may be killed meanwhile
ALLOWED = PolicySettings().modes
MODES = (Mode.READY,) * 6 + (Mode.MEAL, Mode.FOCUS, Mode.AWAY, Mode.LOST)


@dataclass(slots=True)
class Worker:
    """One person: hours of the day, mode, and whether the line is up."""

    id: int
    starts_s: float
    ends_s: float
    queues: frozenset[int]
    skill: int
    mode: Mode = Mode.READY
    got: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in a play."""

    hours: float
    offers: int
    accepted: int
    moved: int
    faults: int


@dataclass(slots=True)
class Play:
    """One company. `chance` gives numbers in [0, 1); nothing else is left to chance."""

    chance: Callable[[], float]
    people: dict[int, Worker] = field(default_factory=dict)
    store: Store = field(default_factory=Store)
    now_s: float = 0.0
    skew_s: float = 0.0
    number: int = 0
    offers: int = 0
    accepted: int = 0
    moved: int = 0
    faults: int = 0
    late: dict[int, int] = field(default_factory=dict)
    """Contact in hand → for how many ticks its promise has been about to break."""

    def __post_init__(self) -> None:
        for number in range(1, 9):
            start = 7 * HOUR_S + self._below(4) * HOUR_S
            queues = frozenset({1 + number % 2, 1 + self._below(2)})
            # The night the clocks change: the same wall times, an hour more or less between them.
            shifted = (self._below(3) - 1) * HOUR_S if self.chance() < 0.1 else 0.0
            end = start + 8 * HOUR_S + shifted
            self.people[number] = Worker(number, start, end, queues, 1 + self._below(5))

    def _below(self, most: int) -> int:
        return int(self.chance() * most)

    def clock_s(self) -> float:
        """What the shell's clock says; the true time is `now_s`."""
        return self.now_s + self.skew_s

    def at_work(self, who: Worker, at_s: float) -> bool:
        """Whether a moment lies in the person's hours."""
        day_s = at_s % (24 * HOUR_S)
        return who.starts_s <= day_s < who.ends_s

    def back_s(self, who: Worker, at_s: float) -> float:
        """When the person is at work: at once while they are, else their next start."""
        if self.at_work(who, at_s):
            return at_s
        day = at_s // (24 * HOUR_S) * 24 * HOUR_S
        return day + who.starts_s + (24 * HOUR_S if at_s - day >= who.starts_s else 0.0)

    def run(self, hours: float) -> Told:
        """Play so many hours. Raises `Broken`."""
        while self.now_s < hours * HOUR_S:
            self.now_s += TICK_S
            self._life()
            self._turns()
            self._judge()
        return Told(hours, self.offers, self.accepted, self.moved, self.faults)

    def _life(self) -> None:
        if self.chance() < 0.05:
            self._writes()
        for who in self.people.values():
            if self.chance() < 0.02:
                who.mode = MODES[self._below(len(MODES))]
            if self.chance() < 0.002:
                who.limit = (None, 1, 2)[self._below(3)]
        for contact, (person, _until) in list(self.store.offers.items()):
            if self.chance() < 0.5:
                self._answers(contact, person)
        for contact, (person, _known) in list(self.store.held.items()):
            if self.chance() < 0.04 and self._answering(self.people[person]):
                del self.store.held[contact]
        if self.chance() < 0.001:  # a clock that steps; it comes right some time
            self.skew_s = (self._below(5) - 2) * 600.0
            self.faults += 1

    def _answering(self, who: Worker) -> bool:
        """Whoever has gone home or whose line is down answers nothing, and keeps what they hold."""
        return who.mode not in (Mode.AWAY, Mode.LOST) and self.at_work(who, self.clock_s())

    def _writes(self) -> None:
        self.number += 1
        promise = (0.5 + self.chance() * 8) * HOUR_S
        self.store.waiting[self.number] = ContactFacts(
            self.number,
            Channel.MAIL,
            1 + self._below(2),
            self.clock_s(),
            8 * HOUR_S,
            promised_s=self.clock_s() + promise,
            skills={"invoice": 1 + self._below(4)},
        )

    def _answers(self, contact: int, person: int) -> None:
        tries = 1
        if self.chance() < 0.05:  # lost on its way; the browser sends it again, perhaps twice
            self.faults += 1
            tries = 2
        yes = self.chance() < 0.8
        for _turn in range(tries):
            known = self.store.offers.get(contact, (0, 0.0))
            if known[0] != person or known[1] <= self.clock_s():
                return  # compare and set: the offer has to be open, and this person's
            del self.store.offers[contact]
            if yes:
                self.store.held[contact] = (person, self.store.waiting.pop(contact))
                self.people[person].got += 1
                self.accepted += 1
            else:
                self.store.declined.setdefault(contact, set()).add(person)

    def _turns(self) -> None:
        """The workers' turns of this tick: one decides at a time, any number may run."""
        fate = self.chance()
        if fate < 0.02:
            self.faults += 1  # the worker is gone; another one takes the next tick
            return
        self._upkeep()
        if fate < 0.04:
            self.faults += 1  # killed before the commit of its decisions: nothing of them happened
            return
        if not self.store.waiting or self._rests():
            return
        facts = self._facts()
        if fate < 0.08:  # a slow database: people changed their modes since the facts were read
            self.faults += 1
            for who in self.people.values():
                if self.chance() < 0.1:
                    who.mode = MODES[self._below(len(MODES))]
        self._commit(facts)

    def _rests(self) -> bool:
        """At night a turn in five minutes is enough: nobody is there to be asked."""
        people, at = self.people.values(), self.clock_s()
        return self.now_s % 300.0 > 0.0 and not any(self.at_work(who, at) for who in people)

    def _upkeep(self) -> None:
        at = self.clock_s()
        for contact, (person, until) in sorted(self.store.offers.items()):
            who = self.people[person]
            waits = contact in self.store.waiting
            stands = OpenOffer(who.mode, self.at_work(who, at), waits, until)
            ending = ending_of(stands, ALLOWED, at)
            if ending is not None:
                del self.store.offers[contact]
            if ending is Ending.UNANSWERED:
                self.store.unanswered.setdefault(contact, set()).add(person)
        for contact, (person, known) in sorted(self.store.held.items()):
            back_s = self.back_s(self.people[person], at)
            if must_move(InHand(known.promised_s, back_s), at):
                del self.store.held[contact]
                self.store.waiting[contact] = replace(known, earlier_person=person)
                self.moved += 1

    def _facts(self) -> Facts:
        at, asked, day_s = self.clock_s(), self.store.asked(), self.clock_s() % (24 * HOUR_S)
        load = dict.fromkeys(self.people, 0)
        for person in [*asked, *(person for person, _known in self.store.held.values())]:
            load[person] += 1
        people = tuple(
            PersonFacts(
                id=who.id,
                mode=who.mode,
                works_until_s=at - day_s + who.ends_s if self.at_work(who, at) else None,
                queues=who.queues,
                skills={"invoice": who.skill},
                load={Channel.MAIL: load[who.id]},
                capacity={Channel.MAIL: CAPACITY},
                personal_limit=who.limit,
                open_offers=int(who.id in asked),
                assigned_today=who.got,
                available_today_s=max(HOUR_S, day_s - who.starts_s),
            )
            for who in self.people.values()
        )
        contacts = tuple(self._as_known(one) for one in self.store.waiting.values())
        return Facts(at, people, contacts, (QueueFacts(1, True), QueueFacts(2, True)))

    def _as_known(self, one: ContactFacts) -> ContactFacts:
        """The contact with what became of its offers; most have had none."""
        store, number = self.store, one.id
        if not any(number in one for one in (store.offers, store.declined, store.unanswered)):
            return one
        no, late = store.declined.get(number, ()), store.unanswered.get(number, ())
        to = store.offers.get(number, (None, 0.0))[0]
        return replace(one, offered_to=to, declined_by=frozenset(no), unanswered_by=frozenset(late))

    def _commit(self, facts: Facts) -> None:
        by_id = {person.id: person for person in facts.people}
        for one in decide(facts):
            if one.person is None:
                self.store.stated[one.contact] = len(one.reasons) > 1
                continue
            if one.contact in self.store.offers or one.person in self.store.asked():
                raise Broken(f"{self.now_s}: two open offers")
            who, contact = by_id[one.person], self.store.waiting[one.contact]
            worker = self.people[who.id]
            may(who, contact, self.at_work(worker, facts.now_s), worker.queues, worker.skill)
            self.store.offers[one.contact] = (one.person, facts.now_s + ANSWER_S)
            self.store.stated[one.contact] = True
            self.offers += 1

    def _judge(self) -> None:
        judge(self.store, self.now_s, self.skew_s)
        at = self.clock_s()
        for number, (person, known) in self.store.held.items():
            back_s = self.back_s(self.people[person], at)
            late = back_s > at and back_s + ANSWERING_S > (known.promised_s or inf)
            self.late[number] = self.late.get(number, 0) + 1 if late else 0
            if self.late[number] > PATIENCE:
                raise Broken(f"{self.now_s}: {number} is kept by somebody who comes back too late")


def play(chance: Callable[[], float], hours: float) -> Told:
    """One company for so many hours. Raises `Broken` when a promise does not hold."""
    return Play(chance).run(hours)
