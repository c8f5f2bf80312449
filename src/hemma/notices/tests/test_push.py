"""Amanda's phone: told in her hours and only then, bundled, without a word that others may read."""

import json
from datetime import timedelta

import pytest

from hemma.desk.models import Queue
from hemma.journal import relay
from hemma.journal.actions import put_in_outbox
from hemma.journal.models import Event
from hemma.lib import clock
from hemma.notices.actions import (
    choose,
    let_through,
    push_due,
    read_all,
    remind,
    set_habit,
    write_word,
)
from hemma.notices.models import Push, Way
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.routing.actions import put_on_call
from hemma.workday.actions import set_mode
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


def tell(person, kind="case.mentioned"):
    put_in_outbox(kind=kind, person=person, about="case:1")
    relay.tell_rooms()
    let_through()


def journal(kind, person):
    return Event.objects.filter(kind=kind, subject_key=person.journal_key).count()


def test_a_word_in_working_hours_comes_up_on_the_phone_and_says_nothing_of_itself(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9, 30)):
        write_word(actor=week.tina, person=week.amanda, text="Kunden Kim ringer igen")
        let_through()
        assert push_due() == 1
    [shown] = phone.shown()
    assert shown["body"] == "1 sak för dig att läsa, när det passar"
    assert shown["lang"] == "sv"
    assert shown["path"] == "/notices/"
    assert "Kim" not in json.dumps(shown)
    assert "Tina" not in json.dumps(shown)
    assert journal("notices.pushed", week.amanda) == 1


def test_the_push_service_is_told_who_sends_and_how_long_it_may_keep_it(week, phone_of, pushes):
    """It never lies there longer than Amanda's queue time lasts: at ten her focus begins."""
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        push_due()
    [got] = phone.got()
    assert int(got.headers["ttl"]) <= 30 * 60
    assert int(got.headers["ttl"]) > 25 * 60
    assert got.headers["content-encoding"] == "aes128gcm"
    assert got.headers["urgency"] == "low"
    claims = pushes.claims(got)
    assert claims["aud"] == pushes.url
    assert str(claims["sub"]).startswith("mailto:")


@pytest.mark.requirement("S0-14")
def test_at_half_past_eight_in_the_evening_the_phone_stays_dark_until_the_shift(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(20, 30)):
        write_word(actor=week.tina, person=week.amanda, text="Bra jobbat")
        let_through()
        assert push_due() == 0
    with clock.moved_to(at(7, 59, day=20)):
        let_through()
        assert push_due() == 0
    assert phone.got() == []
    with clock.moved_to(at(8, 0, day=20)):
        let_through()
        assert push_due() == 1
    assert phone.words() == ["1 sak för dig att läsa, när det passar"]


@pytest.mark.requirement("S0-14")
def test_what_was_to_be_told_when_the_day_ended_waits_for_the_next(week, phone_of, pushes):
    """A push service that was busy at four is not asked again at five, when Amanda is at home."""
    phone = phone_of(week.amanda)
    pushes.answers = [503]
    with clock.moved_to(at(16, 20)):
        tell(week.amanda)
        assert push_due() == 0
    for hour in (17, 19, 23):
        with clock.moved_to(at(hour)):
            assert push_due() == 0
    assert len(phone.got()) == 1
    with clock.moved_to(at(8, 1, day=20)):
        assert push_due() == 1


