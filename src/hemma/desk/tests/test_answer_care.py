"""Answers with care: acknowledgements, ten seconds to take back, signatures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.desk import actions
from hemma.desk.mail_models import Acknowledged, MailboxSetup
from hemma.desk.models import Case, Mailbox, Message, OutgoingMail
from hemma.lib import clock

# -- acknowledgement


@pytest.fixture
def acknowledging(room):
    MailboxSetup.objects.create(mailbox=room.mailbox, acknowledges=True)


def test_kim_is_told_at_once_number_and_time_in_her_language(room, make_mail, acknowledging):
    text = "Hei, jeg har fått feil regning. Hva gjør jeg nå?"
    room.mail_in(make_mail(text=text))
    case, sent = Case.objects.get(), OutgoingMail.objects.get()
    assert sent.to_address == "kim@example.org"
    assert case.reference in sent.message.text
    assert "klokken 13:37" in sent.message.text
    assert sent.message.direction == "auto"
    assert case.state == "open"


@pytest.mark.parametrize(
    "more",
    [
        {"headers": ["Auto-Submitted: auto-generated"]},
        {"headers": ["List-Id: <news.example.org>"]},
        {"headers": ["Precedence: bulk"]},
        {"headers": ["X-Auto-Response-Suppress: All"]},
        {"headers": ["Return-Path: <>"]},
        {"sender": "No <no-reply@shop.example>"},
        {"sender": "Us <support@bjorkvik.example>"},
    ],
)
def test_machines_lists_and_ourselves_get_no_acknowledgement(room, make_mail, acknowledging, more):
    room.mail_in(make_mail(**more))
    assert not OutgoingMail.objects.exists()


def test_an_address_is_acknowledged_once_an_hour_so_no_loop_can_turn(
    room, make_mail, acknowledging
):
    for n in range(50):
        room.mail_in(make_mail(message_id=f"{n}@robot", subject=f"Autosvar {n}"))
    assert Case.objects.count() == 50
    assert OutgoingMail.objects.count() == 1
    assert Acknowledged.objects.get().address == "kim@example.org"
    clock.advance(timedelta(minutes=61))
    room.mail_in(make_mail(message_id="later@kim"))
    assert OutgoingMail.objects.count() == 2


# -- ten seconds


def test_amanda_takes_her_answer_back_within_ten_seconds(room, client):
    case = room.case_from_kim()
    before = (case.state, case.waiting_since, case.promised_at)
    client.force_login(room.amanda)
    once = "6a8f0c52-9df5-4bd4-a2b5-9f4f6f0f6a11"
    form = {"text": "Hej Kim, fel ord!", "then": "solved", "once": once}
    page = client.post(reverse("desk:answer", args=[case.number]), form, follow=True)
    sent = OutgoingMail.objects.get()
    assert f"/answer/{sent.pk}/back/" in page.content.decode()
    with clock.moved_to(sent.queued_at + timedelta(seconds=5)):
        assert actions.send(message_id=sent.pk) == "", "nothing leaves within the ten seconds"
        client.post(reverse("desk:take_back", args=[case.number, sent.pk]))
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.promised_at) == before
    assert not OutgoingMail.objects.exists()
    assert (
        "Hej Kim, fel ord!" in client.get(reverse("desk:case", args=[case.number])).content.decode()
    )


def test_after_ten_seconds_or_by_someone_else_it_can_not_be_taken_back(room, answer, client):
    sent = answer(room.amanda, room.case_from_kim()).message
    url = reverse("desk:take_back", args=[sent.case.number, sent.pk])
    client.force_login(room.bengt)
    client.post(url)
    client.force_login(room.amanda)
    clock.advance(timedelta(seconds=11))
    page = client.post(url, follow=True).content.decode()
    assert "Det har redan gått i väg" in page
    assert OutgoingMail.objects.get().state == "queued"


def test_an_answer_carries_the_mailboxs_signature_and_our_own_address(room, answer):
    from hemma.desk.actions import sending
    from hemma.lib.mail import outgoing

    MailboxSetup.objects.create(mailbox=room.mailbox, signature="Björkvik Energi\n0771-00 00 00")
    sent = answer(room.amanda, room.case_from_kim()).message
    Message.objects.filter(pk=sent.pk).update(from_address="boss@elsewhere.example")
    built = outgoing.build(sending._answer(OutgoingMail.objects.get()))
    said = built.get_content().replace("\r\n", "\n")
    assert said.count("\n-- \nBjörkvik Energi") == 1
    assert built["From"].addresses[0].addr_spec == Mailbox.objects.get().address


# -- what every first answer says


def as_sent(message) -> str:
    """The text of the mail that leaves with this answer."""
    from hemma.desk.actions import sending
    from hemma.lib.mail import outgoing

    row = OutgoingMail.objects.get(message=message)
    return outgoing.build(sending._answer(row)).get_content().replace("\r\n", "\n")


@pytest.mark.requirement("S4-27")
@pytest.mark.parametrize(
    ("then", "hours", "says"),
    [
        ("answered", 3, "Du hör av oss igen senast den 19 november klockan 12:37."),
        ("answered", None, "När du svarar går vi vidare."),
        ("solved", None, "Vi tror att det här är löst. Är det inte det, svara på det här mejlet."),
    ],
)
def test_kims_first_answer_says_number_who_and_what_comes_next(room, answer, then, hours, says):
    promised = clock.now() + timedelta(hours=hours) if hours else None
    case = room.case_from_kim()
    said = as_sent(answer(room.amanda, case, then=then, promised_at=promised).message)
    own = said.partition("\n>")[0]
    assert case.reference in own
    assert "Amanda, Björkvik Energi" in own
    assert says in own


def test_what_the_words_say_already_is_not_said_twice_and_a_second_answer_says_no_more(
    room, answer
):
    case = room.case_from_kim()
    first = answer(room.amanda, case, text=f"Hej! Det gäller {case.reference}.\n\nAmanda").message
    said = as_sent(first).partition("\n>")[0]
    assert said.count(case.reference) == 1
    assert said.count("Amanda") == 1
    second = answer(room.amanda, case, text="En sak till.").message
    assert as_sent(second).startswith("En sak till.\n\n")
    assert "Amanda, Björkvik" not in as_sent(second).partition("\n>")[0]


@pytest.mark.requirement("S2-2")
def test_nothing_that_kim_gets_says_where_amanda_and_bengt_sit(room, answer):
    """Amanda at home and Bengt in the office: two answers that differ in the name alone."""
    mails = []
    for person in (room.amanda, room.bengt):
        case = room.case_from_kim()
        said = as_sent(answer(person, case, text="Pengarna är på väg.").message)
        said = said.partition("\n>")[0].replace(case.reference, "H-0")
        mails.append(said.replace(person.first_name, "NAME"))
    assert mails[0] == mails[1]
    for word in ("hemma", "hem ", "kontor", "plats", room.queue.team.site.name.lower()):
        assert word not in mails[0].lower()


# -- our hours (S4-10)


@pytest.fixture
def office_hours(room):
    room.queue.opening.all().delete()
    for weekday in range(5):
        room.queue.opening.create(weekday=weekday, opens="08:00", closes="17:00")
    room.queue.opening.create(weekday=5, opens="10:00", closes="14:00")


@pytest.mark.requirement("S4-10")
def test_below_every_answer_stands_when_we_are_here(room, answer, office_hours):
    """S4-10: the standing statement in signatures, in the customer's language."""
    text = as_sent(answer(room.amanda, room.case_from_kim()).message)
    said = "Vi är här måndag–fredag 08:00–17:00, lördag 10:00–14:00."
    below = " ".join(text.split("\n-- \n")[1].split())
    assert below.startswith(f"{said} Däremellan är vi lediga, och svarar när vi är tillbaka.")


