"""Day templates: a rhythm that works is kept and repeated, under the law."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.planning.actions import apply_template, book_block, move_block, save_template
from hemma.planning.models import Activity, DayTemplate, Shift
from hemma.planning.queries import day_of
from hemma.workday.tests.browsing import sign_in
from hemma.workday.tests.company import Company, at

pytestmark = pytest.mark.django_db
THURSDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 23)
WEEKDAYS = (0, 1, 2, 3, 4)


@pytest.fixture
def company(db):
    made = Company()
    made.amandas_day()
    with clock.moved_to(at(9)):
        yield made


def keep(company, actor=None, **more):
    told = {"day": THURSDAY, "name": "Amandas dag", "weekdays": WEEKDAYS} | more
    return save_template(
        actor=actor or company.petra, team=company.team, person=company.amanda, **told
    )


@pytest.mark.requirement("S0-10")
def test_a_template_makes_five_days_of_next_week_with_all_their_parts(company):
    template = keep(company)
    made = apply_template(
        actor=company.petra, template=template, people=[company.amanda], monday=MONDAY
    )
    assert made == 5
    for number in range(5):
        plan = day_of(company.amanda, company.amanda, MONDAY + timedelta(days=number))
        parts = [one.kind for one in plan.activities]
        assert parts[0] == "warmup"
        assert parts.count("rast") == 1
        assert (plan.shift.ends_at - plan.shift.starts_at) == timedelta(hours=8, minutes=45)
    again = apply_template(
        actor=company.petra, template=template, people=[company.amanda], monday=MONDAY
    )
    assert again == 0  # what is planned already stays


@pytest.mark.requirement("S0-10")
def test_a_week_that_the_law_stops_is_refused_with_its_paragraph_and_nothing_is_made(company):
    """Until half past eleven on Sunday night, then from ten to eight: no eleven hours of rest."""
    company.shift(company.amanda, at(18, day=22), at(23, 30, day=22))
    template = keep(company)
    before = Shift.objects.count()
    with pytest.raises(ValidationError) as refusal:
        apply_template(
            actor=company.petra, template=template, people=[company.amanda], monday=MONDAY
        )
    assert refusal.value.code == "law"
    assert "ATL 13 §" in refusal.value.messages[0]
    assert Shift.objects.count() == before


def test_a_template_is_for_the_team_or_for_one_alone(company):
    alone = keep(company, only_for=True)
    with pytest.raises(NotVisible):
        apply_template(actor=company.petra, template=alone, people=[company.bengt], monday=MONDAY)
    for all_ in (keep(company, name="Teamets dag"),):
        with pytest.raises(NotVisible):
            apply_template(
                actor=company.petra, template=all_, people=[company.charlie], monday=MONDAY
            )
        people = [company.amanda, company.bengt]
        assert apply_template(actor=company.tina, template=all_, people=people, monday=MONDAY) == 10


def test_only_who_plans_or_leads_keeps_templates(company):
    for nobody in (company.charlie, company.imran):
        with pytest.raises(PermissionDenied):
            keep(company, actor=nobody)
    with pytest.raises(ValidationError) as refusal:
        keep(company, day=MONDAY)
    assert refusal.value.code == "empty"


@pytest.mark.requirement("S0-10")
def test_amanda_moves_a_block_of_her_own_and_nobody_approves_it(company):
    block = book_block(
        actor=company.amanda, kind="recess", starts_at=at(12, 45), length=timedelta(minutes=15)
    )
    moved = move_block(actor=company.amanda, activity_id=block.pk, starts_at=at(12, 50))
    assert (moved.starts_at, moved.ends_at) == (at(12, 50), at(13, 5))
    assert Activity.objects.filter(shift=moved.shift, kind="recess").count() == 2
    for to, code in ((at(11, 50), "room"), (at(8), "past"), (at(20), "shift")):
        with pytest.raises(ValidationError) as refusal:
            move_block(actor=company.amanda, activity_id=moved.pk, starts_at=to)
        assert refusal.value.code == code
    assert Activity.objects.get(pk=moved.pk).starts_at == at(12, 50)
    with pytest.raises(NotVisible):
        move_block(actor=company.bengt, activity_id=moved.pk, starts_at=at(13, 10))
    rast = Activity.objects.get(kind="rast")
    with pytest.raises(NotVisible):  # the plan's own breaks are not hers to move
        move_block(actor=company.amanda, activity_id=rast.pk, starts_at=at(13, 10))


def test_petra_keeps_and_uses_a_template_on_the_page(company, client):
    sign_in(client, company.petra)
    told = {
        "person": company.amanda.pk,
        "day": "2026-11-19",
        "name": "Vardag",
        "weekdays": ["0", "2"],
    }
    url = reverse("planning:keep_template", args=[company.team.pk])
    assert client.post(url, told | {"weekdays": []}).status_code == 422
    assert client.post(url, told).status_code == 302
    template = DayTemplate.objects.get()
    use = reverse("planning:use_template", args=[company.team.pk, template.pk])
    week = {"people": [company.amanda.pk], "week": "2026-11-25"}
    assert client.post(use, week).status_code == 302
    assert Shift.objects.filter(starts_at__gte=at(0, day=23)).count() == 2
    sign_in(client, company.charlie)
    assert client.post(use, week).status_code == 404
