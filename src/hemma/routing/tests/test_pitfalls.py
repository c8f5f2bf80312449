"""What went wrong elsewhere, thread by thread, does not go wrong here."""

from datetime import datetime, timedelta
from multiprocessing.dummy import Pool

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemma.desk.actions import hand_to, take
from hemma.desk.models import Case, Holding
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.routing import actions, queries
from hemma.routing.models import Offer, Verdict
from hemma.workday import actions as workday
from hemma.workday.models import Mode, ModeSpell

MINUTE = timedelta(minutes=1)


def holder(case):
    held = Holding.objects.current().filter(case=case).first()
    return held.person.name if held else None


def amanda_holds(company, promised):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    Case.objects.filter(pk=case.pk).update(promised_at=clock.now() + promised)
    take(actor=company.amanda, case=case)
    return case


# 1. Work goes to absent people and stays there.


def test_chatwoot_7204_4158_9587_what_an_absent_person_holds_is_moved_if_its_promise_would_break(
    company,
):
    case = amanda_holds(company, timedelta(hours=3))
    assert actions.look_after() == 0
    workday.sick_today(actor=company.amanda)
    assert actions.look_after() == 1
    company.comes_to_work(company.bengt)
    actions.decide()
    assert Offer.objects.get(state="open").person == company.bengt
    assert holder(case) is None
    told = OutboxMessage.objects.get(kind="routing.looked_after")
    assert told.person_key == company.amanda.journal_key


def test_what_an_absent_person_holds_is_kept_if_the_promise_holds_until_they_are_back(company):
    case = amanda_holds(company, timedelta(days=3))
    clock.advance(timedelta(hours=20))
    company.comes_to_work(company.amanda)  # tomorrow's shift
    clock.advance(-timedelta(hours=12))
    assert actions.look_after() == 0
    assert holder(case) == "Amanda"


def test_whoever_is_at_work_keeps_everything_however_late_it_is(company):
    case = amanda_holds(company, -timedelta(hours=1))
    assert actions.look_after() == 0
    assert holder(case) == "Amanda"


def test_a_lid_closed_for_a_moment_moves_nothing_and_a_promise_that_is_near_is_kept(company):
    later, soon = (amanda_holds_another(company, wait) for wait in (120, 10))
    workday.answer_beat(actor=company.amanda)
    clock.advance(3 * MINUTE)
    assert actions.look_after() == 1
    assert (holder(later), holder(soon)) == ("Amanda", None)


def amanda_holds_another(company, minutes):
    if not Offer.objects.exists() and not Holding.objects.exists():
        company.comes_to_work(company.amanda)
    case = company.kim_writes()
    Case.objects.filter(pk=case.pk).update(promised_at=clock.now() + minutes * MINUTE)
    take(actor=company.amanda, case=case)
    return case


@pytest.mark.parametrize("mode", sorted(set(Mode) - {Mode.READY}))
def test_osticket_852_6213_freescout_5429_only_modes_on_the_list_get_work(company, mode):
    """An allow-list: a mode that nobody thought of gets nothing either."""
    company.comes_to_work(company.amanda)
    ModeSpell.objects.filter(person=company.amanda).update(mode=mode)
    company.kim_writes()
    assert actions.decide() == 0


def test_work_is_not_offered_down_a_line_that_is_lost_and_comes_when_it_is_back(company):
    company.comes_to_work(company.amanda)
    workday.answer_beat(actor=company.amanda)
    clock.advance(5 * MINUTE)
    company.kim_writes()
    assert actions.decide() == 0
    workday.answer_beat(actor=company.amanda)
    assert actions.decide() == 1


# 2. Never handed to the unavailable, never in silent limbo.


def test_frappe_3372_chatwoot_5672_nobody_fits_so_it_waits_says_why_and_tells_tina_once(company):
    case = company.kim_writes(waited=timedelta(hours=5))
    for _turn in range(3):
        assert actions.decide() == 0
        clock.advance(MINUTE)
    verdict = Verdict.objects.get(case=case)
    assert {r["why_not"] for r in verdict.reasons if r["why_not"]} == {"outside_hours"}
    alarm = OutboxMessage.objects.get(kind="routing.nobody_fits")
    assert alarm.person_key == company.tina.journal_key
    assert [row.case for row in queries.unplaced(company.tina)] == [case]
    assert queries.unplaced(company.charlie) == []


