"""What figures of groups need to know of people: a mark for each, and where they belong."""

from dataclasses import dataclass
from uuid import UUID

from hemma.people.models import Person
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads


@dataclass(frozen=True, slots=True)
class Belonging:
    """A person by the key that can be thrown away, with the site they belong to (empty: none)."""

    key: UUID
    email: str
    site: str


@reads("people.account", "people.membership")
def belongings(asker: Asker) -> dict[int, Belonging]:
    """Everybody there is or was, by id. For Hemma itself: raises NotVisible for any person."""
    if not isinstance(asker, System):
        raise NotVisible("people.account", "belongings")
    rows = Person.objects.values_list("pk", "journal_key", "email", "site__name")
    return {pk: Belonging(key, email, site or "") for pk, key, email, site in rows}
