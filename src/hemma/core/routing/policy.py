"""The policy: facts in, one decision for every waiting contact out.

The same function decides live, in a replay and in a simulation.
"""

from collections import Counter
from dataclasses import replace

from hemma.core.routing.decision import CANNOT, Considered, Decision, Reason, ReasonCode, WhyNot
from hemma.core.routing.facts import ContactFacts, Facts, PersonFacts, PolicySettings, QueueFacts
from hemma.core.routing.rank import Key, allowed_s, contact_key, fit_key, turn_key, what_decided
from hemma.core.routing.views import Views
from hemma.core.routing.why_not import Question, why_not


def decide(facts: Facts) -> tuple[Decision, ...]:
    """Decide for all waiting contacts, those that go first being first in the answer.

    Every decision counts at once: whoever gets an offer has less room for the next contact.
    Exactly one decision a contact. Independent of the order of the facts. With one offer at a
    time, one more person at work never leaves a contact without someone that had someone before.
    """
    batch = _Batch(facts)
    order = sorted(facts.contacts, key=lambda contact: contact_key(contact, facts.now_s))
    return tuple(batch.decide(contact) for contact in order)


class _Batch:
    """The people as they stand while the batch is decided."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.people = sorted(facts.people, key=lambda person: person.id)
        self.place = {person.id: at for at, person in enumerate(self.people)}
        self.queues = {queue.id: queue for queue in facts.queues}
        self.views = Views()
        self.turns: dict[PolicySettings, list[Key]] = {}

    def decide(self, contact: ContactFacts) -> Decision:
        queue = self.queues.get(contact.queue)
        settings = (queue.settings if queue else None) or self.facts.settings
        reasons = [_waited(contact, self.facts.now_s)]
        pending = _must_wait(contact, queue, self.facts.now_s)
        if pending or queue is None:
            return Decision(contact.id, None, (*reasons, *pending), (), settings.version)
        asked = Question(contact, queue, settings, self.facts.now_s)
        considered = self._consider(asked)
        free = [at for at, seen in enumerate(considered) if not seen.why_not]
        reasons.append(_able(considered, len(free)))
        if not free:
            reasons.extend(_nobody(considered))
            return Decision(contact.id, None, tuple(reasons), considered, settings.version)
        first, second = self._first_two(free, asked)
        reasons.append(what_decided(first, second, asked))
        self._assign(first, contact)
        return Decision(contact.id, first.id, tuple(reasons), considered, settings.version)

    def _consider(self, asked: Question) -> tuple[Considered, ...]:
        """How every person stands to the contact."""
        considered = self.views.seen(asked, self.people)
        for declined in asked.contact.declined_by:
            at = self.place.get(declined)
            if at is not None:
                considered[at] = Considered(declined, why_not(self.people[at], asked))
        return tuple(considered)

    def _first_two(
        self, free: list[int], asked: Question
    ) -> tuple[PersonFacts, PersonFacts | None]:
        if asked.settings not in self.turns:
            self.turns[asked.settings] = [turn_key(p, asked.settings) for p in self.people]
        turns = self.turns[asked.settings]

        def key(at: int) -> tuple[Key, Key]:
            return fit_key(self.people[at], asked), turns[at]

        first = min(free, key=key)
        second = min((at for at in free if at != first), key=key, default=None)
        return self.people[first], None if second is None else self.people[second]

    def _assign(self, person: PersonFacts, contact: ContactFacts) -> None:
        """The person as after the offer; what was known of them is stale."""
        at = self.place[person.id]
        held = person.load.get(contact.channel, 0)
        self.people[at] = replace(
            person,
            load={**person.load, contact.channel: held + 1},
            open_offers=person.open_offers + 1,
            assigned_today=person.assigned_today + 1,
            last_assigned_s=self.facts.now_s,
        )
        self.views.forget(at)
        for settings, turns in self.turns.items():
            turns[at] = turn_key(self.people[at], settings)


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


def _able(considered: tuple[Considered, ...], free: int) -> Reason:
    able = sum(CANNOT.isdisjoint(seen.why_not) for seen in considered)
    return Reason(ReasonCode.ABLE, (("people", len(considered)), ("able", able), ("free", free)))


def _nobody(considered: tuple[Considered, ...]) -> list[Reason]:
    """How many people each first obstacle stopped; together, all of them."""
    firsts = Counter(seen.why_not[0] for seen in considered)
    if not firsts:
        return [Reason(ReasonCode.NOBODY, (("people", 0),))]
    return [
        Reason(ReasonCode.NOBODY, (("people", firsts[code]),), code)
        for code in WhyNot
        if firsts[code]
    ]
