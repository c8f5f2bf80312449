"""How somebody is employed, and which languages they serve customers in."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hemma.people.models.company import Person


class Contract(models.TextChoices):
    PERMANENT = "permanent", _("Permanent")
    FIXED_TERM = "fixed_term", _("For a fixed term")
    TRIAL = "trial", _("On trial")
    HOURLY = "hourly", _("By the hour")
    HIRED = "hired", _("Hired from another company")


class DateRange(models.Func):
    function = "daterange"
    output_field = DateRangeField()


class Employment(models.Model):
    """Hours, contract and whose law applies, from a day to a day (both included; open at the end).

    A change of hours is a new row: the plan and the rules need to know what held when.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    hours_per_week = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(48)],
    )
    country = models.CharField(max_length=2)
    contract = models.CharField(max_length=12, choices=Contract, default=Contract.PERMANENT)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="employment_one_at_a_time",
                expressions=[
                    (
                        DateRange(
                            "since",
                            "until",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("person", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(hours_per_week__gte=0, hours_per_week__lte=48),
                name="employment_hours_0_to_48",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="employment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.hours_per_week} h"


class PersonLanguage(models.Model):
    """A language somebody can serve customers in, level 1 (a little) to 9 (mother tongue)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=5)
    level = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="personlanguage_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=9), name="personlanguage_level_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"
