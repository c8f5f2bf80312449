"""What a person is to hear of, from when, and which kinds they want."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person


class Sort(models.TextChoices):
    """The kinds of notices a person chooses among."""

    WORD = "word", _("Words from colleagues")
    CASE = "case", _("Somebody mentions you or asks you about a case")
    CUSTOMER = "customer", _("Thanks and words from customers")
    WAITING = "waiting", _("Cases that nobody fits")
    PLAN = "plan", _("Gaps and breaks in the plan")
    ON_CALL = "on_call", _("You are called while on call")


class Word(models.Model):
    """What one person wrote to another. It arrives when they work."""

    writer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words_written")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    # From one's leader alone: reaches them in focus as well, never at rest and never when off.
    urgent = models.BooleanField(default=False)
    # Written by a leader to somebody who was off; counted for groups of leaders, never for one.
    after_hours = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.writer} → {self.person}"


class Notice(models.Model):
    """That a person is to hear of something. Held until they can be reached."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    sort = models.CharField(max_length=10, choices=Sort)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    word = models.OneToOneField(Word, on_delete=models.CASCADE, null=True, related_name="notice")
    made_at = models.DateTimeField()
    # None: held. What is held is on no page.
    shown_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(shown_at__isnull=False),
                name="notice_shown_before_read",
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(shown_at=None), name="notice_held"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class Muted(models.Model):
    """A kind of notice that a person does not want."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="muted")
    sort = models.CharField(max_length=10, choices=Sort)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "sort"], name="muted_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.sort}"
