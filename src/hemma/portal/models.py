"""What customers meet: the forms they write through, and what they asked for or said there.

What a customer writes is a message of the desk, so that it is searched, exported and forgotten
with the case. Here stands only what sort of message it was.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemma.desk.models import Case, Message, Queue
from hemma.people.models import Programme


class ContactForm(models.Model):
    """A form of a programme, at an address of its own."""

    slug = models.SlugField(max_length=40, unique=True)
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="contact_forms")
    is_open = models.BooleanField(default=True)
    # How many calls the team can make in an hour that customers choose; 0: no calls are offered.
    calls_an_hour = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue"], name="contactform_one_a_queue"),
        ]

    def __str__(self) -> str:
        return self.slug


class CallBack(models.Model):
    """That a customer asked to be called, from when to when; the words are in the message."""

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="call_back", primary_key=True
    )
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.message_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Remark(models.Model):
    """That a message is a thank-you or a complaint."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("thanks")
        COMPLAINT = "complaint", _("complaint")

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="remark", primary_key=True
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # What a complaint taught the team: what will be done otherwise. About the work, never the customer.
    lesson = models.TextField(blank=True)
    learned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.message_id} {self.kind}"


class Satisfaction(models.Model):
    """How many customers of a queue gave which answer in a month.

    Sums alone: no answer is kept, so none can be led back to a case or to whoever answered it.
    """

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="satisfaction")
    month = models.DateField()
    answer = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "month", "answer"], name="satisfaction_once"),
            models.CheckConstraint(
                condition=models.Q(answer__gte=1, answer__lte=5), name="satisfaction_1_to_5"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="satisfaction_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.month:%Y-%m} {self.answer}: {self.count}"


class Asked(models.Model):
    """That the question was answered for a case: not what, and not when."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="asked", primary_key=True
    )

    def __str__(self) -> str:
        return f"{self.case_id}"


class ClientExit(models.Model):
    """That a client leaves: everything is exported, fetched, deleted, and looked for once more.

    `export_counts` and `remains` are numbers of things by name (`queries.exits.Holds`). The file
    itself lies in the data folder until everything is deleted; its digest stays.
    """

    class State(models.TextChoices):
        EXPORTING = "exporting", _("the export is being made")
        READY = "ready", _("the export can be fetched")
        DELETING = "deleting", _("everything is being deleted")
        DONE = "done", _("deleted and verified")
        CALLED_OFF = "called_off", _("called off")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="exits")
    state = models.CharField(max_length=10, choices=State, default=State.EXPORTING)
    began_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True)
    export_sha256 = models.CharField(max_length=64, blank=True)
    export_size = models.BigIntegerField(default=0)
    export_counts = models.JSONField(default=dict)
    fetched_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    remains = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state__in=["exporting", "ready", "deleting"]),
                name="clientexit_one_at_a_time",
            ),
            # Nothing is deleted that the client has not fetched.
            models.CheckConstraint(
                condition=~models.Q(state__in=["deleting", "done"])
                | models.Q(fetched_at__isnull=False),
                name="clientexit_fetched_before_deleted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.state}"
