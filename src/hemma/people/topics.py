"""Live audiences from where a person belongs."""

from hemma.lib.live import audiences
from hemma.people.models import Person
from hemma.people.visibility import standing


@audiences.register
def _own(person: Person) -> set[str]:
    return {f"person:{person.pk}"} | {f"team:{team}" for team in standing(person).seen_teams}