def test_a_case_that_nobody_can_ever_take_is_told_at_once_one_that_waits_a_little_is_not(company):
    company.comes_to_work(company.amanda, mode="meal")
    company.kim_writes()
    actions.decide()
    assert not OutboxMessage.objects.filter(kind="routing.nobody_fits").exists()
    company.queue.min_level = 9
    company.queue.save()
    company.kim_writes("hard")
    actions.decide()
    assert OutboxMessage.objects.filter(kind="routing.nobody_fits").count() == 2


# 3. Waiting work is offered again at once when someone comes back.


def test_chatwoot_10583_10376_13050_coming_back_wakes_the_router_by_the_same_commit(company):
    company.comes_to_work(company.amanda, mode="away")
    company.kim_writes()
    actions.decide()
    with CaptureQueriesContext(connection) as said:
        workday.set_mode(actor=company.amanda, mode="ready")
    assert any("hemma_work" in one["sql"] and "routing" in one["sql"] for one in said)
    assert actions.decide() == 1


# 4. Every writer compares and sets.


@pytest.mark.django_db(transaction=True)
def test_chatwoot_15275_libredesk_385_of_many_who_grab_one_case_exactly_one_has_it(
    transactional_db,
):
    from django.db import connections

    from hemma.routing.tests.company import TUESDAY, build

    with clock.moved_to(TUESDAY):
        company = build()
        company.comes_to_work(company.amanda, company.bengt)
        case = company.kim_writes()

        def grab(turn):
            try:
                who = (company.amanda, company.bengt)[turn % 2]
                if turn % 3 == 2:
                    return hand_to(actor=SYSTEM, case=case, person=who)
                return take(actor=who, case=case)
            finally:
                connections.close_all()

        with Pool(6) as pool:
            pool.map(grab, range(18))
        with Pool(6) as pool:
            pool.map(lambda _turn: (actions.decide(), connections.close_all()), range(6))
    assert Holding.objects.current().filter(case=case).count() == 1
    assert not Offer.objects.filter(state="open").exists()


# 5 (background tabs) is in workday: test_presence. 7 (days, zones, opening hours) in planning and desk.

# 6. Fair from the first minute, and everyone may want less.


def test_chatwoot_11034_1198_the_first_to_sign_in_does_not_get_the_whole_night(company):
    for _night in range(8):
        company.kim_writes(waited=timedelta(hours=8))
    company.comes_to_work(company.amanda)
    actions.decide()
    assert Offer.objects.filter(state="open").count() == 1
    company.comes_to_work(company.bengt)
    for _turn in range(3):
        actions.decide()
        for offer in Offer.objects.filter(state="open"):
            actions.accept(actor=offer.person, offer_id=offer.pk)
    got = [offer.person.name for offer in Offer.objects.filter(state="accepted")]
    assert abs(got.count("Amanda") - got.count("Bengt")) <= 1


def test_amanda_takes_at_most_two_at_a_time_today_and_tomorrow_is_as_usual(company):
    company.comes_to_work(company.amanda)
    for _case in range(4):
        company.kim_writes()
    actions.limit_myself(actor=company.amanda, at_most=2)
    for _turn in range(4):
        actions.decide()
        for offer in Offer.objects.filter(state="open"):
            actions.accept(actor=offer.person, offer_id=offer.pk)
    assert Holding.objects.current().filter(person=company.amanda).count() == 2
    clock.advance(timedelta(hours=22))
    company.comes_to_work(company.amanda)
    assert actions.decide() == 1


def test_chatwoot_13392_a_promise_is_counted_in_opening_time(company):
    friday = datetime(2026, 11, 27, 19, 0, tzinfo=clock.now().tzinfo)
    from hemma.desk.opening import Opening, Span, promise_for

    hours = Opening(
        "Europe/Stockholm",
        tuple(
            Span(day, datetime.min.replace(hour=8).time(), datetime.min.replace(hour=17).time())
            for day in range(5)
        ),
    )
    promised = promise_for(hours, friday, timedelta(hours=2))
    assert promised == datetime(2026, 11, 30, 9, 0, tzinfo=friday.tzinfo)


def test_what_is_usual_for_a_person_is_set_by_who_leads_them_alone(company):
    from hemma.people.visibility import NotVisible

    with pytest.raises(NotVisible):
        actions.set_capacity(
            actor=company.charlie, person=company.amanda, channel="mail", at_once=0
        )
    actions.set_capacity(actor=company.tina, person=company.amanda, channel="mail", at_once=0)
    company.comes_to_work(company.amanda)
    company.kim_writes()
    assert actions.decide() == 0
