"""The router and the plan of the day."""

from datetime import timedelta

import pytest

from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift, book_block
from hemma.routing.actions import decide
from hemma.routing.models import Offer
from hemma.routing.tests.company import TUESDAY
from hemma.workday.actions import set_mode, start_day


@pytest.fixture
def planned(company):
    """Amanda alone is at work: warm-up, queue, focus from 10:00, rast from 11:00 (UTC)."""
    minutes = [("warmup", 0, 10), ("queue", 10, 60), ("focus", 60, 105), ("rast", 120, 165)]
    add_shift(
        actor=SYSTEM,
        person=company.amanda,
        starts_at=TUESDAY,
        ends_at=TUESDAY + timedelta(hours=8),
        place_type="home",
        activities=[
            (kind, TUESDAY + timedelta(minutes=a), TUESDAY + timedelta(minutes=b), "")
            for kind, a, b in minutes
        ],
    )
    return company


def offered_after(company, minutes):
    with clock.moved_to(TUESDAY + timedelta(minutes=minutes)):
        company.kim_writes()
        return decide()


@pytest.mark.requirement("S0-12")
def test_a_day_begun_softly_gets_its_first_offer_after_the_warm_up(planned):
    """S0-12: the first contact is offered only after warm-up."""
    start_day(actor=planned.amanda)
    assert offered_after(planned, 9) == 0
    assert offered_after(planned, 11) == 1


@pytest.mark.requirement("S0-12")
def test_ready_in_the_warm_up_gets_an_offer_at_once(planned):
    """S0-12: or when the person presses *ready*."""
    start_day(actor=planned.amanda)
    with clock.moved_to(TUESDAY + timedelta(minutes=3)):
        set_mode(actor=planned.amanda, mode="ready")
    assert offered_after(planned, 4) == 1


@pytest.mark.parametrize("minutes", [61, 104, 121, 164])
@pytest.mark.requirement("S0-8", "S0-30")
def test_nothing_is_offered_in_focus_or_rast_although_nobody_clicked(planned, minutes):
    """S0-8, S0-30: no case is offered in the window."""
    with clock.moved_to(TUESDAY + timedelta(minutes=15)):
        set_mode(actor=planned.amanda, mode="ready")
    assert offered_after(planned, minutes) == 0


@pytest.mark.requirement("S0-30")
def test_an_offer_that_is_open_when_the_break_comes_is_taken_back(planned):
    """S0-30: a break begins without anything waiting for an answer, and nothing is counted."""
    with clock.moved_to(TUESDAY + timedelta(minutes=15)):
        set_mode(actor=planned.amanda, mode="ready")
    with clock.moved_to(TUESDAY + timedelta(minutes=119, seconds=30)):
        planned.kim_writes()
        assert decide() == 1
        clock.advance(timedelta(seconds=31))
        decide()
        assert Offer.objects.get().state == Offer.State.WITHDRAWN


@pytest.mark.requirement("S0-8")
def test_booked_focus_keeps_offers_away_from_the_minute_it_begins(planned):
    """S0-8: book focus, and no case is offered in that window."""
    with clock.moved_to(TUESDAY + timedelta(minutes=15)):
        set_mode(actor=planned.amanda, mode="ready")
        book_block(
            actor=planned.amanda,
            kind="focus",
            starts_at=TUESDAY + timedelta(minutes=180),
            length=timedelta(minutes=30),
        )
    assert offered_after(planned, 181) == 0
    assert offered_after(planned, 211) == 1
