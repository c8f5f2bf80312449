"""A person's own chat, which is told when they have gone home."""

from django.db import models
from django.db.models import Q

from hemma.people.models import Person


class ChatLink(models.Model):
    """That somebody's chat says when they have gone home: that it is so, never when or why.

    `says`: what it has to say now; a row whose `next_try_at` is set has not been told yet.
    """

    class Kind(models.TextChoices):
        MATTERMOST = "mattermost", "Mattermost"
        SLACK = "slack", "Slack"

    class Says(models.TextChoices):
        HERE = "here"
        HOME = "home"

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="chat_link", primary_key=True
    )
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.URLField(max_length=300)
    # Opens the account to whoever has it: sealed, and shown to nobody again.
    sealed_token = models.BinaryField()
    # Who the person is in their chat, as it calls them.
    known_as = models.CharField(max_length=64)
    says = models.CharField(max_length=4, choices=Says, default=Says.HERE)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="chatlink_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
