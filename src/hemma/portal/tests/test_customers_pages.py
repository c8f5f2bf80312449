"""Kim writes through a form, follows the case, and reaches a person; machines and others do not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hemma.desk import actions as desk
from hemma.desk import demo as desk_demo
from hemma.desk.models import Case, Customer, Message, OutgoingMail
from hemma.desk.queries import everything_about
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people import demo as people_demo
from hemma.people.demo import DemoCompany
from hemma.people.system import SYSTEM
from hemma.portal import actions, pace, queries, secrets_of
from hemma.portal import demo as portal_demo
from hemma.portal.models import CallBack, Remark, Satisfaction

FIELDS = {
    "name": "Kim Holm",
    "email": "kim@example.org",
    "subject": "La factura",
    "text": "Me han cobrado dos veces.",
}
FORM = "/help/es/to/bjorkvik/"


def page_of(case, lang="es", verb="own"):
    return reverse(f"portal:{verb}", args=[lang, case.number, secrets_of.code_of(case.number)])


@pytest.fixture
def case(room, door):
    return room.case_from_kim()


def test_kim_writes_in_spanish_and_gets_a_number_a_time_and_a_mail(room, kim):
    answer = kim.sends(FORM, **FIELDS, phone="070 123 45 67")
    case = Case.objects.get()
    assert answer["Location"] == f"{page_of(case)}?new=1"
    assert (case.channel, case.customer.language, case.subject) == ("form", "es", "La factura")
    assert case.promised_at > clock.now()
    page = kim.get(answer["Location"])
    said = page.content.decode()
    assert page.headers["Content-Language"] == "es"
    assert case.reference in said
    assert secrets_of.code_of(case.number) in said
    assert "Me han cobrado dos veces." in said
    mail = OutgoingMail.objects.get()
    assert mail.to_address == "kim@example.org"
    assert page_of(case) in mail.message.text
    assert "Gracias" in mail.message.text


def test_the_same_form_sent_twice_is_one_case(kim):
    shown = kim.get(FORM).content.decode()
    kept = {n: re.search(rf'name="{n}" value="([^"]+)"', shown)[1] for n in ("shown", "once")}
    clock.advance(timedelta(seconds=30))
    places = {kim.post(FORM, {**FIELDS, **kept})["Location"] for _press in range(2)}
    assert len(places) == 1
    assert Case.objects.count() == 1


def test_a_machine_that_fills_in_everything_or_is_too_quick_makes_no_case(kim):
    trapped = kim.sends(FORM, **FIELDS, website="https://spam.example")
    assert trapped.status_code == 200
    quick = kim.sends(FORM, wait=timedelta(seconds=1), **FIELDS)
    assert quick.status_code == 422
    forged = kim.post(FORM, {**FIELDS, "shown": "1.abc", "once": "x"})
    assert forged.status_code == 422
    assert not Case.objects.exists()


def test_a_person_who_was_too_quick_only_sends_it_again(kim):
    again = kim.sends(FORM, wait=timedelta(seconds=1), **FIELDS).content.decode()
    kept = {n: re.search(rf'name="{n}" value="([^"]+)"', again)[1] for n in ("shown", "once")}
    assert FIELDS["text"] in again
    clock.advance(timedelta(seconds=5))
    assert kim.post(FORM, {**FIELDS, **kept}).status_code == 302


def test_nobody_fills_somebodys_inbox_through_the_form(kim):
    for number in range(3):
        kim.sends(FORM, **{**FIELDS, "subject": str(number)})
    assert Case.objects.count() == 3
    assert OutgoingMail.objects.count() == 1


def test_who_writes_too_often_is_asked_to_wait(kim):
    for _turn in range(12):
        pace.WRITING.note("127.0.0.1")
    assert kim.sends(FORM, **FIELDS).status_code == 429
    assert not Case.objects.exists()


def test_only_the_right_code_opens_a_case_and_guessing_ends_soon(room, kim, case):
    code = secrets_of.code_of(case.number)
    assert len(code) == 20
    assert kim.get(page_of(case)).status_code == 200
    assert code != secrets_of.code_of(case.number + 1)
    wrong = reverse("portal:own", args=["sv", case.number, "a" * 20])
    assert [kim.get(wrong).status_code for _try in range(10)] == [404] * 10
    # Now not even the right one tells that it is right.
    assert kim.get(page_of(case)).status_code == 404
    found = kim.post(reverse("portal:find", args=["sv"]), {"number": "1", "code": code})
    assert found.status_code == 429


def test_number_and_code_as_people_type_them_lead_to_the_case(kim, case):
    code = secrets_of.code_of(case.number)
    typed = f" {code[:5]}-{code[5:10]} {code[10:].upper()} "
    find = reverse("portal:find", args=["nb"])
    answer = kim.post(find, {"number": f"h - {case.number}", "code": typed})
    assert answer["Location"] == page_of(case, "nb")
    assert kim.post(find, {"number": str(case.number), "code": "x"}).status_code == 422


def test_kim_sees_the_own_thread_and_nothing_of_the_staff(room, kim, case):
    from uuid import uuid4

    desk.add_note(actor=room.amanda, case=case, text="Hemlig notering", mentions=[])
    desk.answer(
        actor=room.amanda, case=case, text="Pengarna är på väg.", once=uuid4(), then="answered"
    )
    Message.objects.create(
        case=case, direction="in", from_address="other@example.org", at=clock.now(), text="Stranger"
    )
    Message.objects.create(
        case=case, direction="in", author=room.bengt, at=clock.now(), text="Kim lät orolig"
    )
    early = kim.get(page_of(case, "sv")).content.decode()
    assert "Pengarna är på väg." not in early  # it can still be taken back
    clock.advance(timedelta(seconds=11))
    page = kim.get(page_of(case, "sv")).content.decode()
    assert "Kan ni titta på det?" in page
    assert "Pengarna är på väg." in page
    for hidden in ("Hemlig", "Stranger", "orolig", "Amanda", "Bengt", "Nyström", "Faktura</"):
        assert hidden not in page


def test_a_stranger_who_knows_kims_address_learns_nothing_of_kim(room, kim):
    room.case_from_kim("Min skilsmässa")
    kim.sends(FORM, **{**FIELDS, "name": "Somebody"})
    page = kim.get(page_of(Case.objects.order_by("-pk").first())).content.decode()
    assert "Somebody" in page
    assert "Holm" not in page
    assert "skilsmässa" not in page
    assert Customer.objects.get(email="kim@example.org").name == "Kim Holm"


def test_writing_more_opens_the_case_again(room, kim, case):
    desk.solve(actor=room.amanda, case=case)
    answer = kim.sends(page_of(case, verb="more"), page=page_of(case), text="Det är inte löst.")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "open"
    assert case.messages.filter(text="Det är inte löst.").exists()


def test_kim_is_called_at_the_hour_that_was_chosen_and_an_hour_fills_up(room, kim, case, door):
    hours = queries.free_hours(SYSTEM, room.queue)
    eleven_in_stockholm = clock.now().replace(hour=10, minute=0, second=0, microsecond=0)
    assert hours[0] == eleven_in_stockholm
    told = {"phone": "070 123 45 67", "hour": hours[0].isoformat()}
    call = page_of(case, verb="call")
    assert kim.sends(call, page=page_of(case), wait=timedelta(seconds=9), **told).status_code == 302
    case.refresh_from_db()
    assert case.promised_at == hours[0] + timedelta(hours=1)
    assert "070 123 45 67" in case.messages.last().text
    assert CallBack.objects.get().starts_at == hours[0]
    door.calls_an_hour = 1
    door.save()
    assert hours[0] not in queries.free_hours(SYSTEM, room.queue)
    again = kim.sends(call, page=page_of(case), wait=timedelta(seconds=9), **told)
    assert again.status_code == 422
    client = kim
    client.force_login(room.amanda)
    assert "Vill bli uppringd" in client.get(f"/cases/{case.number}/").content.decode()


def test_thanks_reach_amanda_without_making_work_and_a_complaint_waits_for_a_person(
    room, kim, case
):
    from uuid import uuid4

    desk.answer(actor=room.amanda, case=case, text="Klart!", once=uuid4(), then="solved")
    say = page_of(case, verb="say")
    kim.sends(say, page=page_of(case), kind="thanks", text="Tack Amanda!")
    case.refresh_from_db()
    assert case.state == "solved"
    thanks = OutboxMessage.objects.get(kind="portal.thanks")
    assert thanks.person_key == room.amanda.journal_key
    kim.sends(say, page=page_of(case), kind="complaint", text="Det tog för lång tid.")
    case.refresh_from_db()
    assert case.state == "open"
    assert set(Remark.objects.values_list("kind", flat=True)) == {"thanks", "complaint"}


def test_how_content_kim_was_is_counted_once_and_leads_to_nobody(room, kim, case):
    desk.solve(actor=room.amanda, case=case)
    rate = page_of(case, verb="rate")
    for answer in ("2", "5"):
        assert kim.post(rate, {"answer": answer}).status_code == 302
    assert list(Satisfaction.objects.values_list("answer", "count")) == [(2, 1)]
    columns = {field.name for field in Satisfaction._meta.get_fields()}
    assert columns == {"id", "queue", "month", "answer", "count"}
    assert queries.contentment(room.tina)[0].answers is None
    Satisfaction.objects.update(count=3)
    actions.rate(actor=SYSTEM, case=room.case_from_kim(), answer=4)
    actions.rate(actor=SYSTEM, case=room.case_from_kim(), answer=5)
    [row] = queries.contentment(room.tina)
    assert (row.answers, row.content) == (5, 40)
    assert queries.contentment(room.charlie) == []


def test_a_forgotten_case_has_no_page(room, kim, case):
    desk.solve(actor=room.amanda, case=case)
    clock.advance(timedelta(days=800))
    desk.forget_old_cases()
    assert kim.get(page_of(case)).status_code == 404


@pytest.mark.parametrize(
    ("lang", "word"), [("sv", "Skriv"), ("nb", "Skriv"), ("en", "Write"), ("es", "Escriba")]
)
def test_the_pages_speak_four_languages(kim, lang, word):
    page = kim.get(f"/help/{lang}/to/bjorkvik/")
    assert f'lang="{lang}"' in page.content.decode()
    assert word in page.content.decode()
    asked = {"sv": "sv-SE", "nb": "nn", "en": "en-GB", "es": "es-MX"}[lang]
    assert kim.get("/help/", HTTP_ACCEPT_LANGUAGE=asked)["Location"] == f"/help/{lang}/"


def test_a_closed_form_takes_nothing(kim, door):
    door.is_open = False
    door.save()
    assert kim.get(FORM).status_code == 404
    assert kim.post(FORM, FIELDS).status_code == 404


def test_sara_opens_a_form_and_amanda_cannot(room, client):
    from hemma.people.actions import add_person
    from hemma.people.models import Role

    sara = add_person(actor=SYSTEM, email="s@hemma.example", name="Sara", roles=[Role.MANAGER])
    client.force_login(sara)
    new = reverse("portal:form_new")
    fields = {"slug": "el", "queue": room.queue.pk, "is_open": "on", "calls_an_hour": "2"}
    assert client.post(new, fields).status_code == 302
    assert client.get("/help/en/to/el/").status_code == 200
    assert client.post(new, {**fields, "slug": "el2"}).status_code == 422
    client.force_login(room.amanda)
    assert client.get(new).status_code == 404


@pytest.mark.requirement("S4-27")
def test_a_complaint_stays_open_until_the_team_says_what_it_taught(room, kim, case, client):
    say = page_of(case, verb="say")
    kim.sends(say, page=page_of(case), kind="complaint", text="Ingen ringde upp som ni lovat.")
    [row] = queries.complaints(room.amanda)
    assert row.lesson == ""
    client.force_login(room.amanda)
    page = client.get("/customer-forms/complaints/").content.decode()
    assert "Ingen ringde upp som ni lovat." in page
    lesson = {"lesson": "Löften om samtal läggs in som uppringning."}
    client.post(f"/customer-forms/complaints/{row.pk}/", lesson)
    client.force_login(room.bengt)
    assert lesson["lesson"] in client.get("/customer-forms/complaints/").content.decode()
    client.force_login(room.charlie)
    assert lesson["lesson"] not in client.get("/customer-forms/complaints/").content.decode()
    assert client.post(f"/customer-forms/complaints/{row.pk}/", lesson).status_code == 404


def test_what_a_complaint_taught_is_told_to_its_customer_and_erased_with_them(room, kim, case):
    say = page_of(case, verb="say")
    kim.sends(say, page=page_of(case), kind="complaint", text="Ingen ringde upp som ni lovat.")
    [row] = queries.complaints(room.amanda)
    actions.learn(actor=room.amanda, message_id=row.pk, lesson="Kim Holm ska ringas före tio.")
    told = everything_about(room.tina, case.customer)["cases"][0]["messages"]
    said = next(one for one in told if one.get("lesson"))
    assert (said["remark"], said["lesson"]) == ("complaint", "Kim Holm ska ringas före tio.")
    desk.erase_customer(actor=room.tina, customer=case.customer)
    row.refresh_from_db()
    assert row.lesson == ""
    assert row.learned_at, "that it was learned from is counted"


def test_the_demos_customers_have_complained_once_with_and_once_without_a_lesson(db):
    now = datetime(2026, 11, 24, 8, 37, tzinfo=UTC)
    with clock.moved_to(now):
        company = DemoCompany(6, 1, now, "x", smtp_port=25, imap_port=143, cases_wanted=400)
        for one in (people_demo, desk_demo, portal_demo, portal_demo):
            one.load(company)
        leader = company.units[0].team.leader
        lessons = [bool(one.lesson) for one in queries.complaints(leader)]
    assert lessons == [False, True]
    assert not Message.objects.filter(at__gt=now).exists()
