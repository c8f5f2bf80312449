"""Who is asked, what they answer, and what happens then."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hemma.desk.actions import take
from hemma.desk.models import Holding
from hemma.lib import clock, wakes
from hemma.people.models import Role
from hemma.people.visibility import NotVisible
from hemma.routing import actions, tasks
from hemma.routing.models import Offer, Verdict
from hemma.workday.actions import set_mode


def open_offers():
    return {offer.case.number: offer.person.name for offer in Offer.objects.filter(state="open")}


def test_amanda_who_is_at_work_and_skilled_is_offered_kims_case(company):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    assert actions.decide() == 1
    assert open_offers() == {case.number: "Amanda"}
    assert actions.decide() == 0


def test_nobody_from_another_team_is_ever_asked(company):
    company.comes_to_work(company.charlie)
    company.kim_writes()
    assert actions.decide() == 0
    assert Verdict.objects.get().person is None


def test_bengt_who_is_still_learning_is_not_asked(company):
    company.hire("Nora", company.team, Role.AGENT, level=1)
    company.comes_to_work(company.nora)
    company.kim_writes()
    assert actions.decide() == 0


@pytest.mark.parametrize("mode", ["focus", "recess", "meal", "meeting", "away", "off"])
def test_nobody_in_another_mode_than_the_queue_is_asked(company, mode):
    company.comes_to_work(company.amanda, mode=mode)
    company.kim_writes()
    assert actions.decide() == 0


def test_nobody_is_asked_outside_their_hours_even_if_the_mode_was_left_on(company):
    company.comes_to_work(company.amanda)
    clock.advance(timedelta(hours=7, minutes=1))
    company.kim_writes()
    assert actions.decide() == 0


def test_what_waits_is_offered_as_soon_as_someone_comes_back(company):
    company.comes_to_work(company.amanda, mode="away")
    case = company.kim_writes()
    actions.decide()
    assert Verdict.objects.get(case=case).person is None
    set_mode(actor=company.amanda, mode="ready")
    assert actions.decide() == 1
    assert Verdict.objects.get(case=case).person == company.amanda


def test_amanda_accepts_and_has_the_case_in_hand(company):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    offer = Offer.objects.get()
    assert actions.accept(actor=company.amanda, offer_id=offer.pk) == case
    assert Holding.objects.current().get(case=case).person == company.amanda
    assert actions.accept(actor=company.amanda, offer_id=offer.pk) == case
    assert Holding.objects.count() == 1
    assert actions.decide() == 0


def test_what_amanda_passes_on_goes_to_bengt_and_not_back_to_her(company):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    actions.decline(actor=company.amanda, offer_id=Offer.objects.get().pk)
    assert actions.decide() == 0
    company.comes_to_work(company.bengt)
    assert actions.decide() == 1
    assert open_offers() == {case.number: "Bengt"}


def test_an_offer_nobody_answers_goes_to_the_next(company):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    company.comes_to_work(company.bengt)
    clock.advance(actions.ANSWER_WITHIN)
    actions.decide()
    assert open_offers() == {case.number: "Bengt"}
    assert Offer.objects.get(person=company.amanda).state == Offer.State.UNANSWERED


def test_an_offer_is_taken_back_when_amanda_steps_away(company):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    set_mode(actor=company.amanda, mode="away")
    actions.decide()
    assert Offer.objects.get().state == Offer.State.WITHDRAWN
    with pytest.raises(actions.OfferGone):
        actions.accept(actor=company.amanda, offer_id=Offer.objects.get().pk)


def test_amanda_is_told_when_bengt_took_the_offered_case_from_the_list_meanwhile(company):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    take(actor=company.bengt, case=case)
    with pytest.raises(actions.OfferGone):
        actions.accept(actor=company.amanda, offer_id=Offer.objects.get().pk)
    assert Holding.objects.current().get(case=case).person == company.bengt
    actions.decide()
    assert Offer.objects.get().state == Offer.State.WITHDRAWN


def test_bengt_cannot_take_amandas_offer(company):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    for thief in (company.bengt, company.charlie):
        with pytest.raises(NotVisible):
            actions.accept(actor=thief, offer_id=Offer.objects.get().pk)
    assert not Holding.objects.exists()


def test_one_turn_offers_all_there_is_so_that_the_loop_decides_once_a_turn(company, monkeypatch):
    company.hire("Leena", company.team, Role.AGENT)
    company.comes_to_work(company.amanda, company.leena)
    for _case in range(5):
        company.kim_writes()
    made = []
    decide = actions.decide
    monkeypatch.setattr(wakes, "turns", lambda *_said: range(3))
    monkeypatch.setattr(actions, "decide", lambda: made.append(decide()) or made[-1])
    tasks.route(threading.Event())
    assert made == [2, 0, 0]


def test_nobody_is_asked_about_two_cases_at_once(company):
    company.comes_to_work(company.amanda)
    for _ in range(3):
        company.kim_writes()
    assert actions.decide() == 1


def test_who_has_four_cases_in_hand_is_left_in_peace(company):
    company.comes_to_work(company.amanda)
    for _ in range(6):
        company.kim_writes()
    for _ in range(4):
        actions.decide()
        actions.accept(actor=company.amanda, offer_id=Offer.objects.get(state="open").pk)
    assert actions.decide() == 0


def test_work_is_shared_and_not_given_to_whoever_signed_in_first(company):
    company.comes_to_work(company.amanda, company.bengt)
    for _ in range(6):
        company.kim_writes()
    for _ in range(3):
        actions.decide()
        for offer in Offer.objects.filter(state="open"):
            actions.accept(actor=offer.person, offer_id=offer.pk)
    taken = [o.person.name for o in Offer.objects.filter(state="accepted")]
    assert taken.count("Amanda") == taken.count("Bengt") == 3


def test_the_longest_wait_against_its_promise_goes_first(company):
    company.comes_to_work(company.amanda)
    company.kim_writes("new")
    old = company.kim_writes("old", waited=timedelta(hours=3))
    actions.decide()
    assert open_offers() == {old.number: "Amanda"}


def test_the_database_refuses_a_second_open_offer_of_a_case_or_to_a_person(company):
    company.comes_to_work(company.amanda)
    case, other = company.kim_writes(), company.kim_writes()
    actions.decide()
    now = clock.now()
    for person, what in ((company.bengt, case), (company.amanda, other)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.create(person=person, case=what, offered_at=now, expires_at=now)


def test_reading_the_facts_costs_the_same_for_few_and_for_many(
    company, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hemma.people.system import SYSTEM
    from hemma.routing.queries import facts

    company.comes_to_work(company.amanda)
    company.kim_writes()
    with CaptureQueriesContext(connection) as few:
        facts(SYSTEM)
    for number in range(30):
        company.comes_to_work(company.hire(f"Person{number}", company.team, Role.AGENT))
        company.kim_writes()
    with django_assert_num_queries(len(few)):
        facts(SYSTEM)
