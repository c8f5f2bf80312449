"""The working-time record's tables: stretches of work, their rasts, and what was corrected."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hemma.people.models import Person, Place


class _Span(Func):
    """The half-open range [starts_at, ends_at); an end that is not known yet is open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Worked(models.Model):
    """A stretch of work in the working-time record, in whole minutes.

    It begins when a person says that they are here and ends when they say goodbye; pauses are
    working time and are in no table. Kept as long as the law of the workplace asks.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="worked")
    starts_at = models.DateTimeField()
    # None: the day goes on.
    ends_at = models.DateTimeField(null=True)
    place_type = models.CharField(max_length=15, choices=Place)
    # Begun outside of the planned hours, by the person's own choice or by the list.
    outside = models.BooleanField(default=False)
    # Nobody said goodbye: the end is the plan's until the person says otherwise.
    end_is_plans = models.BooleanField(default=False)
    # The person said that they go on after their hours, until then.
    goes_on_until = models.DateTimeField(null=True)
    # When the person was told that they work past a limit, and when their leader was.
    person_told_at = models.DateTimeField(null=True)
    leader_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="worked_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(leader_told_at=None) | Q(person_told_at__isnull=False),
                name="worked_person_is_told_first",
            ),
            ExclusionConstraint(
                name="worked_never_two_at_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="worked_end")]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d %H:%M}"


class WorkedRast(models.Model):
    """A part of a stretch that was no working time. Paid pauses never stand here."""

    worked = models.ForeignKey(Worked, on_delete=models.CASCADE, related_name="rasts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workedrast_ends_after_start"
            ),
            ExclusionConstraint(
                name="workedrast_never_two_at_once",
                expressions=[
                    ("worked", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class Correction(models.Model):
    """What one of the two says was otherwise, and what the other one answered.

    It holds once both agree. Times as they are to be; `before` is what stood when it came to hold.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    # None: a stretch that is missing.
    worked = models.ForeignKey(
        Worked, on_delete=models.CASCADE, null=True, related_name="corrections"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_type = models.CharField(max_length=15, choices=Place)
    # Pairs of times in ISO 8601.
    rasts = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="correction_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["worked"], condition=Q(answered_at=None), name="correction_one_open"
            ),
        ]
        indexes = [models.Index(fields=["person", "answered_at"], name="correction_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d %H:%M}"
