"""What people were told about who sees what, and what becomes of the data of those who leave."""

from django.db import models

from hemma.people.models.company import Person


class VisibilityVersion(models.Model):
    """What the who-sees-what registry said from a moment on, and how that differs from before.

    Written when the product starts with another registry than last time. Insert-only: what people
    were told cannot be edited. The very first one changes nothing for anybody.
    """

    at = models.DateTimeField()
    # Kind's key → what it says, in English: {"what", "keep", "viewers": {relation: words}, …}.
    content = models.JSONField()
    # See people.changes: one object a change, in the order they are told.
    changes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {len(self.changes)}"


class VisibilityRead(models.Model):
    """That someone has read what changed. Until then it is shown to them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_versions")
    version = models.ForeignKey(VisibilityVersion, on_delete=models.PROTECT, related_name="reads")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="visibilityread_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"


class Departure(models.Model):
    """That someone has left, and how far their data is gone since.

    First what only served the employment goes, then, when no law asks for it any more, the name.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="departure"
    )
    at = models.DateTimeField()
    # Whose law says how long the working-time record is kept.
    country = models.CharField(max_length=2, blank=True)
    reduced_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d}"


class ProcessingRecord(models.Model):
    """What a client's customers' data is used for, as its processor has to write down (GDPR 30.2)."""

    programme = models.CharField(max_length=120, unique=True)
    client = models.CharField(max_length=120)
    client_contact = models.CharField(max_length=200, blank=True)
    purpose = models.TextField()
    categories = models.TextField()
    sub_processors = models.TextField(blank=True)
    transfers = models.TextField(blank=True)
    # Months from when a case is solved until nobody can say whose it was.
    keep_months = models.PositiveSmallIntegerField(default=24)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_months__gte=1, keep_months__lte=120),
                name="processingrecord_1_to_120_months",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} ({self.client})"
