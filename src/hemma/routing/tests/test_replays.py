"""A queue's rules are tried on last week before they hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemma.desk.models import Case, Customer, Holding
from hemma.lib import clock
from hemma.people.actions import set_skill
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.planning.actions import add_shift
from hemma.planning.models import Absence
from hemma.routing import actions, queries
from hemma.routing.models import Offer, QueueRules, Replay, Verdict

HOUR = timedelta(hours=1)


def worked(person, day, first=8, last=16, parts=()):
    """A shift on a day of last week, `day` days ago."""
    midnight = queries.last_midnight("Europe/Stockholm") - timedelta(days=day)
    add_shift(
        actor=SYSTEM,
        person=person,
        starts_at=midnight + first * HOUR,
        ends_at=midnight + last * HOUR,
        place_type="home",
        activities=[(kind, midnight + a * HOUR, midnight + b * HOUR, "") for kind, a, b in parts],
    )


def at_work_now(person):
    """A shift that goes on: outside of their hours people are shown that they are off."""
    now = clock.now()
    add_shift(
        actor=SYSTEM,
        person=person,
        starts_at=now - HOUR,
        ends_at=now + HOUR,
        place_type="home",
    )


def came(company, day, hour, customer=None):
    case = company.kim_writes()
    at = queries.last_midnight("Europe/Stockholm") - timedelta(days=day) + hour * HOUR
    Case.objects.filter(pk=case.pk).update(
        opened_at=at, waiting_since=None, state="solved", promised_at=at + 8 * HOUR
    )
    if customer:
        Case.objects.filter(pk=case.pk).update(customer=customer)
    return case


@pytest.fixture
def last_week(company):
    """Amanda knows it all, Bengt is learning; eight letters on one day."""
    set_skill(actor=SYSTEM, person=company.amanda, skill=company.skill, level=9)
    set_skill(actor=SYSTEM, person=company.bengt, skill=company.skill, level=3)
    for person in (company.amanda, company.bengt):
        worked(person, 3)
    for number in range(8):
        came(company, 3, 9 + number / 2)
    return company


def played(company, **values):
    made = actions.try_rules(actor=company.tina, queue=company.queue, **values)
    assert actions.play_next() is True
    made.refresh_from_db()
    return made


def test_tina_sees_last_week_by_both_rules_and_nothing_has_changed_yet(last_week):
    done = played(last_week, skill_choice="closest")
    assert (done.state, done.percent) == (Replay.State.DONE, 100)
    now, then = done.result["now"], done.result["then"]
    assert now["came"] == then["came"] == now["taken"] == 8
    assert now["spread"] < 0.1
    assert then["spread"] > 0.5
    assert not QueueRules.objects.exists()
    assert not Offer.objects.exists()
    assert not Verdict.objects.exists()


def test_what_was_tried_is_switched_on_and_undo_brings_the_old_rules_back(last_week, client):
    done = played(last_week, skill_choice="closest", answer_within_s=120)
    client.force_login(last_week.tina)
    page = client.post(f"/routing/replay/{done.pk}/switch-on/", follow=True).content.decode()
    assert queries.rules_of(SYSTEM, last_week.queue.pk).skill_choice == "closest"
    undo = f"/routing/rules/{last_week.queue.pk}/back/?version=0"
    assert undo in page
    client.post(undo)
    rules = queries.rules_of(SYSTEM, last_week.queue.pk)
    assert (rules.version, rules.skill_choice, rules.answer_within_s) == (2, "enough", 90)


def test_rules_that_were_changed_meanwhile_are_not_overwritten(last_week):
    done = played(last_week, skill_choice="closest")
    actions.set_rules(actor=last_week.tina, queue=last_week.queue, skill_choice="highest")
    with pytest.raises(ValidationError):
        actions.switch_on(actor=last_week.tina, replay_id=done.pk)
    assert queries.rules_of(SYSTEM, last_week.queue.pk).skill_choice == "highest"


def test_what_was_not_played_to_its_end_is_not_switched_on(last_week):
    made = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    with pytest.raises(ValidationError):
        actions.switch_on(actor=last_week.tina, replay_id=made.pk)


def test_tina_stops_it_before_it_begins_and_while_it_is_played(last_week, monkeypatch):
    made = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    actions.stop_replay(actor=last_week.tina, replay_id=made.pk)
    assert actions.play_next() is False
    made = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    real = queries.week_of

    def stopped_meanwhile(*words):
        actions.stop_replay(actor=last_week.tina, replay_id=made.pk)
        return real(*words)

    monkeypatch.setattr(queries, "week_of", stopped_meanwhile)
    assert actions.play_next() is True
    made.refresh_from_db()
    assert (made.state, made.result) == (Replay.State.STOPPED, None)


def test_a_second_try_takes_the_place_of_the_first(last_week):
    first = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    second = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    first.refresh_from_db()
    assert first.state == Replay.State.STOPPED
    actions.play_next()
    second.refresh_from_db()
    assert second.state == Replay.State.DONE


def test_a_replay_that_a_dead_worker_left_is_played_by_the_next(last_week):
    made = actions.try_rules(actor=last_week.tina, queue=last_week.queue)
    Replay.objects.filter(pk=made.pk).update(state="running", percent=40)
    assert actions.play_next() is True
    made.refresh_from_db()
    assert made.state == Replay.State.DONE


def test_whoever_was_away_or_at_lunch_by_plan_is_not_asked_in_the_replay(company):
    worked(company.amanda, 2, parts=[("queue", 8, 12), ("rast", 12, 13), ("queue", 13, 16)])
    worked(company.bengt, 2)
    Absence.objects.create(
        person=company.bengt, starts_at=clock.now() - timedelta(days=4), ends_at=clock.now()
    )
    came(company, 2, 12.25)
    week = queries.week_of(SYSTEM, company.queue, queries.last_midnight(company.queue.zone))
    by_id = {one.facts.id: one for one in week.people}
    assert by_id[company.bengt.pk].open == ()
    assert len(by_id[company.amanda.pk].open) == 2
    done = played(company)
    assert done.result["now"]["median_s"] == 45 * 60 + 30


@pytest.mark.requirement("S0-8", "S0-12")
def test_warm_up_and_focus_are_no_time_in_the_queue_when_staffing_is_counted(company):
    """S0-8, S0-12: what is planned as warm-up or focus is subtracted from who can be asked."""
    worked(
        company.amanda,
        2,
        parts=[("warmup", 8, 8.5), ("queue", 8.5, 10), ("focus", 10, 11), ("queue", 11, 16)],
    )
    week = queries.week_of(SYSTEM, company.queue, queries.last_midnight(company.queue.zone))
    amanda = next(one for one in week.people if one.facts.id == company.amanda.pk)
    assert [(b - a) / 3600 for a, b in amanda.open] == [1.5, 5.0]


def test_the_person_a_customer_knows_is_counted_from_who_had_their_case_before(last_week):
    eva = Customer.objects.create(name="Eva", email="eva@example.net")
    old = came(last_week, 20, 9, eva)
    Holding.objects.create(
        case=old,
        person=last_week.bengt,
        since=clock.now() - timedelta(days=20),
        until=clock.now() - timedelta(days=19),
    )
    came(last_week, 3, 9.1, eva)
    done = played(last_week, prefer_earlier_person=False, skill_choice="highest")
    assert (done.result["now"]["known"], done.result["now"]["met"]) == (1, 1)
    assert done.result["then"]["met"] == 0


def test_a_week_costs_as_many_queries_for_eight_letters_as_for_forty(
    last_week,
):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            queries.week_of(SYSTEM, last_week.queue, queries.last_midnight("Europe/Stockholm"))
        return len(seen)

    few = cost()
    for number in range(32):
        came(last_week, 4, 9 + number / 8)
    assert cost() == few


def test_nobody_but_who_leads_the_team_tries_sees_or_switches(last_week, client):
    done = played(last_week)
    with pytest.raises(NotVisible):
        actions.try_rules(actor=last_week.charlie, queue=last_week.queue)
    at_work_now(last_week.amanda)
    for person in (last_week.amanda, last_week.charlie):
        client.force_login(person)
        for address in (
            "/routing/rules/",
            f"/routing/rules/{last_week.queue.pk}/",
            f"/routing/replay/{done.pk}/",
        ):
            assert client.get(address).status_code == 404
        for verb in ("stop", "switch-on"):
            assert client.post(f"/routing/replay/{done.pk}/{verb}/").status_code == 404


def test_outside_of_her_hours_amanda_learns_nothing_of_what_is_tried(last_week, client):
    done = played(last_week)
    client.force_login(last_week.amanda)
    for replay in (done.pk, done.pk + 1000):
        answer = client.get(f"/routing/replay/{replay}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/day/off/")
    for verb in ("stop", "switch-on"):
        assert client.post(f"/routing/replay/{done.pk}/{verb}/").status_code == 404


def test_the_page_tells_both_in_picture_and_table_without_anybodys_name(last_week, client):
    done = played(last_week, skill_choice="closest")
    client.force_login(last_week.tina)
    page = client.get(f"/routing/replay/{done.pk}/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Sida vid sida" in main
    assert main.count('class="pairs__then"') == 7
    assert "Amanda" not in main
    assert "Bengt" not in main
    assert "Vem som går först av dem som kan" in main


def test_what_was_filled_in_wrongly_stays_filled_in(last_week, client):
    client.force_login(last_week.tina)
    told = {"skill_choice": "highest", "answer_within_s": 5, "out_of_hours": "closed",
            "customer_message": "Vi öppnar sju.", "rest_after_h": 11}  # fmt: skip
    answer = client.post(f"/routing/rules/{last_week.queue.pk}/", told)
    assert answer.status_code == 422
    assert "Vi öppnar sju." in answer.content.decode()
    assert not Replay.objects.exists()
    answer = client.post(f"/routing/rules/{last_week.queue.pk}/", told | {"answer_within_s": 60})
    assert answer.status_code == 302
    assert Replay.objects.get().values["answer_within_s"] == 60
