"""No sequence of comings and goings leaves anybody with more than where they stand now gives."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemma.lib import clock
from hemma.lib.live import audiences
from hemma.people.actions import add_person, end_employment, join_team
from hemma.people.models import Grant, Membership, Person, Role, Session, Site, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import (
    ROLE_RELATIONS,
    Relation,
    possible_relations,
    registry,
    visible_people,
)

ROLES = [role.value for role in Role]
STEP = st.one_of(
    st.tuples(st.just("gets"), st.sampled_from(ROLES)),
    st.tuples(st.just("loses"), st.sampled_from(ROLES)),
    st.tuples(st.just("joins"), st.integers(0, 1)),
    st.tuples(st.just("leaves"), st.integers(0, 1)),
    st.tuples(st.just("leads"), st.integers(0, 1)),
    st.tuples(st.just("stands in"), st.integers(0, 1)),
    st.tuples(st.just("leads no more"), st.integers(0, 1)),
)


def walk(person, teams, step) -> None:
    what, which = step
    now = clock.now()
    if what == "gets":
        Grant.objects.get_or_create(person=person, role=which, until=None, defaults={"since": now})
    elif what == "loses":
        Grant.objects.filter(person=person, role=which, until=None).update(until=now)
    elif what == "joins":
        join_team(actor=SYSTEM, person=person, team=teams[which])
    elif what == "leaves":
        rows = Membership.objects.filter(person=person, team=teams[which], until=None)
        rows.update(until=now)
    else:
        field = {"leads": "leader", "stands in": "substitute"}.get(what)
        values = {field: person} if field else {"leader": None, "substitute": None}
        Team.objects.filter(pk=teams[which].pk).update(**values)


def oracle(person, kind, teams) -> set[int]:
    """Who is seen, counted anew from the rows, one person at a time."""
    roles = set(Grant.objects.filter(person=person, until=None).values_list("role", flat=True))
    by_role = {ROLE_RELATIONS[role] for role in roles if role in ROLE_RELATIONS}
    if roles - {Role.CLIENT}:
        by_role.add(Relation.EVERYONE)
    if by_role & set(kind.viewers):
        return set(Person.objects.values_list("pk", flat=True))
    seen = {person.pk} if Relation.SELF in kind.viewers else set()
    for team in Team.objects.filter(pk__in=[one.pk for one in teams]):
        inside = set(team.memberships.filter(until=None).values_list("person_id", flat=True))
        heads = {team.leader_id, team.substitute_id} - {None}
        if person.pk in inside and Relation.COLLEAGUE in kind.viewers:
            seen |= inside | heads
        if person.pk in heads and Relation.LEADER in kind.viewers:
            seen |= inside
    return seen


def company():
    mark = uuid4().hex
    site = Site.objects.create(name=mark, country="SE")
    teams = [Team.objects.create(name=f"{mark} {number}", site=site) for number in range(2)]
    people = [
        add_person(actor=SYSTEM, email=f"{mark}{number}@example.org", name="Somebody", roles=[])
        for number in range(4)
    ]
    for person, team in zip(people[1:], [*teams, teams[0]], strict=True):
        join_team(actor=SYSTEM, person=person, team=team)
    return people, teams


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, max_size=12))
def test_what_one_sees_follows_from_where_one_stands_now_alone(steps, db):
    (amanda, *_others), teams = company()
    for step in steps:
        walk(amanda, teams, step)
    fresh = Person.objects.get(pk=amanda.pk)
    for kind in registry:
        seen = set(visible_people(fresh, kind.key).values_list("pk", flat=True))
        assert seen == oracle(amanda, kind, teams), kind.key
    standing_now = {f"team:{team.pk}" for team in teams} & audiences.of(fresh)
    member = Membership.objects.filter(person=amanda, until=None).values_list("team_id", flat=True)
    led = [t.pk for t in Team.objects.all() if amanda.pk in (t.leader_id, t.substitute_id)]
    assert standing_now == {f"team:{pk}" for pk in [*member, *led]}


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, max_size=12))
def test_whatever_somebody_was_nothing_is_left_when_they_have_left(steps, db):
    (amanda, *_others), teams = company()
    keeper = add_person(
        actor=SYSTEM,
        email=f"{uuid4().hex}@example.org",
        name="Imran",
        roles=[Role.ADMINISTRATOR],
    )
    for step in steps:
        walk(amanda, teams, step)
    Session.objects.create(
        session_key=uuid4().hex,
        session_data="",
        expire_date=clock.now(),
        person=amanda,
        since=clock.now(),
        last_seen=clock.now(),
    )
    end_employment(actor=keeper, person=amanda)
    fresh = Person.objects.get(pk=amanda.pk)
    assert possible_relations(fresh) == {Relation.SELF}
    for kind in registry:
        assert set(visible_people(fresh, kind.key).values_list("pk", flat=True)) <= {fresh.pk}
    assert not any(name.startswith("team:") for name in audiences.of(fresh))
    assert not Session.objects.filter(person=fresh).exists()
    assert not fresh.is_active
