"""A colleague's eyes on an answer: asked for by whoever wrote it, told to them alone."""

from django.db import models
from django.db.models import Q

from hemma.desk.models.base import Message
from hemma.people.models import Person


class Reading(models.Model):
    """One answer that one colleague is asked to read. `drawn`: chance chose it, at the writer's wish."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="reading")
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    drawn = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # Whether it is easy to understand, says what happens next, and meets the customer warmly.
    clear = models.BooleanField(null=True)
    next_step = models.BooleanField(null=True)
    warm = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["reader"], condition=Q(read_at=None), name="reading_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.asked_at:%Y-%m-%d}"
