"""The people who could have contacts of one kind, in the order of their turn.

Contacts that ask the same (queue, channel, skills, language, handling time) share a line, and lines
that ask the same of the moment (channel, handling time, settings) share how everybody stands. So a
person is asked once whether they are at work and have room, once a line whether they are able, and
never again for each contact: 1,100 people and 500 contacts take milliseconds.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from hemma.core.routing.decision import Reason, WhyNot
from hemma.core.routing.facts import ContactFacts, PersonFacts, SkillChoice
from hemma.core.routing.rank import Key, skill_key, turn_key
from hemma.core.routing.why_not import ABLE, NOW, Obstacle, Question, queue_closed

AFTER_DECLINED = frozenset({WhyNot.HAS_OPEN_OFFER, WhyNot.AT_CAPACITY, WhyNot.PERSONAL_LIMIT})
"""What is only asked of those who have not said no to the contact."""

AFTER_OPEN_OFFER = AFTER_DECLINED - {WhyNot.HAS_OPEN_OFFER}
"""What stops those who are full; an offer of another channel puts another obstacle before it."""

OF_THE_MOMENT = tuple(
    (code, stops)
    for code, stops in NOW
    if code not in {WhyNot.QUEUE_CLOSED, WhyNot.DECLINED_ALREADY}
)
"""What asks no more of a contact than what `moment_of` tells."""

Now = Callable[[float], PersonFacts]
"""The person of that number, as they stand at this point of the batch."""


class Standing:
    """How everybody stands when the batch begins, to all contacts with one `moment_of`.

    `keys` are the turns of those whom nothing stops, `stopped` the first obstacle of the others.
    """

    def __init__(self, asked: Question, people: Iterable[PersonFacts]) -> None:
        self.stopped: dict[float, WhyNot] = {}
        free = list(people)
        for code, stops in OF_THE_MOMENT:
            free, gone = _parted(free, stops, asked)
            self.stopped.update(dict.fromkeys(gone, code))
        self.keys = {one.id: (0, *turn_key(one, asked.settings)) for one in free}


class Line:
    """Who is free for one kind of contact, who is stopped by what, kept true offer by offer.

    A key ends with its person's number, and stands for the person: `keys` holds the one that is
    true now, so that a key of `order` that is not that very one is passed over.
    """

    def __init__(
        self, asked: Question, members: list[PersonFacts], people: int, standing: Standing
    ) -> None:
        self.asked = asked
        self.settings = asked.settings
        self.standing = standing
        self.first = Counter({WhyNot.NOT_IN_QUEUE: people - len(members)})
        self.asked_now = self._able(members)
        self.keys: dict[float, Key] = {}
        self.full: list[float] = []
        turns, stopped = standing.keys, standing.stopped
        for one in self.asked_now:
            if one.id in turns:
                self.keys[one.id] = turns[one.id]
                continue
            code = stopped[one.id]
            self.first[code] += 1
            if code in AFTER_OPEN_OFFER:
                self.full.append(one.id)
        if asked.settings.skill_choice is not SkillChoice.ENOUGH:
            free = [one for one in self.asked_now if one.id in turns]
            self.keys = {one.id: (skill_key(one, asked), *turns[one.id][1:]) for one in free}
        self.order = sorted(self.keys.values())
        self.changed: dict[float, WhyNot] = {}
        self.head = 0
        self.told: tuple[Reason, ...] | None = None  # why nobody, as long as nothing has changed

    def _able(self, members: list[PersonFacts]) -> list[PersonFacts]:
        """Those who can, and whom the closed queue does not stop; the others are counted."""
        left = members
        for code, stops in _that_can_stop(self.asked):
            left, gone = _parted(left, stops, self.asked)
            self.first[code] += len(gone)
        self.able = len(left)
        if not self.asked.queue.open_now:
            left, gone = _parted(left, queue_closed, self.asked)
            self.first[WhyNot.QUEUE_CLOSED] += len(gone)
        return left

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

    def has_offer(self, person: float, open_offers: int, now: Now) -> None:
        """Someone who was free, or full, has got an offer and has `open_offers` now."""
        self.told = None
        if self.keys.pop(person, None) is None:
            self.first[self._stopped_by(person)] -= 1
        if open_offers >= self.settings.offers_at_a_time:
            # Nothing that is asked before it has changed.
            self._stop(person, WhyNot.HAS_OPEN_OFFER)
            return
        known, asked = now(person), self.asked
        for code, stops in OF_THE_MOMENT:
            if stops(known, asked):
                self._stop(person, code)
                return
        self.keys[person] = (skill_key(known, asked), *turn_key(known, self.settings))
        insort(self.order, self.keys[person], lo=self.head)

    def _stopped_by(self, person: float) -> WhyNot:
        return self.changed.get(person) or self.standing.stopped[person]

    def _stop(self, person: float, code: WhyNot) -> None:
        self.changed[person] = code
        self.first[code] += 1

    def obstacles_for(self, declined: Collection[int]) -> Counter[WhyNot]:
        """How many people each first obstacle stops, for a contact these have said no to."""
        first = self.first.copy()
        for person in [one.id for one in self.asked_now if one.id in declined]:
            if person in self.keys:
                first[WhyNot.DECLINED_ALREADY] += 1
            elif self._stopped_by(person) in AFTER_DECLINED:
                first[self._stopped_by(person)] -= 1
                first[WhyNot.DECLINED_ALREADY] += 1
        return first


def _parted(
    people: list[PersonFacts], stops: Obstacle, asked: Question
) -> tuple[list[PersonFacts], Collection[int]]:
    """Those it does not stop, and the numbers of those it does."""
    left = [one for one in people if not stops(one, asked)]
    if len(left) == len(people):
        return left, ()
    return left, {one.id for one in people}.difference([one.id for one in left])


def _that_can_stop(asked: Question) -> list[tuple[WhyNot, Obstacle]]:
    """What to ask members of this line about what they can: some can't apply at all."""
    pointless = {WhyNot.NOT_IN_QUEUE}
    if not asked.contact.skills:
        pointless |= {WhyNot.MISSING_SKILL, WhyNot.LEVEL_TOO_LOW}
    if asked.contact.language is None:
        pointless.add(WhyNot.LANGUAGE)
    return [(code, stops) for code, stops in ABLE if code not in pointless]


def kind_of(contact: ContactFacts) -> tuple[object, ...]:
    """What contacts of one line have in common."""
    skills = contact.skills
    needed = () if not skills else tuple(sorted(skills.items()))
    return (contact.queue, contact.channel, needed, contact.language, contact.handling_s)


def moment_of(asked: Question) -> tuple[object, ...]:
    """What lines that share a standing have in common."""
    return (asked.contact.channel, asked.contact.handling_s, asked.settings)
