"""A look around one's own workplace, and what one thinks of its tips. The person's alone."""

from django.db import models

from hemma.people.models import Person


class LookAround(models.Model):
    """What a person answered when they looked around where they work, the last time."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="look_around", primary_key=True
    )
    # Question's key of `words.TIPS` → whether it is so.
    answers = models.JSONField(default=dict)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.looked_at:%Y-%m-%d}"


class TipChoice(models.Model):
    """That a person wants to follow a tip, or never wants to see it again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tip_choices")
    tip = models.CharField(max_length=20)
    wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "tip"], name="tipchoice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tip}: {'yes' if self.wanted else 'no'}"
