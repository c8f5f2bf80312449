"""Where customers' pages show themselves to the staff."""

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Role
from hemma.people.visibility import has_role, standing
from hemma.ui import nav, slots


def sets_up(person: Person) -> bool:
    """Whether `person` opens forms for customers."""
    return has_role(person, Role.ADMINISTRATOR) or has_role(person, Role.MANAGER)


def has_team(person: Person) -> bool:
    """Whether there can be cases for `person`."""
    return bool(standing(person).seen_teams)


def has_programme(person: Person) -> bool:
    """Whether `person` is the client of a programme."""
    return has_role(person, Role.CLIENT)


def sees_clients_out(person: Person) -> bool:
    """Whether `person` looks after clients who leave."""
    return has_role(person, Role.MANAGER)


nav.register(_("My programme"), "portal:programme", order=5, allowed=has_programme)
nav.register(_("Clients"), "portal:clients", order=95, allowed=sees_clients_out)
nav.register(_("Customers' forms"), "portal:forms", order=93, allowed=sets_up)
slots.register("case.side", "portal:beside", order=40, allowed=has_team)
slots.register("reports.more", "portal:contentment", order=10)
