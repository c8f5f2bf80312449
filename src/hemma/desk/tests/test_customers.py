"""Kim has several addresses, was there twice, asks what we keep, and wants to be forgotten."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from hemma.desk import actions
from hemma.desk.models import Case, Customer, CustomerAddress, RawMail, Word
from hemma.lib import clock
from hemma.people.visibility import NotVisible


@pytest.fixture
def twice(room, make_mail):
    """Kim has written from home and from work."""
    home = room.case_from_kim("Fakturan")
    room.mail_in(make_mail(sender="K Holm <kim@work.example>", message_id="w@kim", subject="Flytt"))
    return home.customer, Customer.objects.get(email="kim@work.example")


def test_two_become_one_and_mail_from_either_lands_with_the_one(room, twice, make_mail):
    home, work = twice
    actions.merge_customers(actor=room.amanda, customer=work, into=home)
    assert home.cases.count() == 2
    assert home.addresses.get().value == "kim@work.example"
    room.mail_in(make_mail(sender="kim@work.example", message_id="w2@kim", subject="Igen"))
    assert home.cases.count() == 3
    assert Customer.objects.count() == 1


def test_one_become_two_again_as_they_were(room, twice):
    home, work = twice
    actions.add_address(actor=room.amanda, customer=work, kind="phone", value="070 1")
    token = actions.merge_customers(actor=room.amanda, customer=work, into=home)
    with pytest.raises(NotVisible):
        actions.undo_merge(actor=room.bengt, token=token)
    back = actions.undo_merge(actor=room.amanda, token=token)
    assert (back.pk, back.email, back.name) == (work.pk, "kim@work.example", "K Holm")
    assert [one.value for one in back.addresses.all()] == ["070 1"]
    assert (home.cases.count(), back.cases.count()) == (1, 1)
    assert not home.addresses.exists()


def test_two_whose_cases_have_grown_together_stay_one(room, twice):
    home, work = twice
    token = actions.merge_customers(actor=room.amanda, customer=work, into=home)
    first, second = Case.objects.order_by("number")
    actions.merge(actor=room.amanda, case=first, into=second)
    with pytest.raises(ValidationError):
        actions.undo_merge(actor=room.amanda, token=token)


def test_an_address_is_one_customers_alone(room, twice):
    home, _work = twice
    with pytest.raises(ValidationError, match="en annan kunds"):
        actions.add_address(
            actor=room.amanda, customer=home, kind="email", value="KIM@work.example"
        )
    actions.change_customer(
        actor=room.amanda, customer=home, name="Kim", email="kim@new.example", language="sv"
    )
    home.refresh_from_db()
    assert home.email == "kim@new.example"
    assert home.addresses.get().value == "kim@example.org"


def test_charlie_sees_no_customer_of_the_other_team(room, twice, client):
    home, _work = twice
    client.force_login(room.charlie)
    assert client.get(reverse("desk:customer", args=[home.pk])).status_code == 404
    assert "Kim Holm" not in client.get(reverse("desk:customers")).content.decode()
    client.force_login(room.amanda)
    assert "Kim Holm" in client.get(reverse("desk:customers") + "?q=kim").content.decode()
    assert client.get(reverse("desk:customer", args=[home.pk])).status_code == 200


def test_amanda_joins_two_on_their_page_and_takes_it_back(room, twice, client):
    home, work = twice
    client.force_login(room.amanda)
    at = reverse("desk:same_person", args=[home.pk])
    assert client.post(at, {"other": "nobody@example.org"}).status_code == 422
    page = client.post(at, {"other": work.email}, follow=True).content.decode()
    assert Customer.objects.count() == 1
    undo = page.split('action="/cases/customers/same/')[1].split('"')[0]
    client.post(f"/cases/customers/same/{undo}")
    assert Customer.objects.count() == 2


def test_tina_gives_kim_everything_and_no_colleagues_name(room, twice, client, answer):
    home, _work = twice
    case = home.cases.get()
    answer(room.amanda, case)
    actions.add_note(actor=room.bengt, case=case, text="Ring i morgon", mentions=[])
    client.force_login(room.amanda)
    assert client.get(reverse("desk:customer_data", args=[home.pk])).status_code == 404
    client.force_login(room.tina)
    told = json.loads(client.get(reverse("desk:customer_data", args=[home.pk])).content)
    assert told["customer"]["email"] == "kim@example.org"
    text = json.dumps(told, ensure_ascii=False)
    for kept in ("Fakturan", "Kan ni titta", "Pengarna", "Ring i morgon", case.reference):
        assert kept in text
    assert "Amanda" not in text
    assert "Bengt" not in text


def all_text_in_desk() -> str:
    """Every character in every table of the desk, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("desk_"):
                cursor.execute(f"SELECT t::text FROM {table} t")
                found += [row[0] for row in cursor.fetchall()]
    raws = RawMail.objects.values_list("content", flat=True)
    return "\n".join([*found, *(bytes(raw).decode() for raw in raws)]).lower()


def test_erased_kim_stands_in_no_table_of_the_desk_and_figures_stay(
    room, make_mail, client, answer
):
    case = room.case_from_kim("Zebrafaktura")
    room.mail_in(make_mail(message_id="0@kim", subject="Zebrafaktura"))  # a copy, dropped
    answer(room.amanda, case, text="Hej Kim! Zebra.")
    actions.keep_draft(actor=room.bengt, case=case, text="Kim Holm ...")
    actions.add_note(actor=room.bengt, case=case, text="Kim är zebraglad", mentions=[])
    actions.add_address(actor=room.amanda, customer=case.customer, kind="phone", value="070 kim")
    actions.make_findable()
    assert Word.objects.filter(word__contains="zebra").exists()
    opened = Case.objects.get().opened_at
    client.force_login(room.amanda)
    at = reverse("desk:erase_customer", args=[case.customer_id])
    assert client.post(at, {"sure": "yes"}).status_code == 404
    client.force_login(room.tina)
    client.post(at, {})
    assert Customer.objects.filter(name="Kim Holm").exists()
    client.post(at, {"sure": "yes"})
    left = all_text_in_desk()
    assert "kim" not in left
    assert "zebra" not in left
    case = Case.objects.get()
    assert (case.opened_at, case.state, case.queue) == (opened, "solved", room.queue)
    assert case.messages.filter(direction="out", author=room.amanda).count() == 1
    assert not CustomerAddress.objects.exists()
    actions.make_findable()
    clock.advance(timedelta(days=1))
    assert "kim" not in all_text_in_desk()


def test_a_draft_lasts_no_longer_than_its_case(room, answer):
    case = room.case_from_kim()
    answer(room.amanda, case, then="solved", once=uuid4())
    actions.keep_draft(actor=room.bengt, case=case, text="Kim, ett tillägg")
    clock.advance(timedelta(days=800))
    actions.forget_old_cases()
    assert "kim" not in all_text_in_desk()
