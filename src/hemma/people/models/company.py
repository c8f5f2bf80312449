"""Who is here, where they belong, what they can and what they may."""

import uuid
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemma.people.zones import validate_zone


class Place(models.TextChoices):
    """Type of place, never the place itself."""

    HOME = "home", _("Home")
    OFFICE = "office", _("Office")
    CUSTOMER_SITE = "customer_site", _("At a customer's")
    OTHER = "other", _("Other agreed place")


class Site(models.Model):
    """A place of the company: gives country (whose law applies) and zone."""

    name = models.CharField(max_length=80, unique=True)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=40, default="Europe/Stockholm", validators=[validate_zone])

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who works here; also the account they sign in with."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="sv")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    # Stands for the person in the journal; thrown away when the person is to be forgotten.
    journal_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.zone if self.site else "Europe/Stockholm")

    def get_full_name(self) -> str:
        return self.name


class Team(models.Model):
    name = models.CharField(max_length=80, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    leader = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="teams_led"
    )
    substitute = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="teams_stood_in_for"
    )

    def __str__(self) -> str:
        return self.name


class OpenEnded(models.QuerySet[Any]):
    def current(self) -> "OpenEnded":
        return self.filter(until=None)


class Membership(models.Model):
    """That a person belongs to a team; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = OpenEnded.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"], condition=models.Q(until=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class Role(models.TextChoices):
    AGENT = "agent", _("Customer service")
    TEAM_LEADER = "team_leader", _("Team leader")
    PLANNER = "planner", _("Planner")
    MANAGER = "manager", _("Customer service manager")
    IT_SUPPORT = "it_support", _("IT support")
    SAFETY_REP = "safety_rep", _("Safety representative")
    CLIENT = "client", _("Client")
    ADMINISTRATOR = "administrator", _("Administrator")


class Grant(models.Model):
    """That a person holds a role, since when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = OpenEnded.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(until=None), name="grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Skill(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class PersonSkill(models.Model):
    """What a person can, level 1 (new) to 9 (others ask them)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="people")
    level = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="personskill_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=9), name="personskill_level_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"
