"""Offers, and what was decided when there was nobody to offer to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemma.desk.models import Case
from hemma.people.models import Person


class Offer(models.Model):
    """A case offered to one person. One open offer a case, one open offer a person."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("taken")
        DECLINED = "declined", _("passed on")
        UNANSWERED = "unanswered", _("no answer")
        WITHDRAWN = "withdrawn", _("withdrawn")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # Codes with numbers, never sentences: each reader's language makes the words.
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open"), name="offer_one_open_a_case"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="offer_one_open_a_person"
            ),
        ]
        indexes = [models.Index(fields=["case", "-offered_at"], name="offer_case")]

    def __str__(self) -> str:
        return f"{self.case.reference} → {self.person}: {self.state}"


class Verdict(models.Model):
    """What the router last decided about a waiting case: why this person, or why nobody."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="verdict")
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.case.reference}: {self.person or 'nobody'}"
