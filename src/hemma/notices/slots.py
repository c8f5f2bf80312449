"""Where notices show themselves: a line on every page, and in everybody's foot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role
from hemma.ui import nav, slots


def _works(person: Any) -> bool:
    return has_role(person, Role.AGENT, Role.TEAM_LEADER, Role.PLANNER)


def _manages(person: Any) -> bool:
    return has_role(person, Role.MANAGER)


slots.register("hours.groups", "notices:after_hours", order=10, allowed=_manages)
slots.register("frame.mebar", "notices:line", order=30, allowed=_works)
nav.register_foot(_("Words and notices"), "notices:mine", 12, icon="message-circle", allowed=_works)
