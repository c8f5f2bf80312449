"""Each kind is chosen for each way; the day's mail keeps to the hours."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemma.journal import relay
from hemma.journal.actions import put_in_outbox
from hemma.journal.models import Event, Wakeup
from hemma.lib import clock
from hemma.notices.actions import (
    let_through,
    mail_due,
    send_digest,
    set_habit,
    write_word,
)
from hemma.notices.digest import due_at
from hemma.notices.models import Habit, Sort, Wish
from hemma.notices.queries import my_choices
from hemma.workday.actions import set_mode
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import at


def tell(person, kind="case.mentioned"):
    put_in_outbox(kind=kind, person=person, about="case:1")
    relay.tell_rooms()
    let_through()


def run_the_mail_queue():
    """What the mail process does with the jobs that are due."""
    for row in Wakeup.objects.filter(task="notices.send_digest", at__lte=clock.now()):
        row.delete()
        send_digest(person_id=row.arguments["person_id"])


def mail_round():
    mail_due()
    run_the_mail_queue()
    return len(mail.outbox)


@given(
    chosen=st.times(),
    starts=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    length=st.timedeltas(timedelta(minutes=1), timedelta(hours=14)),
)
def test_the_mail_of_a_shift_is_due_inside_it_whatever_time_was_chosen(chosen, starts, length):
    starts = starts.replace(tzinfo=UTC)
    due = due_at(chosen, starts, starts + length)
    assert starts <= due < starts + length
    inside = starts.replace(hour=chosen.hour, minute=chosen.minute, second=0, microsecond=0)
    for day in (inside, inside + timedelta(days=1)):
        if starts <= day <= starts + length - timedelta(minutes=15):
            assert due == day


@pytest.mark.django_db
def test_the_mail_comes_at_the_chosen_time_in_her_language_and_once(week):
    set_habit(
        actor=week.amanda,
        push_every=15,
        says_who=False,
        mail_at=time(15, 0),
        base="https://hemma.example/",
    )
    with clock.moved_to(at(13)):
        write_word(actor=week.tina, person=week.amanda, text="Kunden Kim")
        tell(week.amanda)
        assert mail_round() == 0
    with clock.moved_to(at(15, 1)):
        assert mail_round() == 1
    with clock.moved_to(at(16)):
        tell(week.amanda)
        assert mail_round() == 1
    [letter] = mail.outbox
    assert letter.to == [week.amanda.email]
    assert letter.subject == "2 saker för dig att läsa, när det passar"
    assert "https://hemma.example/notices/" in letter.body
    assert "Ord från kollegor: 1" in letter.body
    assert "Kim" not in letter.body
    assert "Tina" not in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "hello"), [("nb", "Hei Amanda!"), ("en", "Hi Amanda,")])
def test_the_mail_speaks_norwegian_and_english(language, hello, week):
    week.amanda.language = language
    week.amanda.save()
    set_habit(actor=week.amanda, push_every=15, says_who=True, mail_at=time(9), base="http://h/")
    with clock.moved_to(at(9, 20)):
        write_word(actor=week.tina, person=week.amanda, text="x")
        let_through()
        assert mail_round() == 1
    assert mail.outbox[0].body.startswith(hello)
    assert "Tina Ekdahl" in mail.outbox[0].body


@pytest.mark.django_db
@pytest.mark.requirement("S0-14")
def test_a_time_outside_of_her_hours_moves_into_them(week):
    """She chose nine in the evening: it comes before her shift ends, and never at nine."""
    set_habit(actor=week.amanda, push_every=15, says_who=False, mail_at=time(21), base="http://h/")
    with clock.moved_to(at(9, 20)):
        tell(week.amanda)
    with clock.moved_to(at(16, 10)):
        assert mail_round() == 0
    with clock.moved_to(at(16, 21)):
        assert mail_round() == 1
    with clock.moved_to(at(21, 1)):
        assert mail_round() == 1


@pytest.mark.django_db
@pytest.mark.requirement("S0-14")
def test_a_mail_that_was_due_does_not_follow_her_home(week):
    set_habit(actor=week.amanda, push_every=15, says_who=False, mail_at=time(15), base="http://h/")
    with clock.moved_to(at(14, 50)):
        set_mode(actor=week.amanda, mode="ready")
        tell(week.amanda)
    with clock.moved_to(at(15, 1)):
        mail_due()
        set_mode(actor=week.amanda, mode="off")
        run_the_mail_queue()
    assert mail.outbox == []


@pytest.mark.django_db
def test_without_anything_unread_or_without_a_time_there_is_no_mail(week):
    set_habit(actor=week.amanda, push_every=15, says_who=False, mail_at=time(15), base="http://h/")
    with clock.moved_to(at(15, 1)):
        assert mail_round() == 0
    with clock.moved_to(at(9, 20)):
        tell(week.tina)
    with clock.moved_to(at(16)):
        assert mail_round() == 0


@pytest.mark.django_db
def test_a_mail_server_that_is_down_is_asked_again_and_nothing_is_journalled_as_sent(
    week, monkeypatch
):
    from django.core.mail import EmailMessage

    set_habit(actor=week.amanda, push_every=15, says_who=False, mail_at=time(15), base="http://h/")
    with clock.moved_to(at(15, 1)):
        tell(week.amanda)
        with monkeypatch.context() as broken:

            def refuse(_self):
                raise ConnectionRefusedError

            broken.setattr(EmailMessage, "send", refuse)
            assert mail_round() == 0
        assert not Event.objects.filter(kind="notices.mailed").exists()
    with clock.moved_to(at(15, 7)):
        run_the_mail_queue()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_usual_is_calm_and_each_box_can_be_turned(week, client):
    usual = my_choices(week.amanda)
    assert "reminder" not in usual["push"]
    assert "plan" not in usual["push"]
    assert "word" in usual["push"]
    sign_in(client, week.amanda)
    page = client.get(reverse("notices:settings")).content.decode()
    boxes = re.findall(r'name="(wanted|push|mail)" value="(\w+)"( checked)?', page)
    assert len(boxes) == len(set(boxes)) == 5 - 1 + len(Sort) + len(Sort) - 2
    for field, sort, checked in boxes:
        ways = {
            name: [s for n, s, on in boxes if n == name and (bool(on) != ((n, s) == (field, sort)))]
            for name in ("wanted", "push", "mail")
        }
        client.post(reverse("notices:choose"), {"way": ["page", "push", "mail"], **ways})
        way = {"wanted": "page", "push": "push", "mail": "mail"}[field]
        assert (sort in my_choices(week.amanda)[way]) is not bool(checked)
    client.post(
        reverse("notices:choose"),
        {
            "way": ["page", "push", "mail"],
            **{name: [s for n, s, on in boxes if n == name and on] for name in ways},
        },
    )
    assert my_choices(week.amanda) == usual
    assert not Wish.objects.exists()  # the usual needs no row


@pytest.mark.django_db
def test_the_time_of_the_mail_is_kept_and_a_wrong_one_is_said(week, client):
    sign_in(client, week.amanda)
    address = reverse("notices:set_habit")
    wrong = client.post(address, {"push_every": "15", "mail_at": "halv fyra"})
    assert wrong.status_code == 422
    assert "halv fyra" in wrong.content.decode()
    client.post(address, {"push_every": "60", "mail_at": "15:30", "says_who": "on"})
    habit = Habit.objects.get(person=week.amanda)
    assert (habit.push_every, habit.mail_at, habit.says_who) == (60, time(15, 30), True)
    assert habit.base == "http://testserver/"


@pytest.mark.django_db
def test_tina_is_offered_the_way_through_focus_and_bengt_is_not(week, client):
    address = reverse("notices:write", args=[week.amanda.pk])
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    with clock.moved_to(at(10, 10)):
        sign_in(client, week.bengt)
        assert 'name="urgent"' not in client.get(address).content.decode()
        sign_in(client, week.tina)
        assert 'name="urgent"' in client.get(address).content.decode()
        client.post(address, {"text": "Brandlarm", "urgent": "on"})
        let_through()
        sign_in(client, week.amanda)
        words = text_of(client.get(reverse("notices:mine")).content.decode())
        assert "Kunde inte vänta" in words
