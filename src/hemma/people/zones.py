"""Time zones by name."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_zone(name: str) -> None:
    """Refuse a zone that the time-zone database does not know."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone called %(name)s."), params={"name": name})
