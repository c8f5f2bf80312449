"""The client sees its programme's sums and nobody in them."""

from datetime import timedelta

import pytest
from django.utils import translation

from hemma.desk.models import Case, Customer, Message
from hemma.lib import clock
from hemma.people.actions import add_person, join_team, write_processing_record
from hemma.people.models import Programme, Role
from hemma.people.system import SYSTEM
from hemma.portal import queries
from hemma.portal.tests.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def answered_cases(room, people, weeks_ago, *, kept=True):
    """A case for each of `people`, which they answer an hour later."""
    at = clock.now() - timedelta(weeks=weeks_ago)
    for person in people:
        number = Case.objects.count() + 1
        customer = Customer.objects.create(name="Kim Holm", email=f"kim{number}@example.net")
        case = Case.objects.create(
            number=number, queue=room.queue, customer=customer, subject="Invoice", opened_at=at,
            state=Case.State.SOLVED, solved_at=at, changed_at=at,
            first_promised_at=at + timedelta(hours=2 if kept else 0.5),
        )  # fmt: skip
        Message.objects.create(
            case=case, direction=Message.Direction.OUT, author=person, text="Hi",
            at=at + timedelta(hours=1),
        )  # fmt: skip


def colleagues(room, number):
    people = [
        add_person(actor=SYSTEM, email=f"c{n}@hemma.example", name=f"Colleague {n}")
        for n in range(number)
    ]
    for person in people:
        join_team(actor=SYSTEM, person=person, team=room.queue.team)
    return people


@pytest.mark.requirement("S3-6")
def test_olle_sees_how_his_customers_are_served_and_nobody_who_served_them(room, olle):
    people = colleagues(room, 6)
    answered_cases(room, people, 3)
    answered_cases(room, people[:3], 3, kept=False)
    write_processing_record(
        actor=_administrator(), known=None, programme="Björkvik Energi", client="Björkvik AB",
        purpose="Answering", categories="Name, e-mail", sub_processors="Post AB",
    )  # fmt: skip
    browser = signed_in(olle)
    assert browser.get("/").headers["Location"] == "/programme/"
    page = browser.get("/programme/")
    (week,) = page.context["it"].weeks
    assert (week.came, week.kept, week.answered_h, week.hidden) == (9, 67, 1.0, False)
    words = page.content.decode()
    assert "Post AB" in words
    for person in (*people, room.amanda, room.tina):
        assert person.name not in words
    assert "kim1@example.net" not in words


def _administrator():
    return add_person(
        actor=SYSTEM, email="imran@hemma.example", name="Imran", roles=[Role.ADMINISTRATOR]
    )


@pytest.mark.requirement("S3-6")
def test_a_week_that_would_tell_how_one_person_works_is_not_told(room, olle):
    people = colleagues(room, 6)
    answered_cases(room, people[:4], 3)
    # Six people, and yet nearly everything is Amanda's.
    answered_cases(room, [*people[:5], *[room.amanda] * 60], 4)
    page = signed_in(olle).get("/programme/")
    ruled, small = page.context["it"].weeks
    assert (small.came, small.kept, small.answered_h, small.hidden) == (4, None, None, True)
    assert (ruled.came, ruled.kept, ruled.hidden) == (65, None, True)
    assert "not told" in page.content.decode()


def test_what_was_told_of_a_week_stays_so_that_two_looks_tell_nothing_new(room, olle):
    people = colleagues(room, 6)
    answered_cases(room, people, 3)
    first = queries.served(olle).weeks
    case = Case.objects.order_by("pk").first()
    Message.objects.filter(case=case).update(at=clock.now())
    late = queries.served(olle).weeks[0]
    assert late.hidden or late.kept != first[0].kept, "an answer that is gone is seen"
    answered_cases(room, people[:1], 0)
    answered_cases(room, people[:1], 1)
    assert [week.first for week in queries.served(olle).weeks] == [week.first for week in first]


@pytest.mark.requirement("S3-6")
def test_olle_sees_no_other_programme_no_case_and_no_colleague(room, olle):
    other = Programme.objects.create(name="Nordljus", client="Nordljus AB")
    case = room.case_from_kim()
    browser = signed_in(olle)
    assert browser.get("/programme/").status_code == 200
    for path in (
        f"/clients/{other.pk}/", "/clients/", f"/cases/{case.number}/", "/cases/", "/me/helpers/",
        "/people/", f"/people/{room.amanda.pk}/", "/team/", "/processing/", "/programme/copy/",
    ):  # fmt: skip
        assert browser.get(path).status_code in (404, 200)
        assert "Amanda" not in browser.get(path).content.decode(), path
    for path in ("/clients/", f"/cases/{case.number}/", "/people/", "/processing/"):
        assert browser.get(path).status_code == 404, path
    assert signed_in(room.amanda).get("/programme/").status_code == 404


def test_a_client_whom_nobody_has_given_a_programme_is_told_whom_to_ask(db):
    person = add_person(
        actor=SYSTEM, email="o@example.org", name="Olle", roles=[Role.CLIENT], language="en"
    )
    browser = signed_in(person)
    assert "No programme is connected" in browser.get("/programme/").content.decode()
