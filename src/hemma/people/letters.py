"""The two mails of this room, in the person's own language."""

from urllib.parse import urlencode

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hemma.people import links
from hemma.people.models import Person


def send(person: Person, kind: str, base: str) -> None:
    """Mail a link to set a password. `kind` is `invitation` or `reset`; `base` ends with a slash."""
    token = urlencode({"link": links.make(person, kind)})
    with translation.override(person.language):
        subject = _("Welcome to Hemma") if kind == "invitation" else _("A new password for Hemma")
        words = {
            "person": person,
            "invitation": kind == "invitation",
            "url": f"{base.rstrip('/')}{reverse('people:set_password')}?{token}",
        }
        send_mail(subject, render_to_string("people/letter.txt", words), None, [person.email])
