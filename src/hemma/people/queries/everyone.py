"""Reading people: what each asker may know of the others."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet, TextField

from hemma.lib.once import once_a_page
from hemma.people.models import Grant, Membership, Person, PersonLanguage, PersonSkill, Role, Team
from hemma.people.visibility import (
    Asker,
    reads,
    standing,
    visible_ids,
    visible_people,
)

# Whom a visitor of the demo can be by one click, in this order.
DEMO_DOMAIN = "hemma.example"
DEMO_CAST = (
    *(
        f"{name}@{DEMO_DOMAIN}"
        for name in (
            "amanda", "tina", "bengt", "petra", "sara", "imran", "asa", "charlie", "elin", "nora",
        )
    ),
    "olle@bjorkvik.example",
)  # fmt: skip


def by_name(people: QuerySet[Person], field: str = "name") -> QuerySet[Person]:
    """In Nordic alphabetical order (å ä ö last), whatever the database's locale is."""
    return people.order_by(Func(F(field), function="hemma_sort", output_field=TextField()), "pk")


@reads("people.account")
def person_named(asker: Asker, person_id: int) -> Person | None:
    """A person whose name `asker` may know."""
    return visible_people(asker, "people.account").filter(pk=person_id).first()


@reads("people.account")
def person_about(asker: Asker, about: str) -> Person | None:
    """The person that `person:42` names, as events and messages do; whether or not they left."""
    sort, _colon, number = about.partition(":")
    return person_named(asker, int(number)) if sort == "person" and number.isdigit() else None


@reads("people.account")
def people_by_key(asker: Asker, keys: Iterable[UUID]) -> dict[UUID, Person]:
    """Names behind journal keys, as far as `asker` may know them."""
    people = visible_people(asker, "people.account").filter(journal_key__in=set(keys))
    return {person.journal_key: person for person in people}


@once_a_page
@reads("people.membership")
def teams_of(asker: Asker) -> list[Team]:
    """The teams that `asker` belongs to or leads, those led first, then by name."""
    if not isinstance(asker, Person):
        return list(Team.objects.select_related("leader", "site"))
    place = standing(asker)
    teams = Team.objects.filter(pk__in=place.seen_teams).select_related("leader", "site")
    return sorted(teams, key=lambda team: (team.pk not in place.led, team.name))


@once_a_page
@reads("people.membership")
def members(asker: Asker, team: Team, *, with_leader: bool = False) -> list[Person]:
    """Everyone in `team` whom `asker` may see, in name order, home and office mixed.

    `with_leader`: also who leads the team without belonging to it.
    """
    inside = Q(pk__in=Membership.objects.filter(team=team, until=None).values("person"))
    if with_leader and team.leader_id is not None:
        inside |= Q(pk=team.leader_id)
    seen = visible_people(asker, "people.membership").filter(inside, is_active=True)
    return list(by_name(seen).select_related("site"))


@reads("people.membership")
def agents_by_team(asker: Asker, teams: Iterable[int]) -> list[tuple[int, int]]:
    """(person id, team id) of everyone who serves customers in one of `teams`, in id order."""
    rows = Membership.objects.filter(
        team__in=set(teams),
        until=None,
        person__is_active=True,
        person__in=Grant.objects.filter(role=Role.AGENT, until=None).values("person"),
    )
    if isinstance(asker, Person):
        rows = rows.filter(person__in=visible_people(asker, "people.membership"))
    return list(rows.order_by("person_id", "team_id").values_list("person_id", "team_id"))


@reads("people.skills")
def skills_of(asker: Asker, people: Iterable[int]) -> dict[int, dict[str, int]]:
    """Skill levels: person id → {skill code: level 1–9}."""
    rows = PersonSkill.objects.filter(
        person__in=visible_ids(asker, "people.skills", people)
    ).values_list("person_id", "skill__code", "level")
    levels: dict[int, dict[str, int]] = {}
    for person, skill, level in rows:
        levels.setdefault(person, {})[skill] = level
    return levels


@reads("people.languages")
def languages_of(asker: Asker, people: Iterable[int]) -> dict[int, frozenset[str]]:
    """The languages people serve customers in: person id → codes; nobody who has said none."""
    rows = PersonLanguage.objects.filter(
        person__in=visible_ids(asker, "people.languages", people)
    ).values_list("person_id", "language")
    spoken: dict[int, set[str]] = {}
    for person, language in rows:
        spoken.setdefault(person, set()).add(language)
    return {person: frozenset(codes) for person, codes in spoken.items()}


@reads("people.account")
def demo_doors(asker: Asker) -> list[tuple[Person, str]]:
    """The demo's doors: who one can step in as, and as what. Nobody in a real company."""
    grants = Grant.objects.filter(
        until=None,
        person__is_active=True,
        person__in=visible_people(asker, "people.account"),
        person__email__in=DEMO_CAST,
    ).select_related("person")
    roles: dict[Person, list[str]] = {}
    for grant in grants.order_by("pk"):
        roles.setdefault(grant.person, []).append(str(Role(grant.role).label))
    by_turn = sorted(roles, key=lambda one: DEMO_CAST.index(one.email))
    return [(person, ", ".join(roles[person])) for person in by_turn]


@reads("people.membership")
def with_role(asker: Asker, people: Iterable[int], *roles: str) -> set[int]:
    """Who of `people` holds one of `roles` now, by id; as far as `asker` may know it."""
    seen = visible_ids(asker, "people.membership", people)
    grants = Grant.objects.filter(person__in=seen, role__in=roles, until=None)
    return set(grants.values_list("person_id", flat=True))


@reads("people.membership")
def audiences_about(_asker: Asker, person: Person) -> list[str]:
    """Who hears of a change to `person`: they themselves, their teams and the teams they lead.

    Read afresh, not from the request's standing: a membership may have changed since.
    """
    member = Membership.objects.filter(person=person, until=None).values("team")
    led = Q(pk__in=member) | Q(leader=person) | Q(substitute=person)
    teams = Team.objects.filter(led).order_by("pk").values_list("pk", flat=True)
    return [f"person:{person.pk}", *(f"team:{team}" for team in teams)]
