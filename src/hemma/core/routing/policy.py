"""The policy: facts in, one decision for every waiting contact out.

The same function decides live, in a replay and in a simulation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from hemma.core.routing.decision import Considered, Decision, Reason, ReasonCode, WhyNot
from hemma.core.routing.facts import ContactFacts, Facts, PersonFacts, PolicySettings, QueueFacts
from hemma.core.routing.line import Line, kind_of
from hemma.core.routing.modes import Channel
from hemma.core.routing.rank import (
    Key,
    allowed_s,
    by_urgency,
    turn_key,
    what_decided,
    whole_key,
)
from hemma.core.routing.why_not import Question, why_not


def decide(facts: Facts) -> tuple[Decision, ...]:
    """Decide for all waiting contacts, those that go first being first in the answer.

    Every decision counts at once: whoever gets an offer has less room for the next contact.
    Exactly one decision a contact. Independent of the order of the facts. With one offer at a
    time, one more person at work never leaves a contact without someone that had someone before.
    """
    batch = _Batch(facts)
    return tuple([batch.decide(contact) for contact in by_urgency(facts.contacts, facts.now_s)])


def consider(
    facts: Facts, contact: int, decisions: Iterable[Decision] = ()
) -> tuple[Considered, ...]:
    """How every person, by number, stands to one contact: all obstacles, none means free.

    `decisions` are those of the same facts; what came before the contact counts. Empty when nobody
    has to be asked. Raises `KeyError` for a contact that is not in the facts.
    """
    contacts = {one.id: one for one in facts.contacts}
    people = {one.id: one for one in sorted(facts.people, key=lambda one: one.id)}
    for decision in decisions:
        if decision.contact == contact:
            break
        if decision.person is not None:
            given = people[decision.person], [contacts[decision.contact].channel]
            people[decision.person] = _after(*given, facts.now_s)
    one = contacts[contact]
    queue = next((queue for queue in facts.queues if queue.id == one.queue), None)
    if queue is None or _must_wait(one, queue, facts.now_s):
        return ()
    asked = Question(one, queue, queue.settings or facts.settings, facts.now_s)
    return tuple(Considered(person.id, why_not(person, asked)) for person in people.values())


class _Batch:
    """The people as they stand while the batch is decided."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.people = sorted(facts.people, key=lambda person: person.id)
        self.place = {person.id: at for at, person in enumerate(self.people)}
        self.queues = {queue.id: queue for queue in facts.queues}
        self.given: defaultdict[int, list[Channel]] = defaultdict(list)
        self.turns: dict[PolicySettings, dict[int, Key]] = {}
        self.members = self._members()
        self.lines: dict[tuple[object, ...], Line] = {}
        self.lines_of: defaultdict[int, list[Line]] = defaultdict(list)
        self.line_of: dict[int, Line] = {}
        for contact in facts.contacts:
            if contact.queue in self.queues:
                kind = kind_of(contact)
                line = self.lines.get(kind)
                if line is None:
                    line = self._draw_up(kind, contact, self.queues[contact.queue])
                self.line_of[contact.id] = line

    def _members(self) -> dict[int, list[int]]:
        """The places of those who work in each queue that something waits in."""
        members: dict[int, list[int]] = {contact.queue: [] for contact in self.facts.contacts}
        for at, person in enumerate(self.people):
            for number in person.queues:
                if number in members:
                    members[number].append(at)
        for queue in self.facts.queues:
            if not queue.open_now and queue.on_call and queue.id in members:
                called_in = {self.place[one] for one in queue.on_call if one in self.place}
                members[queue.id] = sorted({*members[queue.id], *called_in})
        return members

    def _draw_up(self, kind: tuple[object, ...], contact: ContactFacts, queue: QueueFacts) -> Line:
        settings = queue.settings or self.facts.settings
        turns = self.turns.setdefault(settings, {})

        def turn(at: int) -> Key:
            known = turns.get(at)
            if known is None:
                known = turns[at] = turn_key(self._now(at), settings)
            return known

        asked = Question(contact, queue, settings, self.facts.now_s)
        line = self.lines[kind] = Line(asked, self.people, self.members[queue.id], turn)
        for at in line.keys:
            self.lines_of[at].append(line)
        return line

    def decide(self, contact: ContactFacts) -> Decision:
        queue = self.queues.get(contact.queue)
        settings = (queue.settings if queue else None) or self.facts.settings
        waited = _waited(contact, self.facts.now_s)
        pending = _must_wait(contact, queue, self.facts.now_s)
        if pending:
            return Decision(contact.id, None, (waited, *pending), settings.version)
        line = self.line_of[contact.id]
        declined = self._places(contact.declined_by)
        free = len(line.keys)
        if declined:
            free -= sum(at in line.keys for at in declined)
        able = _able(len(self.people), line.able, free)
        if not free:
            reasons = (waited, able, *_nobody(line, declined))
            return Decision(contact.id, None, reasons, settings.version)
        first, second = self._first_two(line, contact, declined)
        decisive = what_decided(
            (self._now(first[1]), first[0]),
            None if second is None else (self._now(second[1]), second[0]),
            line.asked,
        )
        self._assign(first[1], contact)
        person = self.people[first[1]].id
        return Decision(contact.id, person, (waited, able, decisive), settings.version)

    def _places(self, ids: Collection[int]) -> list[int]:
        return [self.place[one] for one in ids if one in self.place] if ids else []

    def _first_two(
        self, line: Line, contact: ContactFacts, declined: list[int]
    ) -> tuple[tuple[Key, int], tuple[Key, int] | None]:
        """The first two of those free, with their whole keys.

        Few people stand otherwise to this contact than to its like: they are put in by hand.
        """
        own = self._places(contact.unanswered_by)
        known = contact.earlier_person if line.asked.settings.prefer_earlier_person else None
        earlier = None if known is None else self.place.get(known)
        apart = {*declined, *own, earlier}
        best: list[tuple[Key, int]] = []
        for key, at in line.in_turn():
            if at not in apart:
                best.append((whole_key(0, int(key[0]), 1, key[1:]), at))
                if len(best) == 2:
                    break
        for one in apart.difference(declined):
            mine = line.keys.get(one) if one is not None else None
            if mine is not None and one is not None:
                whole = whole_key(int(one in own), int(mine[0]), int(one != earlier), mine[1:])
                best.append((whole, one))
        best.sort()
        return best[0], best[1] if len(best) > 1 else None

    def _now(self, at: int) -> PersonFacts:
        """The person with the offers that were given in this batch."""
        given = self.given.get(at)
        return _after(self.people[at], given, self.facts.now_s) if given else self.people[at]

    def _assign(self, at: int, contact: ContactFacts) -> None:
        self.given[at].append(contact.channel)
        open_offers = self.people[at].open_offers + len(self.given[at])
        for turns in self.turns.values():
            turns.pop(at, None)
        for line in self.lines_of[at]:
            if at in line.keys:
                line.has_offer(at, open_offers, lambda: self._now(at))


