"""The border between work and leisure, proved by the journal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.desk.models import Queue
from hemma.journal import relay
from hemma.journal.actions import put_in_outbox
from hemma.journal.models import Event
from hemma.lib import clock
from hemma.notices import tasks
from hemma.notices.actions import choose, forget, let_through, read_all, write_word
from hemma.notices.models import Notice, Word
from hemma.notices.queries import my_notices, neighbour, unread_count
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.routing.actions import put_on_call
from hemma.workday.actions import set_mode
from hemma.workday.queries import reach
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(company):
    """Amanda works on Thursday as in her picture, and on Friday from 8; Tina from 8 to 17."""
    company.amandas_day()
    company.shift(company.amanda, at(8, day=20), at(16, day=20))
    company.shift(company.tina, at(8), at(17))
    return company


def shown(person):
    return [one.kind for one in my_notices(person)]


def events(kind, person):
    return [
        (one.kind, one.at)
        for one in Event.objects.filter(kind=kind, subject_key=person.journal_key).order_by("at")
    ]


@pytest.mark.requirement("S0-14", "S4-10")
def test_what_tina_writes_at_half_past_eight_in_the_evening_arrives_when_amanda_starts(week):
    """S0-14, S4-10: held to the start of the next shift by default; the journal proves it."""
    with clock.moved_to(at(20, 30)):
        write_word(actor=week.tina, person=week.amanda, text="Bra jobbat i dag!")
        assert let_through() == 0
        assert shown(week.amanda) == []
    with clock.moved_to(at(7, 59, day=20)):
        assert let_through() == 0
    with clock.moved_to(at(8, 0, day=20)):
        assert let_through() == 1
        assert shown(week.amanda) == ["notices.word"]
    (held,) = events("notices.held", week.amanda)
    (passed,) = events("notices.shown", week.amanda)
    assert held[1] < at(20, 31)
    assert passed[1] >= at(8, day=20)


@pytest.mark.requirement("S0-14", "S4-7")
def test_the_composer_says_who_is_off_and_when_it_arrives(week, client):
    """S0-14, S4-7: the one who writes is told so before they send."""
    sign_in(client, week.tina)
    address = reverse("notices:write", args=[week.amanda.pk])
    with clock.moved_to(at(20, 30)):
        words = text_of(client.get(address).content.decode())
        assert "Amanda är ledig." in words
        assert "i morgon 08:00" in words
        assert "Lämna det till dess" in words
    with clock.moved_to(at(12)):
        assert "upptagen till 12:30" in text_of(client.get(address).content.decode())
    with clock.moved_to(at(9, 30)):
        assert "Dina ord kommer fram direkt." in text_of(client.get(address).content.decode())
    with clock.moved_to(at(20, 30)):
        assert client.post(address, {"text": "Hej!"}).status_code == 302
    assert Word.objects.get().text == "Hej!"


@pytest.mark.requirement("S0-8")
def test_in_focus_and_on_a_meal_break_words_wait_until_it_is_over(week):
    """S0-8: held messages are delivered at 10:45, when the focus ends."""
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    with clock.moved_to(at(10, 5)):
        write_word(actor=week.bengt, person=week.amanda, text="Har du en minut?")
        assert let_through() == 0
    with clock.moved_to(at(10, 46)):  # a recess by plan
        assert let_through() == 0
    with clock.moved_to(at(11)):
        assert let_through() == 1


@pytest.mark.requirement("S0-13")
def test_whoever_has_gone_home_hears_nothing_more_although_the_shift_goes_on(week):
    """S0-13: no notice after the shutdown until the next shift."""
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    with clock.moved_to(at(15)):
        set_mode(actor=week.amanda, mode="off")
        put_in_outbox(kind="case.mentioned", person=week.amanda, about="case:1")
        relay.tell_rooms()
        assert let_through() == 0
        assert reach(SYSTEM, week.amanda).opens_at == at(8, day=20)
    with clock.moved_to(at(8, 1, day=20)):
        assert let_through() == 1


@pytest.mark.requirement("S4-27")
def test_what_kim_thanks_for_reaches_amanda_at_work(week):
    with clock.moved_to(at(7)):
        put_in_outbox(kind="portal.thanks", person=week.amanda, about="case:1")
        relay.tell_rooms()
        assert let_through() == 0
    with clock.moved_to(at(9, 30)):
        let_through()
        assert shown(week.amanda) == ["portal.thanks"]


def test_an_absence_moves_the_border_to_the_next_shift_one_comes_to(week):
    from hemma.planning.actions import add_absence

    add_absence(actor=SYSTEM, person=week.amanda, starts_at=at(0, day=20), ends_at=at(23, day=20))
    with clock.moved_to(at(20, 30)):
        assert reach(week.tina, week.amanda).opens_at is None
        write_word(actor=week.tina, person=week.amanda, text="Krya på dig")
    with clock.moved_to(at(9, day=20)):
        assert let_through() == 0


@pytest.mark.requirement("S4-9")
def test_only_the_list_of_those_on_call_reaches_anybody_in_rest_time(week):
    """S4-9: on call by list only; everything else of the same night waits."""
    queue = Queue.objects.create(
        name="Björkvik", programme="Björkvik", team=week.team, answer_within=timedelta(hours=8)
    )
    put_on_call(actor=SYSTEM, queue=queue, person=week.amanda, starts_at=at(20), ends_at=at(23))
    with clock.moved_to(at(21)):
        for person in (week.amanda, week.bengt):
            put_in_outbox(kind="routing.on_call", person=person, about="case:1")
        put_in_outbox(kind="case.mentioned", person=week.amanda, about="case:1")
        relay.tell_rooms()
        assert let_through() == 1
        assert shown(week.amanda) == ["routing.on_call"]
    with clock.moved_to(at(23, 30)):
        put_in_outbox(kind="routing.on_call", person=week.amanda, about="case:2")
        relay.tell_rooms()
        assert let_through() == 0


@pytest.mark.requirement("S0-14")
def test_the_line_on_every_page_is_silent_in_ones_own_time(week, client):
    """S0-14: outside of the hours nothing asks to be read."""
    with clock.moved_to(at(9, 30)):
        write_word(actor=week.tina, person=week.amanda, text="Hej")
        let_through()
        assert unread_count(week.amanda) == 1
        sign_in(client, week.amanda)
        assert "1 sak" in text_of(client.get(reverse("notices:line")).content.decode())
    with clock.moved_to(at(20)):
        assert unread_count(week.amanda) == 0
    with clock.moved_to(at(9, 40)):
        read_all(actor=week.amanda)
        assert unread_count(week.amanda) == 0


def test_each_kind_can_be_turned_off_and_on_again(week, client):
    sign_in(client, week.amanda)
    client.post(reverse("notices:choose"), {"wanted": ["waiting", "plan", "customer"]})
    with clock.moved_to(at(9, 30)):
        put_in_outbox(kind="case.mentioned", person=week.amanda, about="case:1")
        relay.tell_rooms()
        assert let_through() == 0
        choose(actor=week.amanda, wanted={"case"})
        put_in_outbox(kind="case.mentioned", person=week.amanda, about="case:1")
        relay.tell_rooms()
        assert let_through() == 1


def test_charlie_of_another_team_can_neither_write_to_amanda_nor_read_what_is_hers(week, client):
    with clock.moved_to(at(9, 30)):
        write_word(actor=week.bengt, person=week.amanda, text="hemligt")
        let_through()
        with pytest.raises(NotVisible):
            neighbour(week.charlie, week.amanda.pk)
        with pytest.raises(NotVisible):
            write_word(actor=week.charlie, person=week.amanda, text="x")
        for other in (week.charlie, week.tina):
            sign_in(client, other)
            assert "hemligt" not in client.get(reverse("notices:mine")).content.decode()
        sign_in(client, week.amanda)
        assert "hemligt" in client.get(reverse("notices:mine")).content.decode()


def test_nothing_is_kept_longer_than_ninety_days(week):
    with clock.moved_to(at(9, 30)):
        write_word(actor=week.bengt, person=week.amanda, text="x")
    with clock.moved_to(at(9, 30) + timedelta(days=91)):
        assert forget() > 0
    assert not Notice.objects.exists()
    assert not Word.objects.exists()


def test_every_kind_that_rooms_leave_for_a_person_is_heard_by_this_room():
    from hemma.notices.actions import SORT_OF
    from hemma.notices.words import what

    for kind, sort in SORT_OF.items():
        assert "notices" in relay.readers()[kind]
        assert what(Notice(kind=kind, sort=sort))
    assert tasks.let_through is not None
