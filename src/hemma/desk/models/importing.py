"""Cases brought along from another program: the file's rows, and which case each became."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemma.desk.models.base import Case, Queue
from hemma.people.models import Person


class CaseImport(models.Model):
    """One export file that somebody has read in: looked at first, then brought in bit by bit."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", _("only looked at")
        RUNNING = "running", _("on its way")
        DONE = "done", _("done")
        UNDONE = "undone", _("taken back")

    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.LOOKED_AT)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    # Group of the other program → queue of ours, where it is not `queue`.
    by_group = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="looked_at") | Q(queue__isnull=False),
                name="caseimport_running_has_queue",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class CaseImportRow(models.Model):
    """One case of a file. Its facts go as soon as it is a case, or will never be one."""

    class State(models.TextChoices):
        READY = "ready", _("waits")
        MADE = "made", _("is a case")
        KNOWN = "known", _("was here already")
        BAD = "bad", _("can't be used")

    batch = models.ForeignKey(CaseImport, on_delete=models.CASCADE, related_name="rows")
    place = models.CharField(max_length=300)
    number = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State)
    # A code of `imports.shapes.Bad`, or "failed: …".
    problem = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["batch", "id"], condition=Q(state="ready"), name="caseimportrow_ready"
            )
        ]

    def __str__(self) -> str:
        return self.place


class Origin(models.Model):
    """Where a case that was brought along stood before; the same one is never brought twice."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="origin", primary_key=True
    )
    source = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    batch = models.ForeignKey(CaseImport, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="origin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"
