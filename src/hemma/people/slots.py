"""What people hang into the frame: where a chosen language is kept, and their own pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hemma.people import actions, first_steps, queries
from hemma.people.models import Person, Role
from hemma.people.visibility import has_role
from hemma.ui import language, nav, slots


def _keep(person: Person, code: str) -> None:
    actions.choose_language(actor=person, language=code)


def _manages_accounts(person: Person) -> bool:
    return has_role(person, Role.ADMINISTRATOR)


def _begins(person: Person) -> bool:
    return _manages_accounts(person) and queries.set_up(person) is not None


def _invited(person: Person) -> str:
    number = queries.colleagues_there(person)
    said = ngettext("%(number)d colleague", "%(number)d colleagues", number)
    return said % {"number": number} if number else ""


language.register_saver(_keep)
nav.register(_("Getting started"), "people:set_up", 1, _begins)
nav.register(_("People"), "people:list", 90, _manages_accounts)
nav.register(_("Organisation"), "people:organisation", 91, _manages_accounts)
nav.register_foot(_("Who helps me?"), "people:helpers", 15, icon="hand")
nav.register_foot(_("My sign-in"), "mfa_index", 20, icon="key-round")
slots.register("frame.mebar", "people:visibility_news", order=20)
slots.register("set_up.steps", "people:set_up_steps", allowed=_begins)
first_steps.register(
    "company", _("Organisation"), "people:set_up_company", 10, queries.company_there
)
first_steps.register("team", _("First team"), "people:set_up_team", 20, queries.teams_there)
first_steps.register("invite", _("Invite"), "people:set_up_invite", 50, _invited)
