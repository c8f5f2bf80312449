"""Where the schedule is found: in the menu of those who plan, and in everybody's foot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role, standing
from hemma.planning.visibility import asks_law
from hemma.ui import nav


def _plans(person: Any) -> bool:
    return has_role(person, Role.PLANNER) or bool(standing(person).led)


nav.register(_("The schedule"), "planning:schedule", 40, _plans)
nav.register(_("What the law says"), "planning:law", order=97, allowed=asks_law)
nav.register_foot(_("My calendar"), "planning:my_calendar", 30, icon="calendar-days")
