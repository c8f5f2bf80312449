"""Lower demands for a while."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Team


class Eased(models.Model):
    """A period of lower demands for a team or a person, with an end. Why is one of three classes.

    A team's customers are promised longer times, openly; a person has one case at a time.
    """

    class Why(models.TextChoices):
        UNUSUAL = "unusual", _("An unusual situation")
        FEWER = "fewer", _("Fewer people than planned")
        CALMER = "calmer", _("A calmer period")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="eased")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="eased")
    why = models.CharField(max_length=10, choices=Why)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # The last day, as people say it.
    last_day = models.DateField()
    set_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    # What each queue had promised before: id → seconds.
    before = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, person__isnull=False) | Q(team__isnull=False, person=None),
                name="eased_team_or_person",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="eased_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(ended_at=None), name="eased_one_a_team"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="eased_one_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team or self.person} → {self.last_day}"
