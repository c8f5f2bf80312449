"""The room of cases as people use it, and as those who are not in it do not."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemma.desk import actions, queries
from hemma.desk.models import Attachment, Case, Holding, Message, OutgoingMail, RawMail
from hemma.journal.models import Wakeup
from hemma.people.models import Look
from hemma.people.system import SYSTEM

PARTS = (
    "--b\r\nContent-Type: text/plain\r\n\r\nSe filen.\r\n--b\r\n"
    'Content-Type: text/html\r\nContent-Disposition: attachment; filename="kvitto å.html"\r\n\r\n'
    "<script>alert(1)</script>\r\n--b--"
)


def fields(text="Hej Kim!", then="solved", once=None, **more):
    return {"text": text, "then": then, "once": str(once or uuid.uuid4()), **more}


def case_with_file(room, make_mail):
    raw = make_mail(text=PARTS, message_id="file@kim").replace(
        b"Content-Type: text/plain; charset=utf-8",
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"',
        1,
    )
    room.mail_in(raw)
    return Case.objects.get()


def test_amanda_reads_answers_and_the_answer_is_on_its_way(room, client):
    case = room.case_from_kim()
    client.force_login(room.amanda)
    page = client.get(reverse("desk:case", args=[case.number]))
    assert "Kan ni titta på det?" in page.content.decode()
    sent = client.post(reverse("desk:answer", args=[case.number]), fields())
    assert sent.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.promised_at) == ("solved", None, None)
    assert OutgoingMail.objects.get().state == "queued"
    assert Wakeup.objects.filter(task="desk.send_mail").count() == 1
    assert not Holding.objects.filter(until=None).exists()


def test_pressing_send_twice_sends_once(room, client):
    case = room.case_from_kim()
    client.force_login(room.amanda)
    form = fields(then="answered")
    for _press in range(2):
        assert client.post(reverse("desk:answer", args=[case.number]), form).status_code == 302
    assert OutgoingMail.objects.count() == 1
    assert Wakeup.objects.filter(task="desk.send_mail").count() == 1


def test_an_empty_answer_or_a_time_that_has_passed_brings_everything_typed_back(room, client):
    case = room.case_from_kim()
    client.force_login(room.amanda)
    address = reverse("desk:answer", args=[case.number])
    late = fields(text="Mina ord", then="other", promised_at="2020-01-01T10:00")
    page = client.post(address, late)
    assert page.status_code == 422
    assert "Mina ord" in page.content.decode()
    assert client.post(address, fields(text="  ")).status_code == 422
    assert not Message.objects.filter(direction="out").exists()


def test_amanda_promises_to_come_back_and_keeps_the_case(room, client):
    case = room.case_from_kim()
    client.force_login(room.amanda)
    form = fields(then="other", promised_at="2026-11-20T12:00")
    client.post(reverse("desk:answer", args=[case.number]), form)
    case.refresh_from_db()
    assert case.promised_at.isoformat() == "2026-11-20T11:00:00+00:00"
    assert case.holdings.get(until=None).person == room.amanda


def test_bengt_cannot_answer_over_amanda_and_keeps_his_words(room, client):
    case = room.case_from_kim()
    actions.take(actor=room.amanda, case=case)
    client.force_login(room.bengt)
    page = client.post(reverse("desk:answer", args=[case.number]), fields(text="Bengts ord"))
    assert page.status_code == 422
    assert "Bengts ord" in page.content.decode()
    assert not OutgoingMail.objects.exists()


def test_of_two_who_take_a_case_one_has_it(room):
    case = room.case_from_kim()
    assert actions.take(actor=room.amanda, case=case) == room.amanda
    assert actions.take(actor=room.bengt, case=case) == room.amanda
    actions.hand_to(actor=room.amanda, case=case, person=room.bengt)
    assert queries.holder_of(room.tina, case) == room.bengt
    actions.release(actor=room.tina, case=case)
    assert queries.holder_of(room.tina, case) is None


def test_charlie_gets_404_on_everything_and_it_is_written_down(room, client, make_mail):
    case = case_with_file(room, make_mail)
    file = Attachment.objects.get()
    gets = [
        reverse("desk:case", args=[case.number]),
        reverse("desk:case_now", args=[case.number]),
        reverse("desk:attachment", args=[file.pk]),
        reverse("desk:set_aside"),
    ]
    verbs = ("answer", "take", "release", "hand_over")
    posts = [reverse(f"desk:{verb}", args=[case.number]) for verb in verbs]
    client.force_login(room.amanda)
    assert all(client.get(address).status_code == 200 for address in gets[:3])
    client.force_login(room.charlie)
    assert [client.get(address).status_code for address in gets] == [404] * len(gets)
    assert [client.post(address, fields()).status_code for address in posts] == [404] * len(posts)
    refusals = Look.objects.filter(viewer=room.charlie, outcome="refused", kind="desk.case")
    assert refusals.filter(about=f"case:{case.number}").count() == 6
    assert refusals.filter(about=f"attachment:{file.pk}").count() == 1
    for fragment in ("list", "mine", "queues"):
        shown = client.get(f"/cases/{fragment}/?tab=team&q=kim").content.decode()
        assert case.subject not in shown
        assert room.queue.name not in shown


def test_a_customers_file_is_saved_and_never_shown(room, client, make_mail):
    case_with_file(room, make_mail)
    client.force_login(room.amanda)
    response = client.get(reverse("desk:attachment", args=[Attachment.objects.get().pk]))
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''kvitto%20")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_tina_finds_a_mail_that_was_set_aside_and_makes_it_a_case(room, client, make_mail):
    room.mail_in(make_mail(headers=["List-Id: <news.example>"]))
    client.force_login(room.tina)
    assert "kim" in client.get(reverse("desk:set_aside")).content.decode().lower()
    raw = RawMail.objects.get()
    client.post(reverse("desk:take_in_again", args=[raw.pk]))
    assert Case.objects.count() == 1
    client.force_login(room.amanda)
    assert client.get(reverse("desk:set_aside")).status_code == 404


@pytest.mark.parametrize("name", ["cases", "list", "mine", "queues", "case"])
def test_a_longer_list_asks_no_more_questions(room, client, name):
    def asked():
        address = f"/cases/{number}/" if name == "case" else reverse(f"desk:{at}") + "?tab=team"
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    at = {"mine": "my_cases", "queues": "queue_health"}.get(name, name)
    number = room.case_from_kim().number
    client.force_login(room.amanda)
    for case in Case.objects.all():
        actions.take(actor=room.amanda, case=case)
    asked()
    few = asked()
    for _more in range(6):
        actions.take(actor=room.amanda, case=room.case_from_kim())
    assert asked() == few


def test_the_router_is_told_what_waits_and_who_helped_before(room):
    first = room.case_from_kim()
    actions.take(actor=room.bengt, case=first)
    second = room.case_from_kim("Och en sak till")
    [row] = queries.waiting(SYSTEM)
    assert (row.case_id, row.earlier_person_id) == (second.pk, room.bengt.pk)
    assert queries.held_counts(SYSTEM, [room.bengt.pk]) == {room.bengt.pk: 1}
    assert queries.waiting_by_queue(SYSTEM) == {room.queue.name: 2}
    [health] = queries.queue_health(room.tina)
    assert (health.unheld, health.in_hand, health.late, health.is_open) == (1, 1, 0, True)


def test_search_finds_by_customer_subject_and_number(room):
    case = room.case_from_kim()
    for text in ("kim", "HOLM", "dragen", str(case.number), case.reference.lower()):
        assert list(queries.case_page(room.amanda, queries.Filters(text=text))) == [case]
    assert not list(queries.case_page(room.amanda, queries.Filters(text="zzz")))
    assert not list(queries.case_page(room.charlie, queries.Filters(text="kim")))


def test_words_written_while_signed_out_come_back_and_nothing_is_sent(room, client):
    case = room.case_from_kim()
    page = client.post(reverse("desk:answer", args=[case.number]), fields(text="Mina ord"))
    assert page.status_code == 401
    assert "Mina ord" in page.content.decode()
    assert not OutgoingMail.objects.exists()
