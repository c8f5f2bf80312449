"""Who is signed in where, who was mailed a link, and who has looked at whom."""

import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from hemma.people.models.company import Person


class Look(models.Model):
    """The access log: that someone looked at data of one person, or was refused. Insert-only.

    `subject` can read every row about themselves. A refusal has a subject only when there is one.
    """

    class Outcome(models.TextChoices):
        SEEN = "seen", _("looked")
        REFUSED = "refused", _("was refused")

    at = models.DateTimeField(db_index=True)
    viewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    subject = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="looked_at"
    )
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.SEEN)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="look_subject_at")]

    def __str__(self) -> str:
        return f"{self.viewer} {self.outcome} {self.kind}"


class Session(AbstractBaseSession):
    """That someone is signed in somewhere. `number` is its public name: the key opens the door."""

    number = models.UUIDField(default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    since = models.DateTimeField()
    last_seen = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore


class SentLink(models.Model):
    """That someone was mailed a link to choose a password. The link itself is not kept."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        RESET = "reset", _("new password")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sent_links")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="sentlink_person_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person}"
