"""Colleagues read each other's answers, when whoever wrote wants it; nobody else learns of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.desk import actions, queries
from hemma.desk.models import Message, OutgoingMail, Reading
from hemma.desk.queries.readings import reading_to_do
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.visibility import NotVisible


@pytest.fixture
def sent(room, answer):
    """An answer of Amanda's that has left."""
    message = answer(room.amanda, room.case_from_kim()).message
    OutgoingMail.objects.update(state="sent")
    return message


@pytest.mark.requirement("S4-27")
def test_amanda_chooses_an_answer_bengt_reads_it_and_only_they_know(room, sent, client):
    client.force_login(room.amanda)
    client.post(reverse("desk:ask_reading", args=[sent.pk]))
    [reading] = queries.readings_to_do(room.bengt)
    assert reading.message == sent
    client.force_login(room.bengt)
    page = client.get(reverse("desk:readings")).content.decode()
    assert "Pengarna är på väg" in page
    assert "Kan ni titta på det?" in page
    told = {"clear": "on", "warm": "on", "words": "Säg gärna vilken dag pengarna kommer."}
    client.post(reverse("desk:tell_reading", args=[reading.pk]), told)
    client.force_login(room.amanda)
    assert "vilken dag pengarna kommer" in client.get(reverse("desk:readings")).content.decode()
    [mine] = queries.readings_told(room.amanda)
    assert (mine.clear, mine.next_step, mine.warm) == (True, False, True)
    for other in (room.tina, room.charlie):
        assert queries.readings_told(other) == queries.readings_to_do(other) == []
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert {"desk.reading_asked", "desk.reading_told"} <= kinds


@pytest.mark.requirement("S4-27")
def test_chance_chooses_among_amandas_own_answers_of_the_week(room, sent, answer):
    answer(room.bengt, room.case_from_kim())
    reading = actions.draw_reading(actor=room.amanda)
    assert (reading.message, reading.drawn, reading.reader) == (sent, True, room.bengt)
    with pytest.raises(ValidationError):
        actions.draw_reading(actor=room.amanda)


def test_nobody_reads_their_own_and_tina_who_leads_is_never_asked(room, sent):
    for _turn in range(5):
        assert actions.ask_reading(actor=room.amanda, message_id=sent.pk).reader == room.bengt
        actions.take_reading_back(actor=room.amanda, message_id=sent.pk)
    assert not Reading.objects.exists()


def test_bengt_passes_it_on_and_with_nobody_else_it_comes_to_nothing(room, sent):
    reading = actions.ask_reading(actor=room.amanda, message_id=sent.pk)
    actions.pass_reading_on(actor=room.bengt, reading_id=reading.pk)
    assert not Reading.objects.exists()


def test_amanda_cannot_offer_bengts_answer_and_charlie_cannot_read_it(room, sent):
    reading = actions.ask_reading(actor=room.amanda, message_id=sent.pk)
    assert reading_to_do(room.bengt, reading.pk) == reading
    with pytest.raises(NotVisible):
        reading_to_do(room.charlie, reading.pk)
    with pytest.raises(NotVisible):
        actions.ask_reading(actor=room.bengt, message_id=sent.pk)
    letter = Message.objects.filter(direction="in").first()
    with pytest.raises(NotVisible):
        actions.ask_reading(actor=room.amanda, message_id=letter.pk)


def test_after_ninety_days_nothing_is_left_of_it(room, sent):
    actions.ask_reading(actor=room.amanda, message_id=sent.pk)
    clock.advance(actions.readings.KEPT_FOR - timedelta(days=1))
    assert actions.forget_readings() == 0
    clock.advance(timedelta(days=2))
    assert actions.forget_readings() == 1
