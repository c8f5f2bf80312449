"""To-dos about a case, and those that a team does together."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from hemma.desk.models import Case, Customer, Queue
from hemma.lib import clock
from hemma.lib.live import LIVE_CHANNEL
from hemma.people.actions import join_team, set_teams
from hemma.people.models import Person
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.workday.actions import add_todo, drop, shut_down, stop_sharing, tick, weigh
from hemma.workday.models import Todo
from hemma.workday.queries import done_by_me, my_todos, shared_todos
from hemma.workday.tests.browsing import everything_of, page, sign_in, text_of
from hemma.workday.tests.company import Company, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def thursday(company):
    with clock.moved_to(at(9)):
        yield company


def fresh(person):
    """As the next request has them: where one stands is read anew."""
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def case(thursday):
    queue = Queue.objects.create(
        name="Björkvik", programme="Björkvik", team=thursday.team, answer_within=timedelta(hours=8)
    )
    now, kim = clock.now(), Customer.objects.create(name="Kim Holm")
    return Case.objects.create(
        number=17675, queue=queue, customer=kim, subject="Fakturan", opened_at=now, changed_at=now,
        waiting_since=now,
    )  # fmt: skip


@pytest.mark.requirement("S0-23")
@pytest.mark.parametrize("written", ["H-17675", "17675", " h17675 "])
def test_a_to_do_about_a_case_leads_to_the_case(thursday, case, client, written):
    sign_in(client, thursday.amanda)
    told = {"text": "Fråga lagret", "case": written}
    assert client.post(reverse("workday:todo_new"), told).status_code == 302
    assert Todo.objects.get().case == case
    link = f'href="{reverse("desk:case", args=[17675])}"'
    assert link in page(client, "todos")
    client.post(reverse("workday:todo_do", args=[Todo.objects.get().pk]), {"do": "tick"})
    assert link in page(client, "todos")


@pytest.mark.requirement("S0-23")
def test_from_the_case_one_comes_to_the_form_with_the_case_filled_in(thursday, case, client):
    sign_in(client, thursday.amanda)
    beside = client.get(reverse("desk:case", args=[17675])).content.decode()
    way = reverse("workday:todo_new") + "?case=H-17675"
    assert f'href="{way}"' in beside
    assert 'value="H-17675"' in client.get(way).content.decode()


def test_a_case_that_one_may_not_see_is_refused_in_the_same_words_as_one_that_is_none(
    thursday, case, client
):
    sign_in(client, thursday.charlie)
    words = []
    for number in (17675, 99):
        with pytest.raises(ValidationError) as refusal:
            add_todo(actor=thursday.charlie, text="x", case=number)
        assert refusal.value.code == "case"
        answer = client.post(reverse("workday:todo_new"), {"text": "x", "case": str(number)})
        assert answer.status_code == 422
        words.append(refusal.value.messages)
    assert words[0] == words[1]
    wrong = client.post(reverse("workday:todo_new"), {"text": "x", "case": "fakturan"})
    assert wrong.status_code == 422
    assert client.get(reverse("workday:todo_of_case", args=[17675])).status_code == 404
    assert not Todo.objects.exists()


@pytest.mark.requirement("S0-23")
def test_when_the_case_goes_away_the_to_do_stays_without_its_link(thursday, case, client):
    amanda = thursday.amanda
    todo = add_todo(actor=amanda, text="Fråga lagret", case=17675)
    set_teams(actor=SYSTEM, person=amanda, teams=[thursday.other])
    words = page(sign_in(client, amanda), "todos")
    assert "Fråga lagret" in words
    assert "H-17675" not in words
    case.delete()
    todo.refresh_from_db()
    assert (todo.text, todo.case) == ("Fråga lagret", None)
    assert "Fråga lagret" in page(client, "todos")


@pytest.mark.requirement("S0-11", "S0-23")
def test_the_team_and_its_leader_see_what_is_shared_and_nothing_else(thursday, client):
    """S0-11: Tina leads and Bengt belongs; Charlie is in another team."""
    amanda = thursday.amanda
    add_todo(actor=amanda, text="Handla present")
    sign_in(client, amanda)
    told = {"text": "Städa i mallarna", "team": str(thursday.team.pk)}
    assert client.post(reverse("workday:todo_new"), told).status_code == 302
    assert [one.text for one in my_todos(amanda)] == ["Handla present"]
    for seer in (amanda, thursday.bengt, thursday.tina):
        assert [one.text for one in shared_todos(seer)] == ["Städa i mallarna"]
        words = page(sign_in(client, seer), "todos")
        assert "Städa i mallarna" in words
        assert ("Handla present" in words) is (seer == amanda)
    for other in (thursday.charlie, thursday.petra, thursday.sara, thursday.imran):
        assert shared_todos(other) == []
        words = page(sign_in(client, other), "todos")
        assert "Städa i mallarna" not in words
        assert "Delat i teamet" not in words
    with pytest.raises(NotVisible):
        shared_todos(SYSTEM)


def test_a_to_do_is_shared_only_by_choice_and_only_with_a_team_of_ones_own(thursday, client):
    sign_in(client, thursday.amanda)
    client.post(reverse("workday:todo_new"), {"text": "Ring Elvira"})
    assert Todo.objects.get().team is None
    told = {"text": "x", "team": str(thursday.other.pk)}
    assert client.post(reverse("workday:todo_new"), told).status_code == 422
    with pytest.raises(NotVisible):
        add_todo(actor=thursday.amanda, text="x", team=thursday.other)
    assert Todo.objects.count() == 1


@pytest.mark.requirement("S0-23")
def test_bengt_ticks_what_amanda_shared_it_counts_for_him_alone_and_can_be_undone(thursday, client):
    amanda, bengt = thursday.amanda, thursday.bengt
    todo = add_todo(actor=amanda, text="Städa i mallarna", team=thursday.team)
    do = reverse("workday:todo_do", args=[todo.pk])
    sign_in(client, bengt).post(do, {"do": "tick"})
    for seer in (amanda, bengt, thursday.tina):
        words = page(sign_in(client, seer), "todos")
        assert '<s class="soft">Städa i mallarna</s>' in words
        assert "klar av Bengt" in text_of(words)
        assert "Olsson" not in words
    counted = [done_by_me(one).todos for one in (amanda, bengt, thursday.tina)]
    assert counted == [0, 1, 0]
    assert "Städa i mallarna" in everything_of(client, bengt)
    assert "Bengt" not in everything_of(client, amanda)
    with clock.moved_to(at(9, day=20)):  # the next day it stands there no more
        assert shared_todos(fresh(amanda)) == []
        assert done_by_me(fresh(bengt), days=7).todos == 1
    sign_in(client, thursday.tina).post(do, {"do": "untick"})
    assert done_by_me(fresh(bengt)).todos == 0
    assert [one.done_at for one in shared_todos(fresh(bengt))] == [None]


@pytest.mark.requirement("S0-11")
def test_only_who_wrote_it_may_weigh_throw_away_or_stop_sharing(thursday, client):
    todo = add_todo(actor=thursday.amanda, text="Städa i mallarna", team=thursday.team)
    for other in (thursday.bengt, thursday.tina, thursday.charlie):
        for act in (drop, stop_sharing):
            with pytest.raises(NotVisible):
                act(actor=other, todo_id=todo.pk)
        with pytest.raises(NotVisible):
            weigh(actor=other, todo_id=todo.pk, important=True)
        words = page(sign_in(client, other), "todos")
        assert 'value="drop"' not in words
        assert 'value="unshare"' not in words
        for do in ("drop", "unshare", "weigh"):
            answer = client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": do})
            assert answer.status_code == 404
    with pytest.raises(NotVisible):
        tick(actor=thursday.charlie, todo_id=todo.pk)
    assert Todo.objects.get() == todo
    sign_in(client, thursday.amanda)
    client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": "unshare"})
    assert shared_todos(fresh(thursday.bengt)) == []
    assert [one.text for one in my_todos(fresh(thursday.amanda))] == ["Städa i mallarna"]
    with pytest.raises(NotVisible):
        tick(actor=thursday.bengt, todo_id=todo.pk)


def test_what_is_shared_is_none_of_ones_own_three_most_important(thursday):
    amanda = thursday.amanda
    with pytest.raises(ValidationError) as refusal:
        add_todo(actor=amanda, text="x", team=thursday.team, important=True)
    assert refusal.value.code == "shared"
    todo = add_todo(actor=amanda, text="x", team=thursday.team)
    with pytest.raises(ValidationError) as refusal:
        weigh(actor=amanda, todo_id=todo.pk, important=True)
    assert refusal.value.code == "shared"
    stop_sharing(actor=amanda, todo_id=todo.pk)
    weigh(actor=amanda, todo_id=todo.pk, important=True)
    assert Todo.objects.get().important


@pytest.mark.requirement("S0-11")
def test_who_leaves_the_team_sees_and_ticks_its_to_dos_no_more_and_takes_the_own_ones_along(
    thursday, client
):
    mine = add_todo(actor=thursday.amanda, text="Städa i mallarna", team=thursday.team)
    theirs = add_todo(actor=thursday.bengt, text="Boka rummet", team=thursday.team)
    set_teams(actor=SYSTEM, person=thursday.amanda, teams=[thursday.other])
    amanda = fresh(thursday.amanda)
    assert shared_todos(amanda) == []
    with pytest.raises(NotVisible):
        tick(actor=amanda, todo_id=theirs.pk)
    assert my_todos(amanda) == [mine]
    assert shared_todos(fresh(thursday.bengt)) == [theirs]
    with pytest.raises(NotVisible):
        tick(actor=fresh(thursday.tina), todo_id=mine.pk)


def test_with_several_teams_each_shared_to_do_says_which(thursday, client):
    join_team(actor=SYSTEM, person=thursday.amanda, team=thursday.other)
    amanda = fresh(thursday.amanda)
    add_todo(actor=amanda, text="Boka rummet", team=thursday.other)
    words = page(sign_in(client, amanda), "todos")
    assert "Tallmo" in words
    form = page(client, "todo_new")
    assert all(
        f">{team}</option>" in form for team in ("Björkvik", "Tallmo", "Nej, bara jag ser det")
    )
    assert "Boka rummet" not in page(sign_in(client, thursday.bengt), "todos")


def test_going_home_leaves_the_time_of_the_teams_to_dos_alone(thursday):
    amanda = thursday.amanda
    thursday.shift(amanda, at(8, day=20), at(16, day=20))
    add_todo(actor=amanda, text="Boka rummet", start_by=at(13), team=thursday.team)
    with clock.moved_to(at(16, 25)):
        shut_down(actor=amanda)
    assert Todo.objects.get().start_by == at(13)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S0-23")
def test_two_who_tick_the_same_to_do_at_once_do_it_once(transactional_db):
    company = Company()
    todo = add_todo(actor=company.amanda, text="Boka rummet", team=company.team)
    start = threading.Barrier(2)
    failures = []

    def run(person):
        try:
            start.wait()
            tick(actor=person, todo_id=todo.pk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    people = (company.bengt, company.tina)
    threads = [threading.Thread(target=run, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    first = Todo.objects.get().ticked_by
    assert sorted(done_by_me(one).todos for one in people) == [0, 1]
    before = Todo.objects.get().done_at
    tick(actor=company.amanda, todo_id=todo.pk)  # and who comes later changes nothing of it
    assert (Todo.objects.get().ticked_by, Todo.objects.get().done_at) == (first, before)


@pytest.mark.django_db(transaction=True)
def test_a_tick_renews_the_lists_of_the_team_and_a_private_one_tells_nobody_else(transactional_db):
    company = Company()
    told = connection.get_connection_params()
    wanted = {
        key: told[key] for key in ("dbname", "user", "password", "host", "port") if key in told
    }
    shared = add_todo(actor=company.amanda, text="Boka rummet", team=company.team)
    private = add_todo(actor=company.amanda, text="Handla present")
    team = f'"team:{company.team.pk}"'
    with psycopg.connect(**wanted, autocommit=True) as listener:
        listener.execute(f"LISTEN {LIVE_CHANNEL}")
        tick(actor=company.bengt, todo_id=shared.pk)
        heard = [one.payload for one in listener.notifies(timeout=5, stop_after=3)]
        topic = f'"todos-of-team:{company.team.pk}"'
        assert any(team in word and topic in word for word in heard)
        assert any(f'"todos:{company.amanda.pk}"' in word for word in heard)
        assert any(f'"todos:{company.bengt.pk}"' in word for word in heard)
        tick(actor=company.amanda, todo_id=private.pk)
        heard = [one.payload for one in listener.notifies(timeout=1)]
        assert [f'"person:{company.amanda.pk}"' in word for word in heard] == [True]


def test_the_list_listens_to_every_team_of_ones_own(thursday, client):
    words = page(sign_in(client, thursday.bengt), "todos")
    assert f"todos-of-team:{thursday.team.pk}" in words
    assert f"todos-of-team:{thursday.other.pk}" not in words
