"""Trials that are locked once they have started, and decisions that stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from hemma.insight import actions, lots, queries
from hemma.insight.models import Decision, Pilot, PilotPlace
from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible

TODAY = date(2026, 11, 3)


@pytest.fixture
def sara(db):
    return add_person(actor=SYSTEM, email="s@hemma.example", name="Sara", roles=[Role.MANAGER])


@pytest.fixture
def tina(db):
    return add_person(actor=SYSTEM, email="t@hemma.example", name="Tina", roles=[Role.TEAM_LEADER])


@pytest.fixture
def teams(db):
    site = Site.objects.create(name="Umeå", country="SE")
    found = []
    for name, size in (("North", 7), ("South", 6)):
        team = Team.objects.create(name=name, site=site)
        for at in range(size):
            person = add_person(
                actor=SYSTEM, email=f"{name}{at}@x.example", name=f"{name} {at}", roles=[Role.AGENT]
            )
            team.memberships.create(person=person, since=clock.now())
        found.append(team)
    return found


def planned(sara, teams, **more):
    start = clock.now().date() + timedelta(days=7)
    values = {
        "name": "Fridays at home", "question": "Does it help?", "measures": ["pace"],
        "teams": teams, "starts_on": start, "ends_on": start + timedelta(days=56),
    }  # fmt: skip
    return actions.plan_pilot(actor=sara, **(values | more))


@pytest.mark.requirement("S1-6")
def test_what_a_trial_measures_is_fixed_once_it_has_started(sara, teams):
    pilot = planned(sara, teams)
    planned(sara, teams, pilot=pilot, measures=["pace", "enough"])
    actions.start_pilot(actor=sara, pilot=pilot)
    with pytest.raises(ValidationError):
        planned(sara, teams, pilot=pilot, measures=["pace"])
    for change in (
        {"measures": ["pace"]},
        {"seed": 1},
        {"question": "Another?"},
        {"state": "draft"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pilot.objects.filter(pk=pilot.pk).update(**change)
    place = PilotPlace.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        PilotPlace.objects.filter(pk=place.pk).update(tries=not place.tries)
    with pytest.raises(IntegrityError), transaction.atomic():
        PilotPlace.objects.create(pilot=pilot, person=sara, stratum="x", tries=True)


@pytest.mark.requirement("S1-6")
def test_the_lot_is_drawn_in_halves_within_each_team(sara, teams):
    pilot = actions.start_pilot(actor=sara, pilot=planned(sara, teams))
    for stratum, size in (("North", 7), ("South", 6)):
        tries = pilot.places.filter(stratum=stratum, tries=True).count()
        assert tries in {size // 2, size - size // 2}
        assert pilot.places.filter(stratum=stratum).count() == size
    strata = lots.strata_of(pilot)
    assert lots.draw(pilot.seed, strata) == lots.draw(pilot.seed, strata)
    drawn = {who for seed in range(40) for who, _s, tries in lots.draw(seed, strata) if tries}
    assert len(drawn) == 13  # everybody has a chance


def test_a_trial_too_small_to_be_told_of_does_not_start(sara, teams):
    with pytest.raises(ValidationError, match=r"."):
        actions.start_pilot(actor=sara, pilot=planned(sara, teams[:1]))
    assert not PilotPlace.objects.exists()


@pytest.mark.requirement("S1-6")
def test_both_groups_are_compared_with_their_baseline(company, client):
    """Four weeks after two teams' worth of people were drawn: as many days before as since."""
    for person in company.people[1:]:
        company.team.memberships.get_or_create(person=person, since=clock.now())
        person.grants.get_or_create(role=Role.AGENT, until=None, defaults={"since": clock.now()})
    with clock.moved_to(clock.now() - timedelta(days=20)):
        pilot = planned(
            company.sara, [company.team], starts_on=clock.now().date() + timedelta(days=1),
            ends_on=clock.now().date() + timedelta(days=18),
        )  # fmt: skip
        actions.start_pilot(actor=company.sara, pilot=pilot)
    actions.end_pilot(actor=company.sara, pilot=Pilot.objects.get())
    assert actions.count_pilots() == 1
    found = Pilot.objects.get().result["measures"]["pace"]
    groups = found["groups"]
    assert groups["tries"]["n"] + groups["compares"]["n"] == groups["all"]["n"] == 40
    assert groups["tries"]["before"]
    assert groups["tries"]["since"]
    value, low, high = found["effect"]
    assert low <= value <= high
    assert found["verdict"] in {"higher", "lower", "cannot_say"}
    client.force_login(company.asa)
    assert client.get(reverse("insight:pilot", args=[pilot.pk])).status_code == 200


def said(**more):
    values = {
        "question": "Home on Fridays?", "alternatives": "Yes. No.", "grounds": "October.",
        "decided": "Yes, until spring.", "review_on": clock.now().date() + timedelta(days=90),
    }  # fmt: skip
    return actions.Said(**(values | more))


@pytest.mark.requirement("S2-5")
def test_a_decision_says_with_whom_it_was_talked_over_or_why_with_nobody(sara, tina):
    with pytest.raises(ValidationError) as refused:
        actions.decide(actor=sara, said=said())
    assert "consulted" in refused.value.message_dict
    first = actions.decide(actor=sara, said=said(consulted="The union, on Monday"))
    with pytest.raises(ValidationError):
        actions.decide(actor=sara, said=said(consulted="x", review_on=TODAY - timedelta(days=900)))
    again = actions.decide(
        actor=sara, said=said(not_consulted_because="Nothing changes for anybody"), follows=first
    )
    assert queries.decisions(sara) == [again, first]
    with pytest.raises(ValidationError):
        actions.decide(actor=sara, said=said(consulted="x"), follows=first)
    with pytest.raises(NotVisible):
        actions.decide(actor=tina, said=said(consulted="x"))


@pytest.mark.requirement("S2-5")
def test_what_was_decided_cannot_be_rewritten(sara):
    made = actions.decide(actor=sara, said=said(consulted="The union"))
    with pytest.raises(Exception, match=r"."), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(decided="No")
    with pytest.raises(Exception, match=r"."), transaction.atomic():
        made.delete()
    assert Decision.objects.get().decided == "Yes, until spring."


def test_nothing_typed_is_lost_when_a_decision_lacks_something(sara, client):
    client.force_login(sara)
    page = client.post(reverse("insight:decision_new"), {"question": "Home on Fridays?"})
    assert page.status_code == 422
    assert "Home on Fridays?" in page.content.decode()
