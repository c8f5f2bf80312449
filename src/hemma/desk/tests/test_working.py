"""Amanda and Bengt at work on cases: together, and with a way back."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.desk import actions, queries
from hemma.desk.models import Case, Draft, Holding, Message, Note, OutgoingMail, Undo
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible

CARD = "4111 1111 1111 1111"


@pytest.fixture
def amanda(room, client):
    client.force_login(room.amanda)
    return client


def post(client, at, /, *args, **data):
    return client.post(reverse(f"desk:{at}", args=args), data, follow=True).content.decode()


def test_amanda_solves_by_mistake_and_takes_it_back(room, amanda):
    case = room.case_from_kim()
    actions.take(actor=room.amanda, case=case)
    case.refresh_from_db()
    before = (case.state, case.waiting_since, case.promised_at)
    page = post(amanda, "move", case.number, to="solved")
    case.refresh_from_db()
    assert case.state == "solved"
    assert not Holding.objects.filter(until=None).exists()
    token = Undo.objects.get().pk
    assert str(token) in page
    post(amanda, "undo", token)
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.promised_at) == before
    assert queries.holder_of(room.amanda, case) == room.amanda


def test_what_the_customer_did_since_is_never_undone(room):
    case = room.case_from_kim()
    token = actions.solve(actor=room.amanda, case=case)
    actions.reopen(actor=room.bengt, case=case)
    with pytest.raises(ValidationError):
        actions.undo(actor=room.amanda, token=token)
    with pytest.raises(NotVisible):
        actions.undo(actor=room.bengt, token=token)


def test_a_merged_case_reads_as_one_and_the_old_number_still_arrives(room, make_mail, amanda):
    first, second = room.case_from_kim("Fakturan"), room.case_from_kim("Samma sak igen")
    actions.merge(actor=room.amanda, case=first, into=second)
    assert len(queries.messages_of(room.amanda, second)) == 2
    assert amanda.get(f"/cases/{first.number}/")["Location"] == f"/cases/{second.number}/"
    room.mail_in(make_mail(subject=f"Sv: [{first.reference}] Fakturan", message_id="again@kim"))
    assert Message.objects.get(message_id="again@kim").case_id in {first.pk, second.pk}
    first.refresh_from_db()
    assert first.state == "solved"
    assert first.merged_into == second
    with pytest.raises(ValidationError):
        actions.solve(actor=room.amanda, case=first)


def test_a_merge_is_taken_back_whole(room):
    first, second = room.case_from_kim("Fakturan"), room.case_from_kim("Samma sak igen")
    token = actions.merge(actor=room.amanda, case=first, into=second)
    actions.undo(actor=room.amanda, token=token)
    first.refresh_from_db()
    assert (first.state, first.merged_into) == ("open", None)
    assert len(queries.messages_of(room.amanda, second)) == 1


def test_two_customers_words_are_never_put_in_one_case(room):
    first = room.case_from_kim()
    other = room.case_from_kim(sender="Rolf <rolf@example.org>")
    with pytest.raises(ValidationError):
        actions.merge(actor=room.amanda, case=first, into=other)
    actions.link(actor=room.amanda, case=first, other=other)
    assert queries.beside(room.amanda, other).linked == [first]
    actions.unlink(actor=room.amanda, case=first, other=other)
    assert queries.beside(room.amanda, other).linked == []


def test_splitting_gives_letters_a_case_of_their_own_and_back(room, answer):
    case = room.case_from_kim()
    sent = answer(room.amanda, case).message
    new = actions.split(actor=room.amanda, case=case, messages=[sent.pk], subject="Elmätaren")
    assert [m.pk for m in queries.messages_of(room.amanda, new)] == [sent.pk]
    token = actions.way_back_from_split(actor=room.amanda, case=case, new=new)
    actions.undo(actor=room.amanda, token=token)
    assert len(queries.messages_of(room.amanda, case)) == 2
    with pytest.raises(ValidationError):
        actions.split(actor=room.amanda, case=case, messages=[], subject="")


def test_a_note_reaches_who_is_mentioned_and_never_an_outsider(room):
    case = room.case_from_kim()
    note = actions.add_note(
        actor=room.amanda,
        case=case,
        text=f"Kan du titta? {CARD}",
        mentions=[room.bengt, room.charlie],
    )
    assert [one.name for one in note.mentions.all()] == ["Bengt Olsson"]
    assert "4111 1111" not in note.text
    told = OutboxMessage.objects.filter(kind="case.mentioned")
    assert [one.person_key for one in told] == [room.bengt.journal_key]
    with pytest.raises(NotVisible):
        actions.take_note_back(actor=room.bengt, note=note)
    actions.take_note_back(actor=room.amanda, note=note)
    assert not Note.objects.exists()


def test_bengt_gets_the_case_with_a_word_on_the_way(room, amanda):
    case = room.case_from_kim()
    page = post(amanda, "hand_over", case.number, person=room.bengt.pk, note="Ring efter tolv.")
    assert "Ring efter tolv." in page
    assert queries.holder_of(room.amanda, case) == room.bengt


def test_a_case_put_away_is_offered_to_nobody_until_its_time_or_the_customer_comes(room, make_mail):
    case = room.case_from_kim()
    until = clock.now() + timedelta(hours=1)
    actions.snooze(actor=room.amanda, case=case, until=until)
    assert queries.waiting(SYSTEM) == []
    assert queries.counts_of_tabs(room.amanda)["later"] == 1
    with clock.moved_to(until + timedelta(minutes=1)):
        actions.wake(case_id=case.pk)
        assert len(queries.waiting(SYSTEM)) == 1
    actions.snooze(actor=room.amanda, case=case, until=until)
    room.mail_in(make_mail(subject=f"Sv: [{case.reference}]", message_id="two@kim"))
    assert queries.counts_of_tabs(room.amanda)["later"] == 0
    with pytest.raises(ValidationError):
        actions.snooze(actor=room.amanda, case=case, until=clock.now() + timedelta(days=30))


def test_many_at_once_meet_the_same_checks_and_one_way_leads_back(room, amanda):
    cases = [room.case_from_kim(f"Fråga {number}") for number in range(3)]
    actions.take(actor=room.bengt, case=cases[0])
    page = post(amanda, "several", case=[case.number for case in cases], verb="solve")
    assert "Bengt" in page
    assert Case.objects.filter(state="solved").count() == 2
    post(amanda, "undo", Undo.objects.get().pk)
    assert Case.objects.filter(state="open").count() == 3
    other = actions.do_to_many(
        actor=room.charlie, numbers=[case.number for case in cases], verb="solve"
    )
    assert other.numbers == []


def test_one_answer_reaches_everyone_in_the_incident_once(room, amanda):
    incident = actions.open_incident(actor=room.amanda, queue=room.queue, title="Strömavbrott")
    cases = [
        room.case_from_kim(f"Mörkt {n}", sender=f"Kund{n} <k{n}@example.org>") for n in range(3)
    ]
    for case in cases:
        actions.put_in_incident(actor=room.amanda, case=case, incident=incident)
    actions.take(actor=room.bengt, case=cases[2])
    form = {"text": "Strömmen är tillbaka.", "then": "solved", "once": str(uuid4())}
    form["case"] = [case.number for case in cases]
    pages = [post(amanda, "answer_incident", incident.pk, **form) for _press in range(2)]
    assert "Bengt" in pages[0]
    assert sorted(OutgoingMail.objects.values_list("to_address", flat=True)) == [
        "k0@example.org",
        "k1@example.org",
    ]
    with pytest.raises(NotVisible):
        queries.incident_for(room.charlie, incident.pk)


def test_a_call_is_logged_by_hand_and_the_caller_is_known_next_time(room, amanda):
    told = {
        "how": "phone",
        "queue": room.queue.pk,
        "name": "Rolf Lindqvist",
        "phone": "070-123 45 67",
        "subject": "Fel namn på biljetten",
        "text": f"Kortet är {CARD}",
        "once": str(uuid4()),
    }
    page = post(amanda, "new", **told)
    assert "Fel namn på biljetten" in page
    post(amanda, "new", **told, solved="on")
    first, second = Case.objects.order_by("pk")
    assert first.customer == second.customer
    assert (first.channel, first.state, second.state) == ("phone", "open", "solved")
    assert "4111 1111" not in first.messages.get().text


def test_amanda_writes_first_and_kims_answer_would_come_to_that_case(room, amanda):
    told = {
        "how": "write",
        "queue": room.queue.pk,
        "email": "kim@example.org",
        "subject": "Din nya mätare",
        "text": "Vi byter den på tisdag.",
        "once": str(uuid4()),
    }
    for _press in range(2):
        post(amanda, "new", **told)
    assert OutgoingMail.objects.get().to_address == "kim@example.org"
    assert Case.objects.get().state == "answered"


@pytest.mark.requirement("S1-17")
def test_an_instruction_has_versions_and_is_counted_but_never_named(room, amanda):
    first = actions.publish_instruction(
        actor=room.tina, queue=room.queue, title="Dubbel dragning", text="Jämför.\nBetala."
    )
    case = room.case_from_kim()
    assert "Betala." in amanda.get(f"/cases/{case.number}/").content.decode()
    second = actions.publish_instruction(
        actor=room.tina, queue=room.queue, title="dubbel dragning", text="Ring.", must_read=True
    )
    page = amanda.get(f"/cases/{case.number}/").content.decode()
    assert "Ring." in page
    assert "Betala." not in page
    assert (first.number, second.number) == (1, 2)
    [unread] = queries.unread_counts(room.tina)
    assert unread.unread == 2
    post(amanda, "confirm_read", second.pk)
    assert queries.unread_counts(room.tina)[0].unread == 1
    assert queries.unread_counts(room.amanda) == []
    with pytest.raises(NotVisible):
        actions.publish_instruction(actor=room.amanda, queue=room.queue, title="x", text="y")


@pytest.mark.requirement("S3-30")
def test_within_the_mandate_amanda_decides_above_it_tina_answers(room, amanda):
    actions.set_mandate(actor=room.tina, queue=room.queue, up_to=Decimal(2000))
    case = room.case_from_kim()
    own = actions.decide(actor=room.amanda, case=case, amount=Decimal(2000), what="Betala åter")
    above = actions.decide(actor=room.amanda, case=case, amount=Decimal(2001), what="Mer")
    assert (own.state, above.state) == ("decided", "asked")
    assert above.answer_by == above.at + timedelta(minutes=15)
    assert OutboxMessage.objects.filter(kind="case.decision_asked").count() == 1
    with pytest.raises(NotVisible):
        actions.answer_decision(actor=room.bengt, decision_id=above.pk, agreed=True)
    actions.answer_decision(
        actor=room.tina, decision_id=above.pk, agreed=True, answer="Ja, gör det"
    )
    assert "Ja, gör det" in amanda.get(f"/cases/{case.number}/").content.decode()


def test_a_saved_reply_is_shown_filled_and_added_to_what_is_written(room, amanda):
    reply = actions.save_reply(
        actor=room.amanda, queue=room.queue, title="Tack", text="Hej {first_name}! /{my_name}"
    )
    case = room.case_from_kim()
    assert "Hej Kim! /Amanda" in amanda.get(f"/cases/{case.number}/").content.decode()
    page = amanda.post(f"/cases/{case.number}/answer/", {"text": "Först.", "reply": reply.pk})
    assert "Först.\n\nHej Kim! /Amanda" in page.content.decode()
    assert not OutgoingMail.objects.exists()
    with pytest.raises(ValidationError):
        actions.save_reply(actor=room.amanda, queue=room.queue, title="x", text="{frist_name}")


def test_words_survive_a_lost_session_and_somebody_else_taking_the_case(room, amanda, client):
    case = room.case_from_kim()
    assert post(amanda, "draft", case.number, text="Hej Kim, jag") == ""
    actions.take(actor=room.bengt, case=case)
    client.logout()
    client.force_login(room.amanda)
    assert "Hej Kim, jag" in client.get(f"/cases/{case.number}/").content.decode()
    client.force_login(room.bengt)
    assert "Hej Kim, jag" not in client.get(f"/cases/{case.number}/").content.decode()
    actions.answer(actor=room.bengt, case=case, text="Hej!", once=uuid4(), then="solved")
    assert Draft.objects.get().person == room.amanda


def test_two_who_read_the_same_case_know_it_and_nobody_else_does(room, amanda):
    case = room.case_from_kim()
    post(amanda, "looking", case.number)
    assert queries.who_else_looks(room.bengt, case) == [room.amanda]
    assert queries.who_else_looks(room.amanda, case) == []
    assert queries.who_else_looks(room.charlie, case) == []
    with clock.moved_to(clock.now() + timedelta(minutes=2)):
        assert queries.who_else_looks(room.bengt, case) == []


def test_tags_narrow_a_list_that_can_be_saved(room, amanda):
    case, _other = room.case_from_kim("Med"), room.case_from_kim("Utan")
    actions.set_tags(actor=room.amanda, case=case, names=["Flytt", "elavtal "])
    found = queries.case_page(room.amanda, queries.Filters(tag="flytt"))
    assert list(found) == [case]
    page = post(amanda, "save_view", name="Flyttar", query="tag=flytt&page=3&x=1")
    assert "Flyttar" in page
    assert "Utan" not in page
    [view] = queries.views_of(room.amanda)
    assert view.query == "tag=flytt"
    actions.forget_view(actor=room.bengt, view_id=view.pk)
    assert queries.views_of(room.amanda) == [view]
