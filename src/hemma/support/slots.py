"""The foot of every page leads to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role
from hemma.ui import nav


def _administers(person: Any) -> bool:
    return has_role(person, Role.ADMINISTRATOR)


nav.register_talk("support:talk")
nav.register_foot(_("Lines to turn to"), "support:contacts", 95, icon="phone", allowed=_administers)
