import itertools
from datetime import timedelta

import pytest

from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.planning.models import Activity
from hemma.planning.queries import today_of
from hemma.workday.actions import begin_contact, end_contact, keep_breaks, set_mode, start_day
from hemma.workday.models import BreakDay, Mode
from hemma.workday.queries import breaks_of, mode_by_plan
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import STOCKHOLM, at

pytestmark = pytest.mark.django_db


def counts(company):
    return mode_by_plan(company.amanda, company.amanda)


@pytest.mark.requirement("S0-12")
def test_amandas_day_begins_with_the_warm_up_and_becomes_the_queue_by_itself(company):
    """S0-12: nothing is offered before the warm-up is over, without a second click."""
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
        assert counts(company) is Mode.WARMUP
        clock.advance(timedelta(minutes=12))  # the morning meeting of the plan
        assert counts(company) is Mode.MEETING
        clock.advance(timedelta(minutes=14))
        assert counts(company) is Mode.READY


@pytest.mark.requirement("S0-12")
def test_whoever_is_ready_before_the_warm_up_ends_says_so_and_is(company):
    """S0-12: *ready* ends the warm-up."""
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
        clock.advance(timedelta(minutes=3))
        set_mode(actor=company.amanda, mode="ready")
        assert counts(company) is Mode.READY


@pytest.mark.requirement("S0-12")
def test_without_a_planned_warm_up_the_first_ten_minutes_are_one(company):
    """S0-12: the default is ten minutes."""
    company.shift(company.amanda, at(8), at(16))
    with clock.moved_to(at(8)):
        start_day(actor=company.amanda)
        clock.advance(timedelta(minutes=9))
        assert counts(company) is Mode.WARMUP
        clock.advance(timedelta(minutes=1))
        assert counts(company) is Mode.READY


@pytest.mark.requirement("S0-8", "S0-9")
def test_planned_focus_and_breaks_count_without_a_click(company):
    """S0-8, S0-9: the plan is obeyed by itself, and the queue comes back by itself."""
    company.amandas_day()
    with clock.moved_to(at(8, 20)):
        set_mode(actor=company.amanda, mode="ready")
        seen = []
        for hour, minute in ((9, 6), (9, 30), (10, 10), (10, 50), (11, 15), (12, 0), (13, 0)):
            with clock.moved_to(at(hour, minute)):
                seen.append(counts(company))
        assert seen == ["recess", "ready", "focus", "recess", "ready", "meal", "ready"]


@pytest.mark.requirement("S0-30")
def test_focus_is_left_by_choosing_the_queue_but_a_meal_break_is_protected(company):
    """S0-30: a break is not worked away by a click; focus is one's own."""
    company.amandas_day()
    with clock.moved_to(at(10, 5)):
        set_mode(actor=company.amanda, mode="focus")
        set_mode(actor=company.amanda, mode="ready")
        assert counts(company) is Mode.READY
    with clock.moved_to(at(11, 50)):
        set_mode(actor=company.amanda, mode="focus")
        set_mode(actor=company.amanda, mode="ready")
        assert counts(company) is Mode.MEAL


@pytest.mark.requirement("S0-8", "S0-30")
def test_a_call_that_runs_into_focus_does_not_end_it(company):
    """What the simulated week found: after such a call, cases were offered in the rest of the focus."""
    company.amandas_day()
    with clock.moved_to(at(9, 30)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(9, 50)):
        begin_contact(actor=company.amanda)
    with clock.moved_to(at(10, 10)):
        end_contact(actor=company.amanda)
        assert counts(company) is Mode.FOCUS
    with clock.moved_to(at(10, 20)):
        set_mode(actor=company.amanda, mode="focus")
        set_mode(actor=company.amanda, mode="ready")
        assert counts(company) is Mode.READY, "whoever chooses the queue in it means it"


def test_the_bar_says_what_goes_on_by_plan_and_until_when(company, client):
    company.amandas_day()
    sign_in(client, company.amanda)
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(10, 5)):
        bar = page(client, "mebar")
        assert "Fokus till 10:45. Inget kommer till dig." in text_of(bar)
        assert "data-rests" not in bar
    with clock.moved_to(at(11, 50)):
        assert "data-rests" in page(client, "mebar")


@pytest.mark.requirement("S0-9")
def test_the_team_sees_a_break_by_plan_and_when_one_is_back(company, client):
    """S0-9: others see that one is on a pause and when one is back, never for how long."""
    company.amandas_day()
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(10, 50)):
        sign_in(client, company.bengt)
        words = text_of(page(client, "team_list", company.team.pk))
        assert "Åter 11:00" in words


@pytest.mark.requirement("S0-9")
def test_whoever_leads_sees_who_rests_but_neither_since_when_nor_who_rests_longer(company, client):
    """S0-9: the list says *pause*, the same after a minute and after twenty, and stays in its order."""
    for person, minute in ((company.bengt, 5), (company.amanda, 40)):
        company.shift(person, at(8), at(16))
        with clock.moved_to(at(9, minute)):
            set_mode(actor=person, mode="recess")
    sign_in(client, company.tina)
    seen = []
    for minute in (41, 58):
        with clock.moved_to(at(9, minute)):
            seen.append(text_of(page(client, "team_list", company.team.pk)))
    assert seen[0] == seen[1]
    assert seen[0].count("Paus") == 2
    assert seen[0].index("Amanda") < seen[0].index("Bengt")


@pytest.fixture
def busy(company):
    """Amanda is with a customer from 9:00 on; her pause is at 9:05, her meal break at 11:45."""
    company.amandas_day()
    with clock.moved_to(at(8, 55)):
        set_mode(actor=company.amanda, mode="ready")
        keep_breaks()
    with clock.moved_to(at(9)):
        begin_contact(actor=company.amanda)
    return company


