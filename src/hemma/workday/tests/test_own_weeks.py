"""One's own weeks beside each other: kindly, and with nobody else's numbers in them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemma.desk.actions import solve, take
from hemma.desk.models import Case, Customer, Queue
from hemma.lib import clock
from hemma.workday.actions import ease_person
from hemma.workday.models import Worked
from hemma.workday.queries import Beside, OwnWeek, OwnWeeks, own_weeks
from hemma.workday.tests.browsing import sign_in, text_of

NOW = datetime(2026, 11, 19, 9, tzinfo=UTC)
LAST = date(2026, 11, 9)
WEEK = timedelta(days=7)


@pytest.fixture
def weeks(company):
    """Writes a week into Amanda's past: so many cases of a queue in so many hours."""
    kim = Customer.objects.create(name="Kim Holm")
    numbers = iter(range(1, 10_000))

    def queue(name):
        found = Queue.objects.filter(name=name).first()
        return found or Queue.objects.create(
            name=name, programme=name, team=company.team, answer_within=timedelta(hours=8)
        )

    def write(ago, hours, person=None, **cases):
        who = person or company.amanda
        monday = datetime.combine(LAST - ago * WEEK, datetime.min.time(), UTC)
        begun = monday + timedelta(hours=7)
        Worked.objects.create(
            person=who,
            starts_at=begun,
            ends_at=begun + timedelta(hours=hours),
            place_type="home",
        )
        for name, count in cases.items():
            for _one in range(count):
                with clock.moved_to(begun + timedelta(hours=1)):
                    case = Case.objects.create(
                        number=next(numbers),
                        queue=queue(name),
                        customer=kim,
                        subject="Fakturan",
                        opened_at=clock.now(),
                        changed_at=clock.now(),
                        waiting_since=clock.now(),
                    )
                    take(actor=who, case=case)
                    solve(actor=who, case=case)

    with clock.moved_to(NOW):
        yield write


@pytest.mark.django_db
@pytest.mark.requirement("S0-31")
def test_amanda_sees_her_last_week_beside_her_own_weeks_and_what_was_different(
    company, weeks, client
):
    """S0-31: her own baseline and the cases' mix; no average of others on her page."""
    weeks(0, 10, energy=3, travel=3)
    for ago in (1, 2, 3):
        weeks(ago, 10, energy=5)
    weeks(1, 10, person=company.bengt, energy=9)
    mine = own_weeks(company.amanda)
    assert mine.last == OwnWeek(LAST, 10.0, {"energy": 3, "travel": 3})
    assert [week.cases for week in mine.before] == [5, 5, 5]
    assert mine.beside is Beside.MORE
    assert [(one.queue, one.last, one.before) for one in mine.moved] == [
        ("energy", 0.5, 1.0),
        ("travel", 0.5, 0.0),
    ]
    sign_in(client, company.amanda)
    words = text_of(client.get(reverse("workday:own_weeks")).content.decode())
    assert "Du löste 6 ärenden på 10 timmars arbete. Det är fler än i någon" in words
    assert "travel: 50 % av dina ärenden, 0 % före." in words
    assert "Bengt" not in words


@pytest.mark.django_db
@pytest.mark.requirement("S0-29", "S0-31")
def test_a_week_in_which_less_was_asked_of_amanda_is_compared_with_nothing(company, weeks, client):
    """S0-29: who is eased is left out of comparisons, also of those with oneself."""
    weeks(0, 10, energy=2)
    for ago in (1, 2, 3, 4):
        weeks(ago, 10, energy=5)
    with clock.moved_to(datetime(2026, 11, 12, 9, tzinfo=UTC)):
        ease_person(
            actor=company.tina, person=company.amanda, last_day=date(2026, 11, 13), why="calmer"
        )
    assert own_weeks(company.amanda).beside is Beside.EASED
    sign_in(client, company.amanda)
    words = text_of(client.get(reverse("workday:own_weeks")).content.decode())
    assert "Då begärdes mindre av dig, så veckan jämförs inte med något." in words
    assert "färre" not in words
    with clock.moved_to(NOW + WEEK):
        assert LAST not in [week.monday for week in own_weeks(company.amanda).before]


@pytest.mark.django_db
def test_this_week_is_not_judged_before_it_is_over(company, weeks):
    weeks(-1, 10, energy=4)
    mine = own_weeks(company.amanda)
    assert (mine.last.cases, mine.before) == (0, ())


@pytest.mark.django_db
def test_a_first_week_and_a_past_of_few_weeks_say_nothing_of_what_is_usual(company, weeks, client):
    sign_in(client, company.amanda)
    empty = text_of(client.get(reverse("workday:own_weeks")).content.decode())
    assert "Det finns ingen hel vecka än." in empty
    weeks(0, 10, energy=9)
    for ago in (1, 2):
        weeks(ago, 10, energy=1)
    weeks(3, 4, energy=8)
    mine = own_weeks(company.amanda)
    assert mine.beside is Beside.TOO_EARLY
    assert len(mine.before) == 2
    words = text_of(client.get(reverse("workday:own_weeks")).content.decode())
    assert "för lite före den" in words
    assert "Vad som var annorlunda" not in words


@given(
    last=st.integers(0, 40),
    before=st.lists(st.integers(0, 40), min_size=3, max_size=8),
    hours=st.floats(8, 50),
)
def test_inside_of_ones_own_range_is_as_usual_and_outside_of_it_is_said(last, before, hours):
    made = OwnWeeks(
        OwnWeek(LAST, hours, {"energy": last}),
        tuple(OwnWeek(LAST - WEEK, hours, {"energy": one}) for one in before),
    )
    wanted = Beside.AS_USUAL
    if last > max(before):
        wanted = Beside.MORE
    elif last < min(before):
        wanted = Beside.FEWER
    assert made.beside is wanted


def test_a_week_of_fewer_hours_is_measured_by_its_hours():
    full = tuple(OwnWeek(LAST, 40.0, {"energy": 20}) for _week in range(3))
    assert OwnWeeks(OwnWeek(LAST, 20.0, {"energy": 10}), full).beside is Beside.AS_USUAL
    assert OwnWeeks(OwnWeek(LAST, 20.0, {"energy": 9}), full).beside is Beside.FEWER
