"""Offers, and what was decided when there was nobody to offer to."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from hemma.core.routing import SkillChoice
from hemma.desk.models import Case, Queue
from hemma.people.models import Person


class Offer(models.Model):
    """A case offered to one person. One open offer a case, one open offer a person."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("taken")
        DECLINED = "declined", _("passed on")
        UNANSWERED = "unanswered", _("no answer")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Because(models.TextChoices):
        """What one may say when passing a case on: about the case, never about oneself."""

        KNOWLEDGE = "knowledge", _("It needs other knowledge than mine")
        LANGUAGE = "language", _("It needs another language")
        QUEUE = "queue", _("It belongs in another queue")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # Said when it was passed on, if the person wanted to; nobody has to, and no name goes with it.
    because = models.CharField(max_length=10, choices=Because, blank=True)
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
    # When those who can help were told that nobody fits; once a case.
    alarmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case.reference}: {self.person or 'nobody'}"


class OutOfHours(models.TextChoices):
    """What happens to what comes while a queue is closed."""

    CLOSED = "closed", _("It waits; the customer is told when we open")
    ON_CALL = "on_call", _("Whoever is on call is asked")
    NEXT_DAY = "next_day", _("It waits; the customer is promised an answer the next working day")


class QueueRules(models.Model):
    """How one queue is routed. Never changed: a change is a new version, and decisions name theirs."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="rules")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    skill_choice = models.CharField(
        max_length=10,
        default=SkillChoice.ENOUGH,
        choices=[
            ("enough", _("Able is able; fairness decides")),
            ("closest", _("The level closest to what is needed, so that specialists stay free")),
            ("highest", _("The most skilled first")),
        ],
    )
    prefer_earlier_person = models.BooleanField(default=True)
    also_in_wrap_up = models.BooleanField(default=False)
    answer_within_s = models.PositiveIntegerField(
        default=90, validators=[MinValueValidator(20), MaxValueValidator(900)]
    )
    out_of_hours = models.CharField(max_length=10, choices=OutOfHours, default=OutOfHours.NEXT_DAY)
    customer_message = models.TextField(blank=True, max_length=1000)
    rest_after_h = models.PositiveSmallIntegerField(
        default=11, validators=[MinValueValidator(11), MaxValueValidator(24)]
    )
    # What work on call is booked as where pay is made; the payroll's own code.
    compensation_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "version"], name="queuerules_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.queue} v{self.version}"


class _Span(Func):
    """The half-open range [starts_at, ends_at) that exclusion constraints compare."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class OnCall(models.Model):
    """That a person may be asked about a queue's cases while it is closed. Nobody else is."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="on_call")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="on_call")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="oncall_ends_after_start"
            ),
            ExclusionConstraint(
                name="oncall_never_two_at_once",
                expressions=[
                    ("queue", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue}: {self.person}"


class PersonalLimit(models.Model):
    """How many at a time a person wants, for today. No reason, no history."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="personal_limit", primary_key=True
    )
    at_most = models.PositiveSmallIntegerField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.at_most}"


class Capacity(models.Model):
    """How many contacts of one channel a person has in hand at once, where it is not the usual."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="capacities")
    channel = models.CharField(max_length=10)
    at_once = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="capacity_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.channel}: {self.at_once}"


class Replay(models.Model):
    """A queue's changed rules, tried on the week before; nothing is changed by it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("is being played")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("did not work out")

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="replays")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Fields of `QueueRules`, as they would be; and the version they are compared with.
    values = models.JSONField()
    against = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    # Figures of the queue by both rules (`core.routing.comparing.Told`), never of a person.
    result = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="replay_to_play",
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue}: {self.state}"
