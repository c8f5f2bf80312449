from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.desk.actions import solve, take
from hemma.desk.models import Case, Customer, Message, Queue, Reading
from hemma.desk.queries import holder_of
from hemma.lib import clock
from hemma.people.models import Session
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.workday.actions import add_todo, drop, set_mode, shut_down, tick, weigh
from hemma.workday.models import Mode, Todo
from hemma.workday.queries import done_by_me, mode_of, my_todos
from hemma.workday.tests.browsing import everything_of, page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def thursday(company):
    company.amandas_day()
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        yield company


@pytest.mark.requirement("S0-11")
def test_a_to_do_asks_to_be_begun_at_its_time_inside_the_shift_and_never_outside(thursday, client):
    """S0-11: start by 13:00 is told on every page at 13:00 in the hours, not when one is off."""
    amanda = thursday.amanda
    todo = add_todo(actor=amanda, text="Ring Elvira", start_by=at(13), done_by=at(15))
    add_todo(actor=amanda, text="Ring Kim", start_by=at(12))  # in her meal break
    add_todo(actor=amanda, text="Ring hem", start_by=at(20))
    sign_in(client, amanda)
    told = {}
    for hour, minute in ((9, 0), (12, 5), (13, 0), (13, 14), (13, 20), (20, 0)):
        with clock.moved_to(at(hour, minute)):
            said = text_of(page(client, "mebar"))
            told[hour, minute] = [
                name for name in ("Elvira", "Kim", "hem") if f"Ring {name}" in said
            ]
    assert [moment for moment, names in told.items() if names] == [(13, 0), (13, 14)]
    assert told[13, 0] == ["Elvira"]
    with clock.moved_to(at(13, 5)):
        tick(actor=amanda, todo_id=todo.pk)
        assert "Elvira" not in text_of(page(client, "mebar"))
    with pytest.raises(ValidationError):
        add_todo(actor=amanda, text="x", start_by=at(15), done_by=at(13))


@pytest.mark.requirement("S0-11", "S0-25")
def test_nobody_else_sees_ones_to_dos_not_even_the_leader(thursday, client):
    """S0-11, S0-25: private; the leader's own pages hold none of it."""
    todo = add_todo(actor=thursday.amanda, text="Handla present")
    for other in (thursday.tina, thursday.bengt, thursday.charlie):
        assert my_todos(other) == []
        for act in (tick, drop):
            with pytest.raises(NotVisible):
                act(actor=other, todo_id=todo.pk)
        sign_in(client, other)
        assert "Handla present" not in page(client, "todos")
        answer = client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": "tick"})
        assert answer.status_code == 404
    with pytest.raises(NotVisible):
        my_todos(SYSTEM)


@pytest.mark.requirement("S0-23")
def test_a_ticked_to_do_is_struck_through_for_the_rest_of_the_day_and_can_be_undone(
    thursday, client
):
    """S0-23: struck through, counted, and undo restores."""
    sign_in(client, thursday.amanda)
    told = {"text": "Skriv guide", "starts": "10:00", "ends": ""}
    assert client.post(reverse("workday:todo_new"), told).status_code == 302
    todo = Todo.objects.get()
    assert todo.start_by == at(10)
    client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": "tick"})
    assert '<s class="soft">Skriv guide</s>' in page(client, "todos")
    assert "1 saker klara" in text_of(page(client, "todos"))
    client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": "untick"})
    assert "<s " not in page(client, "todos")
    tick(actor=thursday.amanda, todo_id=todo.pk)
    with clock.moved_to(at(9, day=20)):
        assert my_todos(thursday.amanda) == []


