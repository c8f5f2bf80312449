"""A secret address that tells one's household whether one is at work."""

from django.db import models

from hemma.people.models import Person


class HomeLight(models.Model):
    """That a person's household has an address of theirs; what it says is asked anew each time.

    Only the fingerprint (SHA-256) of the secret is kept: whoever reads the table can't follow it.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="home_light", primary_key=True
    )
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)