def _after(person: PersonFacts, channels: Collection[Channel], now_s: float) -> PersonFacts:
    """The person when offers of these channels have been given."""
    load = dict(person.load)
    for channel in channels:
        load[channel] = load.get(channel, 0) + 1
    return replace(
        person,
        load=load,
        open_offers=person.open_offers + len(channels),
        assigned_today=person.assigned_today + len(channels),
        last_assigned_s=now_s,
    )


def _waited(contact: ContactFacts, now_s: float) -> Reason:
    waited_s, allowed = now_s - contact.waiting_since_s, allowed_s(contact)
    numbers = (("waited_s", waited_s), ("allowed_s", allowed), ("share", waited_s / allowed))
    return Reason(ReasonCode.WAITED, numbers)


def _must_wait(contact: ContactFacts, queue: QueueFacts | None, now_s: float) -> tuple[Reason, ...]:
    """Why nobody is even asked, if so."""
    if queue is None:
        return (Reason(ReasonCode.QUEUE_UNKNOWN, (("queue", contact.queue),)),)
    if contact.offered_to is not None:
        return (Reason(ReasonCode.OFFER_OPEN, (("person", contact.offered_to),)),)
    if contact.not_before_s is not None and contact.not_before_s > now_s:
        return (Reason(ReasonCode.NOT_YET, (("in_s", contact.not_before_s - now_s),)),)
    return ()


def _able(people: int, able: int, free: int) -> Reason:
    return Reason(ReasonCode.ABLE, (("people", people), ("able", able), ("free", free)))


def _nobody(line: Line, declined: list[int]) -> tuple[Reason, ...]:
    """How many people each first obstacle stopped; together, all of them."""
    if not declined and line.told is not None:
        return line.told
    firsts = line.obstacles_for(declined)
    told = tuple(
        Reason(ReasonCode.NOBODY, (("people", firsts[code]),), code)
        for code in WhyNot
        if firsts[code]
    ) or (Reason(ReasonCode.NOBODY, (("people", 0),)),)
    if not declined:  # nobody is free, so that nothing changes in this line any more
        line.told = told
    return told
