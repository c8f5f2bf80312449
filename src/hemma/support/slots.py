"""The foot of every page leads to both."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role
from hemma.ui import nav


def _administers(person: Any) -> bool:
    return has_role(person, Role.ADMINISTRATOR)


def _works_here(person: Any) -> bool:
    return not has_role(person, Role.CLIENT)


def _supports(person: Any) -> bool:
    return has_role(person, Role.IT_SUPPORT)


nav.register_talk("support:talk")
nav.register_foot(_("Lines to turn to"), "support:contacts", 95, icon="phone", allowed=_administers)
nav.register_foot(
    _("Something may have leaked"), "support:leak", 20, icon="triangle-alert", allowed=_works_here
)
nav.register_foot(
    _("What may have leaked"), "support:slips", 96, icon="triangle-alert", allowed=_supports
)