@pytest.mark.requirement("S0-43")
def test_a_fourth_most_important_is_refused_with_the_question_which_may_wait(thursday, client):
    """S0-43: at most three; one is demoted, and the fourth fits."""
    amanda = thursday.amanda
    three = [add_todo(actor=amanda, text=f"{n}", important=True) for n in range(3)]
    with pytest.raises(ValidationError) as refusal:
        add_todo(actor=amanda, text="4", important=True)
    assert refusal.value.code == "three"
    fourth = add_todo(actor=amanda, text="4")
    sign_in(client, amanda)
    answer = client.post(reverse("workday:todo_do", args=[fourth.pk]), {"do": "weigh"}, follow=True)
    assert "Vilken av dem får vänta?" in answer.content.decode()
    weigh(actor=amanda, todo_id=three[0].pk, important=False)
    weigh(actor=amanda, todo_id=fourth.pk, important=True)
    assert [one.text for one in my_todos(amanda)][:3] == ["1", "2", "4"]
    with clock.moved_to(at(9, day=20)):  # what was not done rolls over, in the same colour
        assert len(my_todos(amanda)) == 4
        view = page(client, "todos")
        assert all(f">{one.text}<" in view for one in my_todos(amanda))
        assert not any(word in view for word in ("danger", "warn", "alert", "försenad", "igår"))


@pytest.fixture
def cases(thursday):
    queue = Queue.objects.create(
        name="Björkvik",
        programme="Björkvik",
        team=thursday.team,
        answer_within=timedelta(hours=8),
    )
    kim = Customer.objects.create(name="Kim Holm")

    def write(number, promised_at):
        case = Case.objects.create(
            number=number,
            queue=queue,
            customer=kim,
            subject="Fakturan",
            opened_at=clock.now(),
            changed_at=clock.now(),
            waiting_since=clock.now(),
            promised_at=promised_at,
        )
        take(actor=thursday.amanda, case=case)
        return case

    return write


@pytest.mark.requirement("S0-25")
def test_this_got_done_counts_ones_own_cases_and_ticks_and_nobody_elses(thursday, cases):
    """S0-25: after 5 closed cases and 3 ticks one sees 5 and 3; others see nothing of it."""
    for number in range(5):
        solve(actor=thursday.amanda, case=cases(100 + number, at(16)))
    for number in range(3):
        tick(
            actor=thursday.amanda,
            todo_id=add_todo(actor=thursday.amanda, text=f"{number}").pk,
        )
    mine = done_by_me(thursday.amanda)
    assert (mine.cases, mine.todos) == (5, 3)
    theirs = done_by_me(thursday.bengt, days=7)
    assert (theirs.cases, theirs.todos) == (0, 0)
    with clock.moved_to(at(9, day=20)):
        assert done_by_me(thursday.amanda).cases == 0
        assert done_by_me(thursday.amanda, days=7).cases == 5


@pytest.mark.requirement("S0-25")
def test_her_own_view_shows_5_and_3_her_file_holds_them_and_others_get_404(thursday, cases, client):
    """S0-25: on the page itself, in what Amanda takes with her, and for nobody else."""
    done = [add_todo(actor=thursday.amanda, text=f"Sak nummer {number}") for number in range(3)]
    sign_in(client, thursday.amanda)
    for number in range(5):
        solve(actor=thursday.amanda, case=cases(100 + number, at(16)))
    for todo in done:
        client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": "tick"})
    view = text_of(page(client, "todos"))
    assert "I dag: 5 ärenden lösta, 3 saker klara" in view
    assert "De senaste sju dagarna: 5 och 3" in view
    mine = everything_of(client, thursday.amanda)
    assert all(todo.text in mine for todo in done)
    for other in (thursday.tina, thursday.bengt, thursday.charlie, thursday.sara, thursday.imran):
        sign_in(client, other)
        for todo in done:
            for do in ("untick", "tick", "drop"):
                answer = client.post(reverse("workday:todo_do", args=[todo.pk]), {"do": do})
                assert answer.status_code == 404
        assert "0 ärenden lösta, 0 saker klara" in text_of(page(client, "todos"))
        assert "Sak nummer" not in everything_of(client, other)
    assert done_by_me(thursday.amanda).todos == 3


