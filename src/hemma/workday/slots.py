"""Where this room shows itself: first in the menu, and the bar on every page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role, standing
from hemma.ui import nav, slots


def _works_in_queues(person: Any) -> bool:
    return has_role(person, Role.AGENT, Role.TEAM_LEADER)


def _has_mode(person: Any) -> bool:
    return has_role(person, Role.AGENT, Role.TEAM_LEADER, Role.PLANNER)


def _has_team(person: Any) -> bool:
    return bool(standing(person).seen_teams)


def _leads(person: Any) -> bool:
    return bool(standing(person).led)


def _sees_groups(person: Any) -> bool:
    return has_role(person, Role.MANAGER, Role.SAFETY_REP)


def _plans(person: Any) -> bool:
    return _leads(person) or has_role(person, Role.PLANNER)


nav.register(_("My day"), "workday:my_day", 10, _works_in_queues)
nav.register(_("The team now"), "workday:team_now", 30, _has_team)
slots.register("frame.mebar", "workday:mebar", order=10, allowed=_has_mode)
slots.register("my_day.next", "workday:absent", order=4, allowed=_has_mode)
slots.register("my_day.next", "workday:start_day", order=5, allowed=_has_mode)
slots.register("team_now.queues", "workday:breaks", order=30, allowed=_leads)
slots.register("team_now.queues", "workday:gaps", order=25, allowed=_plans)
slots.register("schedule.gaps", "workday:gaps", order=10, allowed=_plans)
nav.register_foot(_("My rhythm"), "workday:rhythm", 25, icon="leaf", allowed=_has_mode)
slots.register("my_day.todos", "workday:todos", order=10)
slots.register("case.side", "workday:todo_of_case", order=30, allowed=_works_in_queues)
slots.register("frame.account", "workday:end_day", order=10, allowed=_has_mode)
slots.register("frame.mebar", "workday:past_hours", order=20, allowed=_has_mode)
nav.register_foot(_("My hours"), "workday:my_hours", 24, icon="clock", allowed=_has_mode)
nav.register_foot(_("My chat"), "workday:chat", 31, icon="message-circle", allowed=_has_mode)
nav.register(_("The team's hours"), "workday:led_hours", 45, _leads)
nav.register(_("How hours go"), "workday:hours_trend", 46, _sees_groups)
slots.register("my_day.next", "workday:eased_now", order=3, allowed=_has_mode)
