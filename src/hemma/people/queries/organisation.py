"""The organisation as an administrator sees it, and who helps whom, as everybody may know."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q
from django.utils.translation import gettext as _

from hemma.people.models import (
    Employment,
    Grant,
    Membership,
    Person,
    Programme,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.queries.accounts import administrator
from hemma.people.queries.everyone import by_name
from hemma.people.visibility import Asker, NotVisible, reads, standing, visible_people

NOUNS: dict[str, type[Model]] = {
    "sites": Site,
    "teams": Team,
    "skills": Skill,
    "programmes": Programme,
}
HELPING = (Role.PLANNER, Role.IT_SUPPORT, Role.SAFETY_REP, Role.MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Everything that an administrator keeps in order, by name."""

    sites: list[Site]
    teams: list[Team]
    skills: list[Skill]
    programmes: list[Programme]
    administrator: Person


@reads("people.membership", "people.account")
def organisation(asker: Asker) -> Organisation:
    """Sites, teams with their number of members, skills, programmes; administrators only."""
    mine = administrator(asker, "organisation")
    inside = Count("memberships", filter=Q(memberships__until=None))
    teams = Team.objects.filter(delisted=False).select_related("site", "leader", "substitute")
    return Organisation(
        sites=list(Site.objects.order_by("name")),
        teams=list(teams.annotate(inside=inside).order_by("name")),
        skills=list(Skill.objects.order_by("name")),
        programmes=list(Programme.objects.prefetch_related("teams").order_by("name")),
        administrator=mine,
    )


@reads("people.membership")
def part_of_organisation(asker: Asker, noun: str, thing_id: int | None) -> Any:
    """One site, team, skill or programme to change, or a new one; administrators only."""
    administrator(asker, noun)
    model = NOUNS.get(noun)
    if model is None:
        raise NotVisible("people.membership", noun)
    if thing_id is None:
        return model()
    row = model._default_manager.filter(pk=thing_id).first()
    if row is None:
        raise NotVisible("people.membership", f"{noun}:{thing_id}")
    return row


@reads("people.account")
def everybody(asker: Asker) -> list[Person]:
    """All who work here, to choose a leader from; administrators only."""
    administrator(asker, "everybody")
    return list(by_name(visible_people(asker, "people.account").filter(is_active=True)))


@dataclass(frozen=True, slots=True)
class Whole:
    """All that an administrator keeps about a person."""

    roles: list[str]
    programme: Programme | None
    safety_site: Site | None
    teams: list[Team]
    skills: dict[int, int]
    speaks: dict[str, int]
    employment: Employment | None


@reads(
    "people.account",
    "people.membership",
    "people.skills",
    "people.languages",
    "people.employment",
)
def whole(asker: Asker, person: Person) -> Whole:
    """Where a person belongs, what they can and how they are employed; administrators only."""
    administrator(asker, f"person:{person.pk}")
    grants = list(
        Grant.objects.filter(person=person, until=None).select_related("programme", "site")
    )
    member = Membership.objects.filter(person=person, until=None).values("team")
    return Whole(
        roles=[grant.role for grant in grants],
        programme=next((one.programme for one in grants if one.programme), None),
        safety_site=next((one.site for one in grants if one.site), None),
        teams=list(Team.objects.filter(pk__in=member)),
        skills=dict(person.skills.values_list("skill_id", "level")),
        speaks=dict(person.languages.values_list("language", "level")),
        employment=Employment.objects.filter(person=person).order_by("-since").first(),
    )


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody to turn to, and as what. `role` is a word of Role or `substitute`."""

    person: Person
    role: str
    team: str

    @property
    def word(self) -> str:
        return str(_("Substitute") if self.role == "substitute" else Role(self.role).label)


@reads("people.helper")
def helpers(asker: Asker) -> list[Helper]:
    """Whom `asker` can ask: own leaders and their substitutes first, then those with a role.

    A safety representative of another site is left out.
    """
    if not isinstance(asker, Person):
        raise NotVisible("people.helper", "list")
    found = []
    mine = Team.objects.filter(pk__in=standing(asker).teams).order_by("name")
    for team in mine.select_related("leader", "substitute"):
        for person, role in (
            (team.leader, Role.TEAM_LEADER.value),
            (team.substitute, "substitute"),
        ):
            if person is not None and person.is_active and person.pk != asker.pk:
                found.append(Helper(person, role, team.name))
    held = Grant.objects.filter(role__in=HELPING, until=None, person__is_active=True)
    held = held.filter(Q(site=None) | Q(site=asker.site_id))
    people = {one.pk: one for one in visible_people(asker, "people.helper").filter(grants__in=held)}
    rows = sorted(held, key=lambda row: (HELPING.index(Role(row.role)), row.pk))
    found += [
        Helper(people[row.person_id], row.role, "") for row in rows if row.person_id in people
    ]
    return found


@reads("people.account")
def client_programme(asker: Asker) -> Programme | None:
    """The programme whose client `asker` is; None for anybody else, and without a programme."""
    if not isinstance(asker, Person):
        return None
    grants = Grant.objects.filter(person=asker, until=None, role=Role.CLIENT)
    grant = grants.exclude(programme=None).select_related("programme").first()
    return grant.programme if grant is not None else None
