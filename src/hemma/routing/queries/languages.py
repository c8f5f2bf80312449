"""Which language a contact asks for, and who speaks it: live and in a replay alike."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from hemma.people import queries as people
from hemma.people.visibility import Asker, reads


@dataclass(frozen=True, slots=True)
class Speaking:
    """Person → languages, and queue → the languages that some of its people are known to speak."""

    of_person: Mapping[int, frozenset[str]]
    of_queue: Mapping[int, AbstractSet[str]]

    def asked(self, queue: int, language: str) -> str | None:
        """What a contact of the queue, written in `language`, asks for; None: nothing.

        A language that nobody there is known to speak stops nobody: a letter would wait for ever,
        where whoever has never been asked about languages might well answer it.
        """
        return language if language in self.of_queue.get(queue, ()) else None


@reads("people.languages")
def speaking(
    asker: Asker, queues_of: Mapping[int, AbstractSet[int]], language_of: Mapping[int, str]
) -> Speaking:
    """Who speaks what, of people with their queues, and queues with their language; one query.

    Whoever has named no language speaks those of their queues.
    """
    named = people.languages_of(asker, queues_of)
    of_queue: dict[int, set[str]] = defaultdict(set)
    for person, queues in queues_of.items():
        for queue in queues:
            of_queue[queue] |= named.get(person, frozenset())
    own = {
        person: named.get(person) or frozenset(language_of[queue] for queue in queues)
        for person, queues in queues_of.items()
    }
    return Speaking(own, of_queue)
