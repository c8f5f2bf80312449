"""What stands beside a case: instructions, mandates, saved replies."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemma.desk.models.base import Case, Queue
from hemma.people.models import Person


class Instruction(models.Model):
    """How something is done for a client: one title, several versions over time."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="instructions")
    title = models.CharField(max_length=120)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("queue", Lower("title"), name="instruction_title_once")
        ]

    def __str__(self) -> str:
        return self.title


class InstructionVersion(models.Model):
    """The wording from a moment on; the one with the latest `valid_from` that has come is in force."""

    instruction = models.ForeignKey(Instruction, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    must_read = models.BooleanField(default=False)
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instruction", "number"], name="instructionversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instruction} {self.number}"


class InstructionRead(models.Model):
    """That someone has read a version which everyone must read."""

    version = models.ForeignKey(InstructionVersion, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="instructionread_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"


class Mandate(models.Model):
    """What everyone who answers a queue may decide alone."""

    queue = models.OneToOneField(Queue, on_delete=models.CASCADE, related_name="mandate")
    up_to = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="SEK")
    more = models.TextField(blank=True)
    # Above it: who is asked answers within this long.
    answer_within = models.DurationField()

    def __str__(self) -> str:
        return f"{self.queue}: {self.up_to} {self.currency}"


class Decision(models.Model):
    """Something decided for a customer, alone within the mandate or after asking."""

    class State(models.TextChoices):
        DECIDED = "decided", _("decided")
        ASKED = "asked", _("asked")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("another way")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    what = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="decision_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answer_by__isnull=False),
                name="decision_asked_has_answer_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.state}"


class SavedReply(models.Model):
    """A wording to begin an answer with. Braces hold variables: {first_name}, {number}…"""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint("queue", Lower("title"), name="savedreply_title_once")
        ]

    def __str__(self) -> str:
        return self.title
