"""How much of a team's time was focus: sums of a team, a day and a type of place, nobody's own."""

from django.db import models

from hemma.people.models import Place, Team


class FocusDay(models.Model):
    """For how long the people of a team were in focus on a day, by type of place."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    place_type = models.CharField(max_length=15, choices=Place, default=Place.OFFICE)
    had_s = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "day", "place_type"], name="focusday_once")
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.day}: {self.had_s} s"


class FocusSeen(models.Model):
    """From when and until when focus has been added up. One row: what came of each is not kept."""

    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}–{self.until:%Y-%m-%d %H:%M}"