def again(company):
    return [
        (one.kind, one.starts_at, one.ends_at)
        for one in Activity.objects.filter(shift__person=company.amanda, instead=True)
    ]


@pytest.mark.requirement("S0-30")
def test_a_pause_that_a_call_ran_over_is_placed_again_within_the_hour(busy):
    """S0-30: a missed break is placed again within 60 minutes, in queue time."""
    with clock.moved_to(at(9, 11)):
        assert keep_breaks() == 1
        assert again(busy) == [("pause", at(9, 11), at(9, 16))]
        end_contact(actor=busy.amanda)
        assert counts(busy) is Mode.RECESS
        assert keep_breaks() == 0  # looked at once
    with clock.moved_to(at(9, 20)):
        keep_breaks()
        assert counts(busy) is Mode.READY
    day = BreakDay.objects.get(team=busy.team)
    assert (day.planned, day.missed, day.placed_again) == (1, 1, 1)


@pytest.mark.requirement("S0-30")
def test_a_break_is_placed_again_and_again_while_the_call_lasts(busy):
    """S0-30: a second miss is not the end of it."""
    with clock.moved_to(at(9, 11)):
        keep_breaks()
    with clock.moved_to(at(9, 17)):
        assert keep_breaks() == 1
    with clock.moved_to(at(9, 20)):
        end_contact(actor=busy.amanda)
    assert again(busy)[-1] == ("pause", at(9, 17), at(9, 22))
    assert BreakDay.objects.get(team=busy.team).missed == 1  # the same break, counted once


@pytest.mark.requirement("S0-30")
def test_a_meal_break_cut_short_is_placed_again_whole_before_one_that_is_planned(busy):
    """S0-30: rast is whole or it is none, and it moves into queue time alone."""
    with clock.moved_to(at(11, 55)):
        end_contact(actor=busy.amanda)
    with clock.moved_to(at(12, 31)):
        keep_breaks()
    assert again(busy)[-1] == ("rast", at(12, 31), at(13, 16))
    parts = today_of_amanda(busy)
    assert all(a.ends_at <= b.starts_at for a, b in itertools.pairwise(parts))


def today_of_amanda(company):
    with clock.moved_to(at(12, 31)):
        return today_of(company.amanda, company.amanda).activities


def test_a_break_that_was_had_moves_nothing_and_leaves_only_a_number(company):
    company.amandas_day()
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        keep_breaks()
    with clock.moved_to(at(9, 12)):
        assert keep_breaks() == 0
    day = BreakDay.objects.get(team=company.team)
    assert (day.planned, day.missed) == (1, 0)
    assert again(company) == []


def test_whoever_is_not_at_work_misses_no_break(company):
    company.amandas_day()
    with clock.moved_to(at(9)):
        keep_breaks()
    with clock.moved_to(at(9, 12)):
        keep_breaks()
    assert not BreakDay.objects.exists()


@pytest.mark.requirement("S0-30")
def test_a_teams_breaks_are_told_in_numbers_of_five_people_and_never_of_one(busy, client):
    """S0-30, N7: a share for five people or more; planners hear once when a tenth is missed."""
    with clock.moved_to(at(9, 11)):
        keep_breaks()
        assert breaks_of(busy.tina, busy.team, at(9).date()) is None
    names = ("Elin Ek", "Sofia Berg", "Omar Ali", "Lena Ask")
    for name in names:
        one = busy.member(name)
        busy.shift(one, at(8), at(16), activities=[("pause", at(9, 30), at(9, 40), "")])
        with clock.moved_to(at(9, 20)):
            set_mode(actor=one, mode="ready")
    with clock.moved_to(at(9, 41)):
        keep_breaks()
        begun = breaks_of(busy.tina, busy.team, at(9).date())
        assert (begun.planned, begun.taken) == (5, 4)
        for viewer in (busy.bengt, busy.charlie, busy.imran):
            with pytest.raises(NotVisible):
                breaks_of(viewer, busy.team, at(9).date())
        sign_in(client, busy.tina)
        assert "4 av 5" in text_of(page(client, "breaks"))
    with clock.moved_to(at(12, 40)):
        keep_breaks()  # Amanda's recess and meal break are gone as well
        keep_breaks()
    told = OutboxMessage.objects.filter(kind="workday.breaks_missed")
    assert [one.person_key for one in told] == [busy.petra.journal_key]
    assert "Amanda" not in str(told[0].data)
    assert told[0].about == f"team:{busy.team.pk}"


@pytest.mark.requirement("S0-30")
def test_the_night_summer_time_ends_a_break_is_as_long_as_it_is(company):
    """S0-30: lengths are true time, also on the Sunday when the clock goes back."""
    sunday = {"day": 25, "month": 10}
    company.shift(
        company.amanda,
        at(0, **sunday),
        at(8, **sunday),
        activities=[("pause", at(1, 45, **sunday), at(2, 15, **sunday), "")],
    )
    with clock.moved_to(at(1, 30, **sunday)):
        set_mode(actor=company.amanda, mode="ready")
        keep_breaks()
        begin_contact(actor=company.amanda)
    ends = at(2, 15, **sunday)
    with clock.moved_to(ends + timedelta(minutes=1)):
        assert keep_breaks() == 1
    (made,) = Activity.objects.filter(instead=True)
    assert made.ends_at - made.starts_at == timedelta(minutes=30)
    assert made.ends_at <= ends + timedelta(hours=1)
    assert made.starts_at.astimezone(STOCKHOLM).fold == 0
