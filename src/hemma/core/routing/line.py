"""The people who could have contacts of one kind, in the order of their turn.

Contacts that ask the same (queue, channel, skills, language, handling time) share a line. It is
made once a batch; an offer changes one person in it. Only appointed people are looked at one by
one, so that 1,100 people and 500 contacts take milliseconds.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from hemma.core.routing.decision import CANNOT, Reason, WhyNot
from hemma.core.routing.facts import ContactFacts, PersonFacts
from hemma.core.routing.rank import Key, skill_key
from hemma.core.routing.why_not import ABLE, NOW, Obstacle, Question

AFTER_DECLINED = frozenset({WhyNot.HAS_OPEN_OFFER, WhyNot.AT_CAPACITY, WhyNot.PERSONAL_LIMIT})
"""What is only asked of those who have not said no to the contact."""


class Line:
    """Who is free for one kind of contact, who is stopped by what, kept true offer by offer."""

    def __init__(
        self,
        asked: Question,
        people: list[PersonFacts],
        members: list[int],
        turn: Callable[[int], Key],
    ) -> None:
        anyone = replace(asked.contact, declined_by=frozenset())
        self.asked = replace(asked, contact=anyone)
        self.turn = turn
        self.obstacles = _that_can_stop(self.asked)
        self.stopped: dict[int, WhyNot] = {}
        self.keys: dict[int, Key] = {}
        for at in members:
            self._place(at, people[at])
        self.order = sorted((key, at) for at, key in self.keys.items())
        self.first = Counter(self.stopped.values())
        self.first[WhyNot.NOT_IN_QUEUE] += len(people) - len(members)
        self.able = len(members) - sum(self.first[code] for code in CANNOT_INSIDE)
        self.head = 0
        self.told: tuple[Reason, ...] | None = None

    def _place(self, at: int, person: PersonFacts) -> None:
        asked = self.asked
        for code, stops in self.obstacles:
            if stops(person, asked):
                self.stopped[at] = code
                return
        self.keys[at] = (skill_key(person, asked), *self.turn(at))

    def in_turn(self) -> Iterator[tuple[Key, int]]:
        """Those who are free, whose turn it is first."""
        order, keys = self.order, self.keys
        while self.head < len(order) and keys.get(order[self.head][1]) is not order[self.head][0]:
            self.head += 1  # no longer free, or further back by now
        for place in range(self.head, len(order)):
            key, at = order[place]
            if keys.get(at) is key:
                yield key, at

    def has_offer(self, at: int, open_offers: int, person: Callable[[], PersonFacts]) -> None:
        """Someone free has got an offer and has `open_offers` now."""
        del self.keys[at]
        if open_offers >= self.asked.settings.offers_at_a_time:
            self.stopped[at] = WhyNot.HAS_OPEN_OFFER  # nothing that is asked before it has changed
        else:
            self._place(at, person())
        if at in self.keys:
            insort(self.order, (self.keys[at], at), lo=self.head)
        else:
            self.first[self.stopped[at]] += 1

    def obstacles_for(self, declined: list[int]) -> Counter[WhyNot]:
        """How many people each first obstacle stops, for a contact these have said no to."""
        first = Counter(self.first)
        for at in declined:
            if at in self.keys:
                first[WhyNot.DECLINED_ALREADY] += 1
            elif self.stopped.get(at) in AFTER_DECLINED:
                first[self.stopped[at]] -= 1
                first[WhyNot.DECLINED_ALREADY] += 1
        return first


CANNOT_INSIDE = CANNOT - {WhyNot.NOT_IN_QUEUE}


def _that_can_stop(asked: Question) -> list[tuple[WhyNot, Obstacle]]:
    """The obstacles worth asking about members of this line, in order: some can't apply at all."""
    pointless = {WhyNot.NOT_IN_QUEUE, WhyNot.DECLINED_ALREADY}
    if not asked.contact.skills:
        pointless |= {WhyNot.MISSING_SKILL, WhyNot.LEVEL_TOO_LOW}
    if asked.contact.language is None:
        pointless.add(WhyNot.LANGUAGE)
    if asked.queue.open_now:
        pointless.add(WhyNot.QUEUE_CLOSED)
    return [(code, stops) for code, stops in ABLE + NOW if code not in pointless]


def kind_of(contact: ContactFacts) -> tuple[object, ...]:
    """What contacts of one line have in common."""
    skills = contact.skills
    needed = () if not skills else tuple(sorted(skills.items()))
    return (contact.queue, contact.channel, needed, contact.language, contact.handling_s)
