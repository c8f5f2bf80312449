"""What is told of groups, what was told before, and what is decided on it.

Nothing here holds a figure of one person. `Release` remembers who was counted where by marks that
lead to nobody once the person's own key is thrown away; `DataFile` holds rows only until counted.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Team


class Subject(models.TextChoices):
    """What a figure or a file is about."""

    WORK = "work", _("Work at home and in the office")
    PANEL = "panel", _("An outcome by person and period")
    LEAVING = "leaving", _("Who stays and who leaves")
    ABSENCE = "absence", _("Short absence")
    FAIRNESS = "fairness", _("Pay steps, promotion and training")
    FOCUS = "focus", _("Focus in the teams, by week")


class Release(models.Model):
    """One table that passed the gate: who was counted where, and what was shown of it."""

    source = models.CharField(max_length=80, db_index=True)
    label = models.CharField(max_length=120)
    at = models.DateTimeField()
    inside = models.JSONField()
    shown = models.JSONField()

    def __str__(self) -> str:
        return f"{self.source}: {self.label}"


class DataFile(models.Model):
    """A file that somebody read in: looked at first, asked about, then counted and emptied."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", _("to be looked through")
        WAITING = "waiting", _("is being counted")
        COUNTED = "counted", _("counted")
        REFUSED = "refused", _("could not be counted")

    subject = models.CharField(max_length=10, choices=Subject)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.LOOKED_AT)
    # [[row number, {column: text}]]; emptied when counted, refused or left lying for a day.
    rows = models.JSONField(default=list)
    # What was said of odd values: {column|odd|value: "missing" or "right"}
    answers = models.JSONField(default=dict)
    maximum = models.FloatField(null=True)
    counted_rows = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.file_name


class Reading(models.Model):
    """What is told of a subject in a period: numbers that passed the gate, and nothing else."""

    subject = models.CharField(max_length=10, choices=Subject)
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    data = models.JSONField()
    file = models.OneToOneField(
        DataFile, on_delete=models.CASCADE, null=True, related_name="reading"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "first", "last"],
                condition=Q(file=None),
                name="reading_once_a_period",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="reading_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.first}–{self.last}"

    @property
    def label(self) -> str:
        """October 2026, or August to October 2026."""
        last = date_format(self.last, "F Y")
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return last
        shape = "F" if self.first.year == self.last.year else "F Y"
        return f"{date_format(self.first, shape)} – {last}"


class Decision(models.Model):
    """What was decided about working from home, on what, and when it is looked at again.

    Insert-only: the database refuses to change a row. A change of mind is a new one that follows it.
    """

    question = models.CharField(max_length=200)
    alternatives = models.TextField()
    grounds = models.TextField()
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="+")
    consulted = models.TextField(blank=True)
    not_consulted_because = models.TextField(blank=True)
    decided = models.TextField()
    review_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(consulted="") | ~Q(not_consulted_because=""),
                name="decision_consulted_or_says_why_not",
            )
        ]

    def __str__(self) -> str:
        return self.question


class Pilot(models.Model):
    """A trial with a comparison group: what is measured is fixed before it starts.

    Once started, the database refuses to change what it asks, measures, and whom it compares.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        RUNNING = "running", _("under way")
        ENDED = "ended", _("ended")

    name = models.CharField(max_length=100)
    question = models.TextField()
    measures = ArrayField(models.CharField(max_length=20))
    teams = models.ManyToManyField(Team, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    seed = models.BigIntegerField(null=True)
    # What it can find, counted when the draft is saved; what came of it, once ended.
    power = models.JSONField(null=True)
    result = models.JSONField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="pilot_in_order"),
            models.CheckConstraint(
                condition=Q(state="draft", started_at=None, seed=None)
                | (~Q(state="draft") & Q(started_at__isnull=False, seed__isnull=False)),
                name="pilot_started_means_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PilotPlace(models.Model):
    """Which group the lot gave somebody; written when the pilot starts, and never changed."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    stratum = models.CharField(max_length=80)
    tries = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pilot", "person"], name="pilotplace_once")]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.person}"
