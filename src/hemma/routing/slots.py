"""Where routing shows itself on other rooms' pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role, standing
from hemma.ui import nav, slots


def _takes_cases(person: Any) -> bool:
    return has_role(person, Role.AGENT)


def _has_team(person: Any) -> bool:
    return bool(standing(person).seen_teams)


def _leads(person: Any) -> bool:
    return bool(standing(person).led)


def _reads_notes(person: Any) -> bool:
    return has_role(person, Role.SAFETY_REP)


slots.register("my_day.next", "routing:my_offer", order=10)
slots.register("case.why", "routing:why", order=10)
slots.register("my_day.next", "routing:my_limit", order=30, allowed=_takes_cases)
slots.register("team_now.queues", "routing:unplaced", order=20, allowed=_has_team)
nav.register_foot(_("How routing decides"), "routing:how", 40, icon="scale")
nav.register_foot(_("Rules of the queues"), "routing:rules", 41, icon="scale", allowed=_leads)
nav.register_foot(
    _("Overtime and on call"), "routing:overtime", 26, icon="clock", allowed=_takes_cases
)
nav.register(_("Notes of overtime"), "routing:overtime_people", 47, _reads_notes)
