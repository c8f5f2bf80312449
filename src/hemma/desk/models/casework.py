"""What is done with cases besides answering: notes, tags, links, incidents, drafts, ways back."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemma.desk.models.base import Case, Customer, Queue
from hemma.people.models import Person


class CustomerAddress(models.Model):
    """One more way to reach a customer: mail from here is theirs too."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("value"), condition=Q(kind="email"), name="customeraddress_mail_once"
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "value"], name="customeraddress_once"
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Tag(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """Said among colleagues beside a case; never sent to the customer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.ManyToManyField(Person, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case.reference} {self.at:%Y-%m-%d}"


class CaseLink(models.Model):
    """Two cases that have to do with each other; the older one first."""

    first = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_on")
    second = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_back")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="caselink_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="caselink_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"


class Incident(models.Model):
    """One fault that many customers write about: many cases, one answer to all."""

    title = models.CharField(max_length=200)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="incidents")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Undo(models.Model):
    """A way back from something just done: what the cases were, and what they became."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()

    def __str__(self) -> str:
        return f"{self.id}"


class CustomerMerge(models.Model):
    """A way back from having made one customer of two; kept for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    kept = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    # Who was taken up: {id, name, email, language, cases: [id], addresses: [[kind, value]]}
    gone = models.JSONField()

    def __str__(self) -> str:
        return f"{self.id}"


class Looking(models.Model):
    """Who has a case open right now, so that two do not write at once. Gone within minutes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="looking_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class Draft(models.Model):
    """An answer that somebody is writing, kept though sign-in, line or case are lost."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class SavedView(models.Model):
    """A list that a person looks at often: its address's query under a name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="savedview_once")]

    def __str__(self) -> str:
        return self.name


class CaseWords(models.Model):
    """What a case can be found by: its words, folded; kept in step by a loop."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    # As in the case; beside the words, so that a search touches one table.
    queue_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="casewords_words", fastupdate=False),
            models.Index(fields=["-opened_at"], name="casewords_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Word(models.Model):
    """A word that occurs in some case, with what it is found by besides itself."""

    word = models.CharField(max_length=64, primary_key=True)
    stems = ArrayField(models.CharField(max_length=64))
    near = ArrayField(models.CharField(max_length=64))

    class Meta:
        indexes = [
            GinIndex(fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["stems"], name="word_stems"),
            GinIndex(fields=["near"], name="word_near"),
        ]

    def __str__(self) -> str:
        return self.word


class StaleCase(models.Model):
    """A case whose words have changed since it was made findable; written by triggers."""

    case_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.case_id}"
