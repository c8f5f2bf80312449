"""How often one is interrupted in an hour: what can wait comes with the next, what cannot comes."""

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.notices.actions import choose, let_through, set_habit, write_word
from hemma.notices.actions.holding import hold
from hemma.notices.models import Notice, Sort, Way
from hemma.notices.queries import budget_of, neighbour, unread_count
from hemma.people.visibility import NotVisible
from hemma.workday.actions import set_mode, work_in_peace
from hemma.workday.queries import State
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import Company, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    made = Company()
    made.shift(made.amanda, at(8), at(16))
    with clock.moved_to(at(8)):
        set_mode(actor=made.amanda, mode="ready")
        allow(made.amanda, 2)
    return made


def allow(person, most):
    set_habit(actor=person, push_every=15, says_who=False, mail_at=None, base="", most_an_hour=most)


def written(company, time, text="Har du en minut?", **how):
    """Somebody writes to Amanda at `time`; how many notices come to her then."""
    with clock.moved_to(time):
        who = company.tina if how else company.bengt
        write_word(actor=who, person=company.amanda, text=text, **how)
        return let_through()


@pytest.mark.requirement("S1-9")
def test_the_third_word_of_an_hour_waits_until_the_first_is_an_hour_ago(company):
    assert [written(company, at(9, minute)) for minute in (0, 20, 30, 40)] == [1, 1, 0, 0]
    with clock.moved_to(at(9, 59)):
        assert let_through() == 0
        assert unread_count(company.amanda) == 2
    with clock.moved_to(at(10)):  # both together: one interruption
        assert let_through() == 2
        assert budget_of(company.amanda).used == 2
    assert written(company, at(10, 10)) == 0
    with clock.moved_to(at(10, 20)):
        assert let_through() == 1


@pytest.mark.requirement("S1-9")
def test_what_cannot_wait_comes_in_a_full_hour_and_counts(company):
    written(company, at(9))
    written(company, at(9, 20))
    assert written(company, at(9, 30), urgent=True) == 1
    with clock.moved_to(at(9, 31)):
        hold(person=company.amanda, sort=Sort.WAITING, kind="routing.nobody_fits", about="case:1")
        hold(person=company.amanda, sort=Sort.SLIP, kind="support.slip_told", about="slip:1")
        hold(person=company.amanda, sort=Sort.CUSTOMER, kind="portal.thanks", about="case:1")
        assert let_through() == 2
        assert Notice.objects.get(shown_at=None).sort == Sort.CUSTOMER
        hour = budget_of(company.amanda)
        assert (hour.used, hour.opens_at) == (4, at(10, 30))
    with clock.moved_to(at(10, 30)):
        assert let_through() == 1


@pytest.mark.requirement("S1-9")
def test_an_urgent_word_alone_uses_up_an_hour_of_one(company):
    with clock.moved_to(at(8, 30)):
        allow(company.amanda, 1)
    assert written(company, at(9), urgent=True) == 1
    assert written(company, at(9, 10)) == 0


@pytest.mark.requirement("S1-9")
def test_in_peace_the_bundle_is_one_interruption(company):
    with clock.moved_to(at(9)):
        work_in_peace(actor=company.amanda)
    assert [written(company, at(9, minute)) for minute in (5, 10, 15, 20)] == [0, 0, 0, 0]
    with clock.moved_to(at(9, 30)):
        assert let_through() == 4
        assert budget_of(company.amanda).used == 1


@pytest.mark.requirement("S1-9")
def test_what_comes_with_the_days_mail_alone_interrupts_nobody(company):
    with clock.moved_to(at(8, 30)):
        set_habit(
            actor=company.amanda, push_every=15, says_who=False, mail_at=at(15).time(), base="x"
        )
        assert budget_of(company.amanda).most == 2
        choose(actor=company.amanda, wanted=set(), way=Way.PAGE)
    written(company, at(9))
    written(company, at(9, 10))
    with clock.moved_to(at(9, 20)):
        hold(person=company.amanda, sort=Sort.CUSTOMER, kind="portal.thanks", about="case:1")
        assert let_through() == 1
        assert budget_of(company.amanda).used == 2


@pytest.mark.requirement("S1-9")
def test_without_a_choice_six_come_in_an_hour_and_as_they_come_is_a_choice_too(company):
    with clock.moved_to(at(8, 30)):
        company.shift(company.tina, at(8), at(17))
        set_mode(actor=company.tina, mode="ready")
    for minute in range(8):
        with clock.moved_to(at(9, minute)):
            write_word(actor=company.bengt, person=company.tina, text="Hej")
            let_through()
    with clock.moved_to(at(9, 8)):
        assert budget_of(company.tina).used == 6
        allow(company.tina, 0)
        assert let_through() == 2
        assert budget_of(company.tina).opens_at is None


@pytest.mark.requirement("S1-9")
def test_to_who_writes_a_full_hour_is_a_person_who_is_busy_until_then(company):
    written(company, at(9))
    written(company, at(9, 20))
    with clock.moved_to(at(9, 30)):
        reach = neighbour(company.bengt, company.amanda.pk).reach
        assert (reach.state, reach.opens_at) == (State.BUSY, at(10))
    with clock.moved_to(at(10)):
        assert neighbour(company.bengt, company.amanda.pk).reach.state is State.HERE


@pytest.mark.requirement("S1-9")
def test_amanda_chooses_and_sees_her_own_hour_and_nobody_else_does(company, client):
    written(company, at(9))
    written(company, at(9, 20))
    with clock.moved_to(at(9, 30)):
        for name in ("mine", "settings"):
            page = text_of(
                sign_in(client, company.amanda).get(reverse(f"notices:{name}")).content.decode()
            )
            assert "avbruten 2 gånger av 2 som du släpper igenom" in page
            assert "kommer tillsammans 10:00" in page
        form = {"push_every": "15", "most_an_hour": "4", "mail_at": ""}
        client.post(reverse("notices:set_habit"), form)
        assert (budget_of(company.amanda).most, budget_of(company.amanda).used) == (4, 2)
        client.post(reverse("notices:set_habit"), form | {"most_an_hour": "5"})
        assert budget_of(company.amanda).most == 4
        for other in (company.bengt, company.tina):
            sign_in(client, other)
            for url in (
                reverse("notices:mine"),
                reverse("notices:write", args=[company.amanda.pk]),
            ):
                assert "av 4 som" not in text_of(client.get(url).content.decode())
    with pytest.raises(NotVisible):
        neighbour(company.charlie, company.amanda.pk)
