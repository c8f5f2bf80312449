"""Where group figures are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hemma.insight.visibility import sees_groups
from hemma.people.visibility import standing
from hemma.ui import nav, slots


def _leads(person: Any) -> bool:
    return bool(standing(person).led)


nav.register(_("Evaluation"), "insight:home", order=82, allowed=sees_groups)
slots.register("hours.groups", "insight:focus", order=5, allowed=sees_groups)
slots.register("led_hours.groups", "insight:focus", order=5, allowed=_leads)
