"""Where the desk shows itself in the frame and on other rooms' pages."""

from django.utils.translation import gettext_lazy as _

from hemma.desk.queries import setups
from hemma.people import first_steps
from hemma.people.models import Person, Role
from hemma.people.visibility import has_role, standing
from hemma.ui import nav, slots


def has_team(person: Person) -> bool:
    """Whether there can be cases for `person`."""
    return bool(standing(person).seen_teams)


def leads(person: Person) -> bool:
    """Whether `person` leads a team."""
    return bool(standing(person).led)


def sees_figures(person: Person) -> bool:
    """Whether there are figures of queues for `person`."""
    return has_team(person) or has_role(person, Role.MANAGER, Role.PLANNER)


def sets_up_mail(person: Person) -> bool:
    """Whether `person` sets up mailboxes."""
    return has_role(person, Role.ADMINISTRATOR)


def sorts(person: Person) -> bool:
    """Whether `person` writes the rules that sort mail."""
    return has_role(person, Role.ADMINISTRATOR) or has_role(person, Role.MANAGER)


nav.register(_("Cases"), "desk:cases", order=20, allowed=has_team)
nav.register(_("Customers"), "desk:customers", order=21, allowed=has_team)
nav.register(_("Figures"), "desk:reports", order=80, allowed=sees_figures)
nav.register(_("Other programs"), "desk:connections", order=94, allowed=leads)
nav.register(_("Queues"), "desk:queues", order=91, allowed=sets_up_mail)
nav.register(_("Mailboxes"), "desk:mailboxes", order=91, allowed=sets_up_mail)
nav.register(_("Sorting"), "desk:rules", order=92, allowed=sorts)
nav.register_search("desk:cases", "tab=team&q=")
slots.register("case.side", "desk:how_it_came", order=50, allowed=has_team)
slots.register("my_day.cases", "desk:to_read", order=5, allowed=has_team)
slots.register("my_day.cases", "desk:my_cases", order=10, allowed=has_team)
slots.register("team_now.queues", "desk:queue_health", order=10, allowed=has_team)
first_steps.register("hours", _("Opening hours"), "desk:queue_first", 30, setups.queues_there)
first_steps.register("mailbox", _("Mailbox"), "desk:mailbox_first", 40, setups.mailboxes_there)
