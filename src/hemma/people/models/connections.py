"""The company's own directory: tokens that it may use, and what its groups mean here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemma.people.models.company import Person, Role, Team


class DirectoryToken(models.Model):
    """A key for the directory (SCIM). Only its digest is kept; the key was shown once."""

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="directory_tokens")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class GroupRule(models.Model):
    """What a group of the sign-in service means: a role, or a team. Other groups mean nothing."""

    group = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, blank=True, related_name="group_rules"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "role", "team"], nulls_distinct=False, name="grouprule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role="", team__isnull=False)
                | (~models.Q(role="") & models.Q(team=None)),
                name="grouprule_role_or_team",
            ),
        ]

    def __str__(self) -> str:
        return self.group


class PeopleImport(models.Model):
    """A list of people that somebody read in: looked at first, then applied, perhaps undone."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", _("to be confirmed")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="people_imports")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.LOOKED_AT)
    # The cells as they were read: [[row number, {column: text}]]; emptied when no longer needed.
    rows = models.JSONField(default=list)
    # What was before, so that it can be again; see `people.imports.undoing`.
    before = models.JSONField(default=dict)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name
