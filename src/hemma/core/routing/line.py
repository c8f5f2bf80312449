"""The people who could have contacts of one kind, in the order of their turn.

Contacts that ask the same (queue, channel, skills, language, handling time) share a line. It is
made once a batch; an offer changes one person in it. Only appointed people are looked at one by
one, so that 1,100 people and 500 contacts take milliseconds.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from hemma.core.routing.decision import CANNOT, Reason, WhyNot
from hemma.core.routing.facts import ContactFacts, PersonFacts
from hemma.core.routing.rank import Key, skill_key
from hemma.core.routing.why_not import ABLE, NOW, Obstacle, Question

AFTER_DECLINED = frozenset({WhyNot.HAS_OPEN_OFFER, WhyNot.AT_CAPACITY, WhyNot.PERSONAL_LIMIT})
"""What is only asked of those who have not said no to the contact."""


Now = Callable[[float], PersonFacts]
"""The person of that number, as they stand at this point of the batch."""


class Line:
    """Who is free for one kind of contact, who is stopped by what, kept true offer by offer.

    A key ends with its person's number, and stands for the person: `keys` holds the one that is
    true now, so that a key of `order` that is not that very one is passed over.
    """

    def __init__(
        self,
        asked: Question,
        members: list[PersonFacts],
        people: int,
        turn: Callable[[PersonFacts], Key],
    ) -> None:
        if asked.contact.declined_by:
            asked = replace(asked, contact=replace(asked.contact, declined_by=frozenset()))
        self.asked = asked
        self.settings = asked.settings
        self.turn = turn
        self.obstacles = _that_can_stop(asked)
        self.stopped: dict[float, WhyNot] = {}
        self.keys: dict[float, Key] = {}
        for person in members:
            self._place(person)
        self.order = sorted(self.keys.values())
        self.first = Counter(self.stopped.values())
        self.first[WhyNot.NOT_IN_QUEUE] += people - len(members)
        self.able = len(members) - sum(self.first[code] for code in CANNOT_INSIDE)
        self.head = 0
        self.told: tuple[Reason, ...] | None = None

    def _place(self, person: PersonFacts) -> None:
        asked = self.asked
        for code, stops in self.obstacles:
            if stops(person, asked):
                self.stopped[person.id] = code
                return
        self.keys[person.id] = (skill_key(person, asked), *self.turn(person))

    def first_two(self, but: Collection[int] = ()) -> list[Key]:
        """The keys of the two whose turn it is, of those who are free and not in `but`."""
        order, keys, head = self.order, self.keys, self.head
        while head < len(order) and keys.get(order[head][-1]) is not order[head]:
            head += 1  # no longer free, or further back by now
        self.head = head
        found: list[Key] = []
        for place in range(head, len(order)):
            key = order[place]
            person = key[-1]
            if keys.get(person) is key and person not in but:
                found.append(key)
                if len(found) == 2:
                    break
        return found

    def has_offer(self, person: int, open_offers: int, now: Now) -> None:
        """Someone free has got an offer and has `open_offers` now."""
        del self.keys[person]
        if open_offers >= self.settings.offers_at_a_time:
            # Nothing that is asked before it has changed.
            self.stopped[person] = WhyNot.HAS_OPEN_OFFER
        else:
            self._place(now(person))
            if person in self.keys:
                insort(self.order, self.keys[person], lo=self.head)
        if person in self.stopped:
            self.first[self.stopped[person]] += 1

    def obstacles_for(self, declined: Collection[int]) -> Counter[WhyNot]:
        """How many people each first obstacle stops, for a contact these have said no to."""
        first = self.first.copy()
        for person in declined:
            if person in self.keys:
                first[WhyNot.DECLINED_ALREADY] += 1
            elif self.stopped.get(person) in AFTER_DECLINED:
                first[self.stopped[person]] -= 1
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
