"""Outside of one's hours case work is closed, but for the list and one's own choice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift
from hemma.routing.actions import put_on_call
from hemma.routing.tests.company import TUESDAY, build
from hemma.workday.actions import ease_person, go_on
from hemma.workday.queries import hours_now

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def evening(db):
    """Amanda and Bengt have worked today and work tomorrow; it is half past eight in the evening."""
    company = build()
    for person in (company.amanda, company.bengt):
        for day in (0, 1):
            start = TUESDAY + timedelta(days=day)
            add_shift(
                actor=SYSTEM,
                person=person,
                starts_at=start,
                ends_at=start + timedelta(hours=7),
                place_type="home",
            )
    with clock.moved_to(TUESDAY + timedelta(hours=10, minutes=30)):
        yield company


def opens(client, person):
    client.force_login(person, backend=BACKEND)
    return client.get(reverse("desk:cases"))


@pytest.mark.requirement("S4-9", "S0-14")
def test_signing_in_when_off_shows_that_one_is_off_instead_of_cases(evening, client):
    answer = opens(client, evening.amanda)
    assert answer.status_code == 302
    assert answer.url == reverse("workday:off")
    assert opens(client, evening.charlie).status_code == 200  # nobody plans for Charlie


@pytest.mark.requirement("S4-9")
def test_ones_own_choice_opens_the_pages_and_is_written_down(evening, client):
    go_on(actor=evening.amanda, place_type="home")
    assert opens(client, evening.amanda).status_code == 200
    assert evening.amanda.worked.get().outside
    with clock.moved_to(clock.now() + timedelta(hours=3)):  # it was for a while
        assert not hours_now(evening.amanda).works


@pytest.mark.requirement("S4-9")
def test_who_is_on_call_by_the_list_is_let_in(evening, client):
    now = clock.now()
    put_on_call(
        actor=SYSTEM,
        queue=evening.queue,
        person=evening.bengt,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=2),
    )
    assert opens(client, evening.bengt).status_code == 200
    assert opens(client, evening.amanda).status_code == 302


def test_in_ones_hours_and_a_little_before_the_pages_are_open(evening, client):
    with clock.moved_to(TUESDAY + timedelta(hours=23, minutes=45)):
        assert opens(client, evening.amanda).status_code == 200
    with clock.moved_to(TUESDAY + timedelta(hours=25)):
        assert opens(client, evening.amanda).status_code == 200


def test_what_is_typed_already_is_taken_in(evening, client):
    case = evening.kim_writes()
    client.force_login(evening.amanda, backend=BACKEND)
    answer = client.post(reverse("desk:draft", args=[case.pk]), {"text": "Hej Kim"})
    assert answer.headers.get("Location") != reverse("workday:off")


@pytest.mark.requirement("S0-29")
def test_who_is_eased_has_one_case_at_a_time_by_the_router(evening):
    from hemma.routing.queries import facts

    with clock.moved_to(TUESDAY + timedelta(hours=24)):
        evening.kim_writes()
        last_day = clock.now().date() + timedelta(days=3)
        ease_person(actor=evening.tina, person=evening.amanda, last_day=last_day, why="calmer")
        limits = {one.id: one.personal_limit for one in facts(SYSTEM).people}
    assert limits[evening.amanda.pk] == 1
    assert limits[evening.bengt.pk] != 1
