"""Slips in sentences."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hemma.support.models import Slip

# GDPR art. 33.1: 72 hours from when the company knows.
AUTHORITY_WITHIN = timedelta(hours=72)


def authority_by(row: Slip) -> datetime:
    """When the authority must have heard of it at the latest, if it has to hear at all."""
    return row.told_at + AUTHORITY_WITHIN


def letter(row: Slip, base: str) -> tuple[str, str]:
    """Subject and text for the company's own address: that something was told, never what."""
    with translation.override(settings.LANGUAGE_CODE):
        link = f"{base.rstrip('/')}{reverse('support:slip', args=[row.pk])}"
        by = timezone.localtime(authority_by(row))
        text = [
            _("Somebody has told that something with personal data may have leaked."),
            _("IT support reads it here: %(link)s") % {"link": link},
            _("If people are at risk, the authority has to hear of it before %(when)s.")
            % {"when": f"{by:%Y-%m-%d %H:%M}"},
        ]
        return _("Something may have leaked"), "\n\n".join(text)
