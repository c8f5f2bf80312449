"""What happened, and what is to be told: rows that are written once and never changed.

A person stands in an event only as `journal_key`, a random key kept with the account. When the
account's key is thrown away the events stay, and nobody can say whose they were.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Retention(models.TextChoices):
    """How long an event is kept; each class is a partition of its own, dropped month by month."""

    MODE = "mode", _("7 days")
    ACCESS = "access", _("24 months")
    CASE = "case", _("24 months")
    RECORD = "record", _("as long as the working-time record of the country")
    SYSTEM = "system", _("12 months")


KEEP_DAYS = {
    Retention.MODE: 7,
    Retention.ACCESS: 731,
    Retention.CASE: 731,
    Retention.RECORD: 5 * 366,  # the longest any country asks (Denmark); shorter ones drop rows
    Retention.SYSTEM: 366,
}


class Event(models.Model):
    """Something that happened. Insert-only: the database refuses to change or delete a row."""

    pk = models.CompositePrimaryKey("retention", "at", "id")
    id = models.UUIDField(default=uuid.uuid4)
    retention = models.CharField(max_length=12, choices=Retention)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_key = models.UUIDField(null=True)
    subject_key = models.UUIDField(null=True)
    about = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "journal_event"
        indexes = [
            models.Index(fields=["about", "at"], name="journal_event_about"),
            models.Index(fields=["subject_key", "at"], name="journal_event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()


class OutboxMessage(models.Model):
    """Something a person or another system is to hear of; whether and when is decided elsewhere."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    person_key = models.UUIDField(null=True)
    about = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "journal_outbox"

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()


class OutboxHandling(models.Model):
    """That a message of the outbox was dealt with, when and how. Insert-only like the message."""

    message = models.OneToOneField(
        OutboxMessage, on_delete=models.PROTECT, related_name="handling", primary_key=True
    )
    at = models.DateTimeField()
    outcome = models.CharField(max_length=40)

    class Meta:
        db_table = "journal_outbox_handling"

    def __str__(self) -> str:
        return self.outcome


class Wakeup(models.Model):
    """A job that is to start at a time of Hemma's clock. Gone once it has been handed over."""

    at = models.DateTimeField(db_index=True)
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    # One wake-up a key: scheduling again moves it instead of doubling it.
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001  null = no key

    class Meta:
        db_table = "journal_wakeup"

    def __str__(self) -> str:
        return f"{self.task} {self.at:%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """When a part of the process tree last said that it is alive, by the database's clock.

    The database's, because Hemma's own can be moved, and a moved clock must not look like death.
    """

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_heartbeat"

    def __str__(self) -> str:
        return self.name
