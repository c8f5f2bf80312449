"""The schedule as people see it: shifts, and activities inside them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Place


class _Span(Func):
    """The half-open range [starts_at, ends_at) that exclusion constraints compare."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Shift(models.Model):
    """When a person works, and from what type of place. Never two at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_type = models.CharField(max_length=15, choices=Place, default=Place.OFFICE)
    # Nobody plans for the person: it was made when they began, and lasts while customers can come.
    unplanned = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"
            ),
            ExclusionConstraint(
                name="shift_never_two_at_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="shift_span")]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d %H:%M}"


class ActivityKind(models.TextChoices):
    """What a part of a shift is for. `rast` is not working time, `pause` is."""

    WARMUP = "warmup", _("Warm-up")
    QUEUE = "queue", _("Queue")
    FOCUS = "focus", _("Focus")
    MEETING = "meeting", _("Meeting")
    COACHING = "coaching", _("Coaching")
    PAUSE = "pause", _("Pause")
    RECESS = "recess", _("Recess")
    FIKA = "fika", _("Coffee break")
    RAST = "rast", _("Meal break")
    SHUTDOWN = "shutdown", _("Shutdown")


class Activity(models.Model):
    """A part of a shift. Parts of one shift never overlap."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=10, choices=ActivityKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    label = models.CharField(max_length=80, blank=True)
    # Placed again by itself, because a contact ran over the first one.
    instead = models.BooleanField(default=False)
    # By how many minutes a pause is longer than planned, for a while; below zero: it begins earlier.
    widened_min = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"
            ),
            ExclusionConstraint(
                name="activity_never_two_at_once",
                expressions=[
                    ("shift", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%H:%M}"


class Absence(models.Model):
    """That a person is not at work, from when until when. No reason: there is no field for one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"
            ),
            ExclusionConstraint(
                name="absence_never_two_at_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d %H:%M}"


class CalendarFeed(models.Model):
    """A secret address at which a calendar program finds one person's shifts.

    Only the fingerprint (SHA-256) of the secret is kept: whoever reads the table can't follow it.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # The day was ended then, and has not begun anew: what is left of the shift is free time.
    home_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.person)


from hemma.planning.template_models import DayTemplate, TemplatePart  # noqa: E402

__all__ = [
    "Absence",
    "Activity",
    "ActivityKind",
    "CalendarFeed",
    "DayTemplate",
    "Shift",
    "TemplatePart",
]
