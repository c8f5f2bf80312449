"""Cases that are brought along from Zendesk and Zammad."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hemma.desk import actions, queries
from hemma.desk.imports.shapes import Bad
from hemma.desk.models import Case, CaseImport, CaseImportRow, Message, Origin
from hemma.desk.tests.exports import NOW, lines, zammad, zendesk
from hemma.people.actions import add_person
from hemma.people.models import Person, Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible


@pytest.fixture
def sara(room):
    return add_person(
        actor=SYSTEM,
        email="sara@hemma.example",
        name="Sara Lind",
        roles=[Role.MANAGER],
        site=room.queue.team.site,
    )


def bring(room, sara, *tickets) -> CaseImport:
    """Read a file in, begin, and let the worker finish."""
    batch = actions.start_case_import(actor=sara, file_name="export.json", content=lines(*tickets))
    actions.begin_case_import(actor=sara, batch_id=batch.pk, queue=room.queue, by_group={})
    actions.import_all()
    batch.refresh_from_db()
    return batch


def test_a_zendesk_case_is_here_with_everything_that_was_written_in_it(room, sara):
    batch = bring(room, sara, zendesk())
    case = Case.objects.get(origin__number="35436")
    assert batch.state == CaseImport.State.DONE
    assert (case.state, case.channel, case.subject) == (
        "solved",
        "mail",
        "Fakturan dragen två gånger",
    )
    assert case.opened_at == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    assert case.solved_at == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert (case.customer.name, case.customer.email) == ("Kim Holm", "kim@example.org")
    assert {tag.name for tag in case.tags.all()} == {"faktura", "vip"}
    first, second = case.messages.all()
    assert (first.direction, second.direction) == ("in", "out")
    assert "[kvitto.pdf]" in first.text
    assert "4111 1111" not in first.text
    assert second.text == "Pengarna är på väg."
    assert second.author == room.amanda
    [note] = case.notes.all()
    assert (note.author, note.text) == (room.amanda, "Jag frågar banken.")


def test_an_open_zammad_case_waits_with_a_promise_and_kims_next_mail_comes_to_it(room, sara):
    bring(room, sara, zammad())
    case = Case.objects.get(origin__source="zammad")
    assert (case.state, case.channel) == ("open", "phone")
    assert case.waiting_since == datetime(2026, 11, 17, 7, tzinfo=UTC)
    assert case.promised_at > NOW
    assert case.messages.get().text == "Måste jag säga upp avtalet?"
    from hemma.desk.tests.cast import mail

    room.mail_in(mail(headers=["In-Reply-To: <first@kim>"], message_id="2@kim", text="Hallå?"))
    assert case.messages.count() == 2


def test_nobody_hears_of_cases_that_only_moved(room, sara):
    from hemma.desk.models import Delivery, OutgoingMail

    actions.add_webhook(actor=room.tina, url="https://other.example/hook", events=["case.opened"])
    bring(room, sara, zendesk(), zammad())
    assert Case.objects.count() == 2
    assert not OutgoingMail.objects.exists()
    assert not Delivery.objects.exists()


def test_sara_sees_each_row_that_cannot_be_used_and_why_before_anything_is_kept(room, sara):
    content = b"\n".join(
        [
            lines(zendesk(1)),
            b'{"id": 2, "created_at": "2026-0',
            lines(
                zendesk(3, created_at="soon"),
                zendesk(4, requester={"id": 5}),
                zendesk(1),
                zendesk(6, status="deleted"),
                zendesk(7, created_at="2031-01-01T00:00:00Z"),
                zendesk(8, subject="", comments=[], description=""),
                zendesk(0) | {"id": None},
            ),
        ]
    )
    batch = actions.start_case_import(actor=sara, file_name="e.json", content=content)
    assert not Case.objects.exists()
    why = {row.place: row.problem for row in queries.bad_rows(sara, batch)}
    assert why == {
        "e.json:3": Bad.NO_TIME,
        "e.json:4": Bad.NO_CUSTOMER,
        "e.json:5": Bad.TWICE,
        "e.json:6": Bad.DELETED,
        "e.json:7": Bad.LATER,
        "e.json:8": Bad.NO_WORDS,
        "e.json:9": Bad.NO_NUMBER,
        "e.json:2": Bad.NOT_READABLE,
    }
    assert queries.counts_of_import(sara, batch).ready == 1


def test_a_stop_in_the_middle_loses_nothing_and_going_on_makes_nothing_twice(room, sara):
    content = lines(*(zendesk(n) for n in range(1, 8)))
    batch = actions.start_case_import(actor=sara, file_name="e.json", content=content)
    actions.begin_case_import(actor=sara, batch_id=batch.pk, queue=room.queue, by_group={})
    actions.import_some(batch_id=batch.pk, most=3)
    assert Case.objects.count() == 3  # here the worker dies
    actions.import_all()
    actions.import_all()
    assert sorted(Origin.objects.values_list("number", flat=True)) == [str(n) for n in range(1, 8)]
    assert not CaseImportRow.objects.filter(facts__isnull=False).exists()


def test_one_case_that_cannot_be_made_is_told_and_the_next_ones_come(room, sara):
    content = lines(zendesk(1), zendesk(2))
    batch = actions.start_case_import(actor=sara, file_name="e.json", content=content)
    row = batch.rows.get(number="1")
    row.facts["channel"] = "no channel at all"
    row.save()
    actions.begin_case_import(actor=sara, batch_id=batch.pk, queue=room.queue, by_group={})
    actions.import_all()
    assert [row.number for row in queries.bad_rows(sara, batch)] == ["1"]
    assert Origin.objects.get().number == "2"


def test_the_same_file_again_brings_only_what_is_new(room, sara):
    bring(room, sara, zendesk(1))
    batch = bring(room, sara, zendesk(1, subject="Ändrad"), zendesk(2))
    counts = queries.counts_of_import(sara, batch)
    assert (counts.made, counts.known) == (1, 1)
    assert Case.objects.get(origin__number="1").subject == "Fakturan dragen två gånger"


def test_groups_go_to_the_queues_that_sara_chose(room, sara):
    from hemma.desk.models import Queue

    other = Queue.objects.create(
        name="Flytt", programme="Björkvik", team=room.queue.team, answer_within=timedelta(hours=4)
    )
    content = lines(zendesk(1), zammad())
    batch = actions.start_case_import(actor=sara, file_name="e.json", content=content)
    assert queries.groups_of_import(sara, batch) == [("Billing", 1), ("Moves", 1)]
    actions.begin_case_import(
        actor=sara, batch_id=batch.pk, queue=room.queue, by_group={"Moves": other}
    )
    actions.import_all()
    assert Case.objects.get(origin__source="zammad").queue == other
    assert Case.objects.get(origin__source="zendesk").queue == room.queue


def test_taking_it_back_leaves_what_amanda_has_worked_on(room, sara):
    batch = bring(
        room, sara, zendesk(1), zendesk(2, requester={"name": "Bo", "email": "bo@x.example"})
    )
    kept = Case.objects.get(origin__number="1")
    actions.reopen(actor=room.amanda, case=kept)
    assert actions.undo_case_import(actor=sara, batch_id=batch.pk) == (1, 1)
    assert list(Case.objects.all()) == [kept]
    with pytest.raises(ValidationError):
        actions.undo_case_import(actor=sara, batch_id=batch.pk)


def test_a_case_that_was_brought_along_is_found_by_its_old_number(room, sara):
    bring(room, sara, zendesk(7735436))
    actions.make_findable()
    [case] = queries.case_page(room.amanda, queries.Filters(text="7735436"))
    assert case.origin.number == "7735436"


def test_sara_brings_a_file_along_on_the_page(room, sara):
    client = Client()
    client.force_login(sara)
    page = client.get(reverse("desk:case_imports"))
    assert page.status_code == 200
    file = io.BytesIO(lines(zendesk(1), zendesk(2, created_at="soon")))
    file.name = "march.json"
    looked = client.post(reverse("desk:case_imports"), {"file": file}, follow=True)
    shown = looked.content.decode()
    assert "march.json:2" in shown
    assert not Case.objects.exists()
    batch = CaseImport.objects.get()
    rows = client.get(reverse("desk:import_rows", args=[batch.pk])).content.decode()
    assert "march.json:2" in rows
    here = reverse("desk:case_import", args=[batch.pk])
    client.post(here, {"queue": room.queue.pk, "group_0": ""})
    actions.import_all()
    assert Case.objects.count() == 1
    client.post(reverse("desk:undo_case_import", args=[batch.pk]))
    assert Case.objects.count() == 0


def test_what_is_no_export_is_said_on_the_page(room, sara):
    client = Client()
    client.force_login(sara)
    file = io.BytesIO(b"PK\x03\x04 nothing of the sort")
    file.name = "x.zip"
    answer = client.post(reverse("desk:case_imports"), {"file": file})
    assert answer.status_code == 422


def test_amanda_and_another_manager_do_not_see_what_sara_brings(room, sara):
    batch = actions.start_case_import(actor=sara, file_name="e.json", content=lines(zendesk()))
    assert queries.case_import(sara, batch.pk) == batch
    other: Person = add_person(
        actor=SYSTEM,
        email="other@hemma.example",
        name="Olle Annan",
        roles=[Role.MANAGER],
        site=room.queue.team.site,
    )
    for asker in (room.amanda, room.charlie, room.tina, other):
        with pytest.raises(NotVisible):
            queries.case_import(asker, batch.pk)


def test_an_erased_customer_leaves_nothing_of_what_came_with_the_file(room, sara):
    bring(room, sara, zendesk())
    kim = Case.objects.get().customer
    actions.erase_customer(actor=room.tina, customer=kim)
    assert not Message.objects.exclude(text="").exists()
    assert "kim" not in json.dumps(list(CaseImportRow.objects.values("facts", "number", "problem")))
