"""Who opens forms for customers. What customers write is of the desk's kinds."""

from hemma.people.models import Person, Role
from hemma.people.visibility import Asker, NotVisible, has_role


def may_set_up(asker: Asker) -> None:
    """Forms reach over all teams: for managers and administrators. Raises NotVisible otherwise."""
    if isinstance(asker, Person) and not has_role(asker, Role.MANAGER, Role.ADMINISTRATOR):
        raise NotVisible("desk.case", "contact_forms")