@pytest.mark.requirement("S4-10")
def test_the_answer_that_goes_out_by_itself_says_it_too(
    room, make_mail, acknowledging, office_hours
):
    room.mail_in(make_mail(text="Hei, jeg har fått feil regning. Hva gjør jeg nå?"))
    text = as_sent(OutgoingMail.objects.get().message)
    assert "Vi er her mandag–fredag 08:00–17:00, lørdag 10:00–14:00." in " ".join(text.split())


@pytest.mark.requirement("S4-10")
def test_hours_stand_below_the_signature_unless_the_mailbox_leaves_them_out(
    room, answer, office_hours
):
    setup = MailboxSetup.objects.create(mailbox=room.mailbox, signature="Björkvik Energi")
    sent = answer(room.amanda, room.case_from_kim()).message
    assert "\n-- \nBjörkvik Energi\n\nVi är här" in as_sent(sent)
    setup.says_hours = False
    setup.save()
    assert as_sent(sent).rstrip().split("\n>")[0].count("Vi är här") == 0


def test_a_queue_that_never_closes_or_has_no_hours_says_nothing_of_them(room, answer):
    room.queue.opening.all().delete()
    sent = answer(room.amanda, room.case_from_kim()).message
    assert "Vi är här" not in as_sent(sent)
    for weekday in range(7):
        room.queue.opening.create(weekday=weekday, opens="00:00", closes="00:00")
    assert "Vi är här" not in as_sent(sent)
