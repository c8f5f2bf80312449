"""The foot of every page leads to the look around, for who works here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role
from hemma.people.visibility import has_role
from hemma.ui import nav


def _works_here(person: Any) -> bool:
    return not has_role(person, Role.CLIENT)


nav.register_foot(_("My workplace"), "workplace:look", 26, icon="house", allowed=_works_here)
