"""Day templates: how a good day is laid out, to be repeated on weekdays."""

from django.db import models
from django.db.models import F, Q

from hemma.people.models import Person, Place, Team


class DayTemplate(models.Model):
    """A day's hours, its parts, and the weekdays it is for. Of a team, or of one person."""

    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="day_templates")
    # None: for everybody in the team.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="day_templates"
    )
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place_type = models.CharField(max_length=15, choices=Place)
    # Numbers of weekdays, 0 Monday to 6 Sunday.
    weekdays = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="daytemplate_name_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=30, minutes__lte=1440), name="daytemplate_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplatePart(models.Model):
    """A part of the day, in minutes after its start."""

    template = models.ForeignKey(DayTemplate, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10)
    from_min = models.PositiveSmallIntegerField()
    until_min = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["from_min"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_min__gt=F("from_min")), name="templatepart_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_min}–{self.until_min}"