@pytest.mark.requirement("S3-31")
def test_in_focus_the_phone_is_silent_and_afterwards_it_speaks_once_for_all(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    for minute in (5, 15, 25):
        with clock.moved_to(at(10, minute)):
            tell(week.amanda)
            assert push_due() == 0
    with clock.moved_to(at(11, 0)):
        let_through()
        assert push_due() == 1
    assert phone.words() == ["3 saker för dig att läsa, när det passar"]


@pytest.mark.requirement("S3-31")
def test_what_comes_close_together_is_bundled_as_closely_as_she_chose(week, phone_of):
    phone = phone_of(week.amanda)
    set_habit(actor=week.amanda, push_every=15, says_who=False, mail_at=None, base="")
    with clock.moved_to(at(8, 20)):
        tell(week.amanda)
        assert push_due() == 1
    for minute in (22, 25, 30):
        with clock.moved_to(at(8, minute)):
            tell(week.amanda)
            assert push_due() == 0
    with clock.moved_to(at(8, 36)):
        assert push_due() == 1
    assert phone.words()[-1] == "4 saker för dig att läsa, när det passar"


@pytest.mark.requirement("S3-31")
def test_only_her_own_leader_can_go_through_focus_and_not_through_the_meal_break(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    with clock.moved_to(at(10, 10)):
        with pytest.raises(NotVisible):
            write_word(actor=week.bengt, person=week.amanda, text="Nu!", urgent=True)
        write_word(actor=week.bengt, person=week.amanda, text="Senare")
        assert let_through() == 0
        write_word(actor=week.tina, person=week.amanda, text="Brandlarm", urgent=True)
        assert let_through() == 1
        assert push_due() == 1
    assert phone.words() == ["Din ledare har skrivit, och det kan inte vänta."]
    with clock.moved_to(at(12)):
        write_word(actor=week.tina, person=week.amanda, text="Igen", urgent=True)
        assert let_through() == 0
    with clock.moved_to(at(20)):
        write_word(actor=week.tina, person=week.amanda, text="Kväll", urgent=True)
        assert let_through() == 0
        assert push_due() == 0


@pytest.mark.requirement("S0-14")
def test_the_reminder_comes_only_to_who_wants_it_once_and_from_a_quarter_before(week, phone_of):
    amanda, tina = phone_of(week.amanda), phone_of(week.tina)
    choose(actor=week.amanda, wanted={"word", "reminder"}, way=Way.PUSH)
    with clock.moved_to(at(7, 34)):
        assert remind() == 0
    with clock.moved_to(at(7, 36)):
        assert remind() == 1
        assert push_due() == 1
    with clock.moved_to(at(7, 40)):
        assert remind() == 0
        assert push_due() == 0
    assert amanda.words() == ["Ditt pass börjar 07:50."]
    assert tina.words() == []
    assert int(amanda.got()[0].headers["ttl"]) <= 15 * 60


def test_whoever_is_on_call_by_the_list_is_called_and_nobody_else(week, phone_of):
    amanda, bengt = phone_of(week.amanda), phone_of(week.bengt)
    queue = Queue.objects.create(
        name="Björkvik", programme="Björkvik", team=week.team, answer_within=timedelta(hours=8)
    )
    put_on_call(actor=SYSTEM, queue=queue, person=week.amanda, starts_at=at(20), ends_at=at(23))
    with clock.moved_to(at(21)):
        for person in (week.amanda, week.bengt):
            tell(person, "routing.on_call")
        assert push_due() == 1
    assert amanda.words() == ["Du har beredskap, och ett ärende väntar."]
    assert bengt.words() == []
    with clock.moved_to(at(23, 30)):
        tell(week.amanda, "routing.on_call")
        assert push_due() == 0


def test_what_she_has_read_on_the_page_is_not_told_again_on_the_phone(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        read_all(actor=week.amanda)
        assert push_due() == 0
    assert phone.got() == []
    assert not Push.objects.exists()


def test_the_name_of_who_wrote_is_said_when_she_wants_it_and_never_the_words(week, phone_of):
    phone = phone_of(week.amanda)
    set_habit(actor=week.amanda, push_every=0, says_who=True, mail_at=None, base="")
    with clock.moved_to(at(9, 30)):
        write_word(actor=week.tina, person=week.amanda, text="Kunden Kim")
        let_through()
        push_due()
    assert phone.words() == ["Tina Ekdahl har skrivit till dig."]
