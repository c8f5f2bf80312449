"""The policy: facts in, one decision for every waiting contact out.

The same function decides live, in a replay and in a simulation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from operator import attrgetter

from hemma.core.routing.decision import Considered, Decision, Reason, ReasonCode, WhyNot
from hemma.core.routing.facts import ContactFacts, Facts, PersonFacts, QueueFacts
from hemma.core.routing.line import Line, Standing, kind_of, moment_of
from hemma.core.routing.modes import Channel
from hemma.core.routing.rank import (
    Key,
    allowed_s,
    by_urgency,
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
        self.people: dict[float, PersonFacts] = {
            one.id: one for one in sorted(facts.people, key=attrgetter("id"))
        }
        self.queues = {queue.id: queue for queue in facts.queues}
        self.given: defaultdict[float, list[Channel]] = defaultdict(list)
        self.members = self._members()
        self.standings: dict[tuple[object, ...], Standing] = {}
        self.lines: dict[tuple[object, ...], Line] = {}
        self.lines_of: defaultdict[float, list[Line]] = defaultdict(list)
        self.line_of: dict[int, Line] = {}
        for contact in facts.contacts:
            if contact.queue in self.queues:
                kind = kind_of(contact)
                line = self.lines.get(kind)
                if line is None:
                    line = self._draw_up(kind, contact, self.queues[contact.queue])
                self.line_of[contact.id] = line

    def _members(self) -> dict[int, list[PersonFacts]]:
        """Those who work in each queue that something waits in, by number."""
        members: dict[int, list[PersonFacts]] = {one.queue: [] for one in self.facts.contacts}
        for person in self.people.values():
            for number in person.queues:
                if number in members:
                    members[number].append(person)
        for queue in self.facts.queues:
            if not queue.open_now and queue.on_call and queue.id in members:
                everybody = queue.on_call.union(one.id for one in members[queue.id])
                known = [one for one in sorted(everybody) if one in self.people]
                members[queue.id] = [self.people[one] for one in known]
        return members

    def _draw_up(self, kind: tuple[object, ...], contact: ContactFacts, queue: QueueFacts) -> Line:
        asked = Question(contact, queue, queue.settings or self.facts.settings, self.facts.now_s)
        moment = moment_of(asked)
        standing = self.standings.get(moment)
        if standing is None:
            standing = self.standings[moment] = Standing(asked, self.people.values())
        line = self.lines[kind] = Line(asked, self.members[queue.id], len(self.people), standing)
        for person in (*line.keys, *line.full):
            self.lines_of[person].append(line)
        return line

    def decide(self, contact: ContactFacts) -> Decision:
        waited = _waited(contact, self.facts.now_s)
        queue = self.queues.get(contact.queue)
        pending = _must_wait(contact, queue, self.facts.now_s)
        if pending:
            settings = (queue.settings if queue else None) or self.facts.settings
            return Decision(contact.id, None, (waited, *pending), settings.version)
        line, declined = self.line_of[contact.id], contact.declined_by
        free = len(line.keys)
        if declined:
            declined = declined.intersection(self.people)
            free -= sum([one in line.keys for one in declined])
        able = Reason(ReasonCode.ABLE, (len(self.people), line.able, free))
        if not free:
            reasons = (waited, able, *_nobody(line, declined))
            return Decision(contact.id, None, reasons, line.settings.version)
        keys = self._first_two(line, contact)
        people = [self._now(key[-1]) for key in keys]
        decisive = what_decided(people, keys, line.asked)
        self._assign(people[0], contact.channel)
        return Decision(contact.id, people[0].id, (waited, able, decisive), line.settings.version)

    def _first_two(self, line: Line, contact: ContactFacts) -> list[Key]:
        """The keys of the first two of those free: whole ones, where somebody stands apart.

        Few people stand otherwise to this contact than to its like: they are put in by hand.
        """
        own, declined = contact.unanswered_by, contact.declined_by
        known = contact.earlier_person if line.settings.prefer_earlier_person else None
        if not own and known not in line.keys:
            return line.first_two(declined)
        apart = declined | own | ({known} if known is not None else set())
        best = [whole_key(0, int(key[0]), 1, key[1:]) for key in line.first_two(apart)]
        for one in apart - declined:
            mine = line.keys.get(one)
            if mine is not None:
                best.append(whole_key(int(one in own), int(mine[0]), int(one != known), mine[1:]))
        return sorted(best)[:2]

    def _now(self, person: float) -> PersonFacts:
        """The person with the offers that were given in this batch."""
        known = self.people[person]
        given = self.given.get(person)
        return _after(known, given, self.facts.now_s) if given else known

    def _assign(self, person: PersonFacts, channel: Channel) -> None:
        """`person`, as they are now, gets one more."""
        number = person.id
        self.given[number].append(channel)
        for line in self.lines_of[number]:
            line.has_offer(number, person.open_offers + 1, self._now)


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
    return Reason(ReasonCode.WAITED, (waited_s, allowed, waited_s / allowed))


def _must_wait(contact: ContactFacts, queue: QueueFacts | None, now_s: float) -> tuple[Reason, ...]:
    """Why nobody is even asked, if so."""
    if queue is None:
        return (Reason(ReasonCode.QUEUE_UNKNOWN, (contact.queue,)),)
    if contact.offered_to is not None:
        return (Reason(ReasonCode.OFFER_OPEN, (contact.offered_to,)),)
    if contact.not_before_s is not None and contact.not_before_s > now_s:
        return (Reason(ReasonCode.NOT_YET, (contact.not_before_s - now_s,)),)
    return ()


def _nobody(line: Line, declined: Collection[int]) -> tuple[Reason, ...]:
    """How many people each first obstacle stopped; together, all of them."""
    if not declined and line.told is not None:
        return line.told
    firsts = line.obstacles_for(declined)
    told = tuple(
        [Reason(ReasonCode.NOBODY, (firsts[code],), code) for code in WhyNot if firsts[code]]
    ) or (Reason(ReasonCode.NOBODY, (0,)),)
    if not declined:
        line.told = told
    return told
