"""How people stand to contacts, remembered while one batch is decided.

Contacts that ask the same share the answer, and an offer makes only one person's answer stale;
1,100 people and 500 contacts are then a fraction of the work.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace

from hemma.core.routing.decision import Considered, WhyNot
from hemma.core.routing.facts import PersonFacts
from hemma.core.routing.why_not import ABLE, NOW, Question, why_not

Codes = tuple[WhyNot, ...]


class Views:
    """Answers by what is asked. Who declined is not remembered: that is the contact's own."""

    def __init__(self) -> None:
        self._able: dict[Hashable, list[Codes]] = {}
        self._now: dict[Hashable, _Remembered[Codes]] = {}
        self._seen: dict[Hashable, _Remembered[Considered]] = {}

    def seen(self, asked: Question, people: list[PersonFacts]) -> list[Considered]:
        """One answer a person, in the order of `people`, as they stand now."""
        contact = asked.contact
        skills = tuple(sorted(contact.skills.items()))
        able = (contact.queue, contact.channel, skills, contact.language)
        now = (contact.queue, contact.channel, contact.handling_s)
        anyone = replace(asked, contact=replace(contact, declined_by=frozenset()))
        if able not in self._able:
            self._able[able] = [why_not(person, anyone, ABLE) for person in people]
        if now not in self._now:
            self._now[now] = _Remembered(lambda at: why_not(people[at], anyone, NOW), len(people))
        able_codes, now_codes = self._able[able], self._now[now]
        if (able, now) not in self._seen:
            self._seen[able, now] = _Remembered(
                lambda at: Considered(people[at].id, able_codes[at] + now_codes.at(at)),
                len(people),
            )
        return self._seen[able, now].all()

    def forget(self, at: int) -> None:
        """The person at this place has changed."""
        for codes in self._now.values():
            codes.stale.add(at)
        for seen in self._seen.values():
            seen.stale.add(at)


class _Remembered[Answer]:
    """One answer a place, asked again only where it is stale."""

    def __init__(self, ask: Callable[[int], Answer], places: int) -> None:
        self.ask = ask
        self.answers = [ask(at) for at in range(places)]
        self.stale: set[int] = set()

    def at(self, place: int) -> Answer:
        if place in self.stale:
            self.answers[place] = self.ask(place)
            self.stale.discard(place)
        return self.answers[place]

    def all(self) -> list[Answer]:
        """A copy, true now."""
        for place in tuple(self.stale):
            self.at(place)
        return self.answers.copy()
