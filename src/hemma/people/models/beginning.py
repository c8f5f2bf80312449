"""That Hemma is being set up here, step by step."""

from django.db import models
from django.db.models import Q


class SetUp(models.Model):
    """The guided beginning of an installation: one row, made by its first person.

    How far the steps have come is never kept: it is read from what is there. So a step that was
    done elsewhere counts, and one can leave and come back at any time.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    company = models.CharField(max_length=120)
    began_at = models.DateTimeField()
    # When the first person said that they need no more guidance.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="setup_once")]

    def __str__(self) -> str:
        return self.company
