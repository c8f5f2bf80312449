"""Other programs: keys by which they ask, and addresses that are told what happens."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hemma.people.models import Person


class ApiToken(models.Model):
    """A key for another program, which sees what its maker sees. Only its digest is kept."""

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30))
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Webhook(models.Model):
    """An address that is told what happens in the queues that its maker leads."""

    url = models.URLField(max_length=400)
    events = ArrayField(models.CharField(max_length=40))
    sealed_secret = models.BinaryField()
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="webhooks")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One thing to tell one address: made with what happened, sent afterwards, tried again."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    case_number = models.PositiveIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="delivery_due")
        ]

    def __str__(self) -> str:
        return f"{self.event} H-{self.case_number}"
