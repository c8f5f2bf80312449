"""What people hang into the frame: where a chosen language is kept, and their own pages."""

from django.utils.translation import gettext_lazy as _

from hemma.people import actions
from hemma.people.models import Person, Role
from hemma.people.visibility import has_role
from hemma.ui import language, nav, slots


def _keep(person: Person, code: str) -> None:
    actions.choose_language(actor=person, language=code)


def _manages_accounts(person: Person) -> bool:
    return has_role(person, Role.ADMINISTRATOR)


language.register_saver(_keep)
nav.register(_("People"), "people:list", 90, _manages_accounts)
nav.register(_("Organisation"), "people:organisation", 91, _manages_accounts)
nav.register_foot(_("Who helps me?"), "people:helpers", 15, icon="hand")
nav.register_foot(_("My sign-in"), "mfa_index", 20, icon="key-round")
slots.register("frame.mebar", "people:visibility_news", order=20)
