"""Where the desk shows itself in the frame and on other rooms' pages."""

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person
from hemma.people.visibility import standing
from hemma.ui import nav, slots


def has_team(person: Person) -> bool:
    """Whether there can be cases for `person`."""
    return bool(standing(person).seen_teams)


def leads(person: Person) -> bool:
    """Whether `person` leads a team."""
    return bool(standing(person).led)


nav.register(_("Cases"), "desk:cases", order=20, allowed=has_team)
slots.register("my_day.cases", "desk:my_cases", order=10, allowed=has_team)
slots.register("team_now.queues", "desk:queue_health", order=10, allowed=has_team)