@pytest.mark.requirement("S0-25")
def test_helping_a_colleague_is_something_one_got_done(thursday, cases, client):
    case = cases(100, at(16))
    answer = Message.objects.create(
        case=case, direction="out", author=thursday.bengt, at=clock.now(), message_id="<1@x>"
    )
    Reading.objects.create(message=answer, reader=thursday.amanda, asked_at=at(9))
    assert done_by_me(thursday.amanda, days=7).helped == 0
    Reading.objects.update(read_at=at(9, 5))
    with clock.moved_to(at(9, 10)):
        assert done_by_me(thursday.amanda).helped == 1
        assert done_by_me(thursday.bengt, days=7).helped == 0
        view = text_of(page(sign_in(client, thursday.amanda), "todos"))
        assert "Du hjälpte en kollega genom att läsa 1 svar" in view


@pytest.mark.requirement("S0-13", "S0-22")
def test_going_home_gives_every_promise_an_owner_or_a_time_in_the_next_shift(
    thursday, cases, client
):
    """S0-13: handed on or dated, to-dos parked, off for all, signed out in every browser."""
    amanda = thursday.amanda
    thursday.shift(amanda, at(8, day=20), at(16, day=20))
    given, kept, later = cases(1, at(17)), cases(2, at(17)), cases(3, at(12, day=20))
    add_todo(actor=amanda, text="Ring Elvira", start_by=at(13))
    sign_in(client, amanda)
    with clock.moved_to(at(16, 25)):
        words = text_of(client.get(reverse("workday:shutdown")).content.decode())
        assert "Ring Elvira" in words
        choice = {f"case-{kept.pk}": "keep", f"case-{later.pk}": "keep"}
        client.post(reverse("workday:shutdown"), choice)
        assert mode_of(thursday.bengt, amanda) is Mode.OFF
        assert not Session.objects.filter(person=amanda).exists()
        assert client.get(reverse("workday:my_day")).status_code == 302
    for case in (given, kept, later):
        case.refresh_from_db()
    assert holder_of(SYSTEM, given) is None  # it is offered to someone who is here
    assert holder_of(SYSTEM, kept) == amanda
    assert kept.promised_at == at(9, day=20)
    assert later.promised_at == at(12, day=20)
    assert Todo.objects.get().start_by == at(8, day=20)


@pytest.mark.requirement("S0-22")
def test_everybody_in_the_team_sees_that_amanda_has_gone_home_and_not_when(thursday, client):
    """S0-22: who has not come in yet is off work; who said goodbye has gone home."""
    sign_in(client, thursday.bengt)
    team = reverse("workday:team_list", args=[thursday.team.pk])
    with clock.moved_to(at(8, 5)):
        set_mode(actor=thursday.amanda, mode="ready")
        assert "Gått hem" not in text_of(client.get(team).content.decode())
    with clock.moved_to(at(16, 20)):
        shut_down(actor=thursday.amanda)
    with clock.moved_to(at(16, 21)):
        words = text_of(client.get(team).content.decode())
        assert "Gått hem" in words
        assert "16:20" not in words


@pytest.mark.requirement("S0-13")
def test_without_a_next_shift_nothing_can_be_kept(thursday, cases):
    """S0-13: a promise without a date in one's next shift gets another owner."""
    case = cases(1, at(17))
    shut_down(actor=thursday.amanda, keep={case.pk})
    assert holder_of(SYSTEM, case) is None


@pytest.mark.requirement("S0-13")
def test_a_to_do_with_an_end_today_waits_for_the_next_shift_without_its_end(thursday):
    """S0-13: going home is held up by nothing; a time that has gone by says nothing tomorrow."""
    amanda = thursday.amanda
    thursday.shift(amanda, at(8, day=20), at(16, day=20))
    add_todo(actor=amanda, text="Ring Elvira", start_by=at(13), done_by=at(15))
    add_todo(actor=amanda, text="Skriv guide", start_by=at(14), done_by=at(12, day=20))
    with clock.moved_to(at(16, 25)):
        shut_down(actor=amanda)
    rows = Todo.objects.order_by("pk").values_list("start_by", "done_by")
    assert list(rows) == [(at(8, day=20), None), (at(8, day=20), at(12, day=20))]
