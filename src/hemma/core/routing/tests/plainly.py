"""The same decisions without haste: every person is asked every question about every contact.

No lines, nothing shared, nothing remembered: what `decide` has to agree with, word by word.
"""

from collections import Counter
from dataclasses import replace

from hemma.core.routing import CANNOT, Decision, Reason, ReasonCode, WhyNot
from hemma.core.routing.rank import (
    allowed_s,
    skill_key,
    turn_key,
    urgency_key,
    what_decided,
    whole_key,
)
from hemma.core.routing.why_not import Question, why_not


def decide_plainly(facts):
    """One decision a contact, the most urgent first."""
    people = {one.id: one for one in facts.people}
    decisions = []
    for contact in sorted(facts.contacts, key=lambda one: urgency_key(one, facts.now_s)):
        decision = one_decision(facts, people, contact)
        decisions.append(decision)
        if decision.person is not None:
            people[decision.person] = with_one_more(people[decision.person], contact, facts.now_s)
    return tuple(decisions)


def one_decision(facts, people, contact):
    queue = next((queue for queue in facts.queues if queue.id == contact.queue), None)
    settings = (queue and queue.settings) or facts.settings
    pending = what_it_waits_for(contact, queue, facts.now_s)
    waited_s, allowed = facts.now_s - contact.waiting_since_s, allowed_s(contact)
    waited = Reason(ReasonCode.WAITED, (waited_s, allowed, waited_s / allowed))
    if pending:
        return Decision(contact.id, None, (waited, pending), settings.version)
    asked = Question(contact, queue, settings, facts.now_s)
    obstacles = {one.id: why_not(one, asked) for one in people.values()}
    able = sum(not CANNOT.intersection(stopped) for stopped in obstacles.values())
    free = sorted(key_of(people[one], asked) for one, stopped in obstacles.items() if not stopped)
    told = waited, Reason(ReasonCode.ABLE, (len(people), able, len(free)))
    if free:
        best = [people[key[-1]] for key in free[:2]]
        told += (what_decided(best, free[:2], asked),)
        return Decision(contact.id, best[0].id, told, settings.version)
    firsts = Counter(stopped[0] for stopped in obstacles.values())
    nobody = [Reason(ReasonCode.NOBODY, (firsts[code],), code) for code in WhyNot if firsts[code]]
    nobody = nobody or [Reason(ReasonCode.NOBODY, (0,))]
    return Decision(contact.id, None, (*told, *nobody), settings.version)


def what_it_waits_for(contact, queue, now_s):
    if queue is None:
        return Reason(ReasonCode.QUEUE_UNKNOWN, (contact.queue,))
    if contact.offered_to is not None:
        return Reason(ReasonCode.OFFER_OPEN, (contact.offered_to,))
    if contact.not_before_s is not None and contact.not_before_s > now_s:
        return Reason(ReasonCode.NOT_YET, (contact.not_before_s - now_s,))
    return None


def key_of(person, asked):
    contact = asked.contact
    stranger = not asked.settings.prefer_earlier_person or person.id != contact.earlier_person
    passed = person.id in contact.unanswered_by
    turn = turn_key(person, asked.settings)
    return whole_key(int(passed), skill_key(person, asked), int(stranger), turn)


def with_one_more(person, contact, now_s):
    return replace(
        person,
        load={**person.load, contact.channel: person.load.get(contact.channel, 0) + 1},
        open_offers=person.open_offers + 1,
        assigned_today=person.assigned_today + 1,
        last_assigned_s=now_s,
    )
