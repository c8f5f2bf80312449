"""A client leaves with everything that is its own, and nothing of it stays."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from hemma.desk import actions as desk
from hemma.desk.models import Attachment, Customer, Note
from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.models import Programme
from hemma.portal import actions
from hemma.portal.models import ClientExit, Remark
from hemma.portal.queries.exits import file_of
from hemma.portal.tests.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def written_case(room):
    case = room.case_from_kim(text="Hej! Jag heter Kim Holm.")
    desk.answer(
        actor=room.amanda, case=_held(room, case), text="Hej Kim!", once=uuid4(), then="answered"
    )
    Note.objects.create(case=case, author=room.amanda, at=clock.now(), text="Ring Kim")
    message = case.messages.first()
    Attachment.objects.create(
        message=message, name="bill.pdf", content_type="application/pdf", size=4, content=b"bill"
    )
    return case


def _held(room, case):
    desk.take(actor=room.amanda, case=case)
    case.refresh_from_db()
    return case


@pytest.mark.requirement("S3-39")
def test_a_client_leaves_with_everything_and_a_look_afterwards_finds_nothing(
    room, olle, sara, programme, folder
):
    case = written_case(room)
    boss, client = signed_in(sara), signed_in(olle)
    boss.post(f"/clients/{programme.pk}/begin/")
    assert actions.make_export() == 1
    archive = zipfile.ZipFile(
        io.BytesIO(b"".join(client.get("/programme/copy/").streaming_content))
    )
    (line,) = archive.read("cases.jsonl").decode().splitlines()
    told = json.loads(line)
    assert [one["from"] for one in told["messages"]] == ["Kim Holm", "we"]
    assert archive.read(told["messages"][0]["files"][0]) == b"bill"
    assert "Amanda" not in "".join(
        archive.read(n).decode(errors="replace") for n in archive.namelist()
    )
    confirm = {"name": programme.name}
    boss.post(f"/clients/{programme.pk}/end/", confirm)
    assert ClientExit.objects.get().state == "ready", "not before the client has its copy"
    client.post("/programme/copy/here/")
    boss.post(f"/clients/{programme.pk}/end/", {"name": "Bjorkvik"})
    assert ClientExit.objects.get().state == "ready", "a slip deletes nothing"
    boss.post(f"/clients/{programme.pk}/end/", confirm)
    assert actions.delete_everything() == 1
    done = ClientExit.objects.get()
    assert (done.state, set(done.remains.values())) == ("done", {0})
    assert done.export_counts["cases"] == 1
    assert not file_of(done).exists()
    case.refresh_from_db()
    assert (case.subject, case.state) == ("", "solved")
    assert not Customer.objects.filter(name="Kim Holm").exists()
    assert not Attachment.objects.exists()
    report = json.loads(boss.get(f"/clients/{programme.pk}/report/").content)
    assert report["export_sha256"] == done.export_sha256
    assert "nothing was found" in client.get("/programme/").content.decode()
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"portal.exit_begun", "portal.exit_fetched", "portal.exit_done"} <= kinds


@pytest.mark.requirement("S3-39")
def test_the_report_is_no_promise_of_the_deletion_but_a_look_of_its_own(
    room, olle, sara, programme, folder, monkeypatch
):
    written_case(room)
    _fetched(olle, sara, programme)
    actions.end_exit(actor=sara, programme=programme)
    from hemma.portal.actions import exits

    with monkeypatch.context() as broken:
        broken.setattr(exits.desk, "forget_cases", lambda **_said: 0)
        assert actions.delete_everything() == 0
    assert ClientExit.objects.get().state == "deleting", "what is found is not called done"
    assert actions.delete_everything() == 1


@pytest.mark.requirement("S3-39")
def test_what_complaints_taught_goes_along_and_is_deleted_with_the_rest(
    room, olle, sara, programme, folder
):
    case = written_case(room)
    complaint = case.messages.get(direction="in")
    Remark.objects.create(
        message=complaint, kind="complaint", lesson="Kim waited two weeks: call first next time",
        learned_at=clock.now(),
    )  # fmt: skip
    _fetched(olle, sara, programme)
    row = ClientExit.objects.get()
    assert row.export_counts["lessons"] == 1
    with zipfile.ZipFile(file_of(row)) as archive:
        (line,) = archive.read("cases.jsonl").decode().splitlines()
    first, ours = json.loads(line)["messages"]
    assert (first["remark"], first["lesson"]) == (
        "complaint",
        "Kim waited two weeks: call first next time",
    )
    assert "remark" not in ours
    actions.end_exit(actor=sara, programme=programme)
    assert actions.delete_everything() == 1
    kept = Remark.objects.get()
    assert (kept.kind, kept.lesson) == ("complaint", "")
    assert ClientExit.objects.get().remains["lessons"] == 0


def test_a_lesson_written_after_the_copy_is_not_deleted_unread(room, olle, sara, programme, folder):
    case = written_case(room)
    complaint = Remark.objects.create(message=case.messages.get(direction="in"), kind="complaint")
    _fetched(olle, sara, programme)
    Remark.objects.filter(pk=complaint.pk).update(lesson="Call first")
    with pytest.raises(ValidationError, match="since the export"):
        actions.end_exit(actor=sara, programme=programme)


def _fetched(olle, sara, programme):
    actions.begin_exit(actor=sara, programme=programme)
    actions.make_export()
    actions.note_fetched(actor=olle, programme=programme)


def test_what_came_after_the_copy_is_not_deleted_unread(room, olle, sara, programme, folder):
    written_case(room)
    _fetched(olle, sara, programme)
    room.case_from_kim(subject="One more")
    with pytest.raises(ValidationError, match="since the export"):
        actions.end_exit(actor=sara, programme=programme)
    actions.call_off_exit(actor=sara, programme=programme)
    _fetched(olle, sara, programme)
    actions.end_exit(actor=sara, programme=programme)
    assert actions.delete_everything() == 1


def test_other_clients_customers_stay(room, olle, sara, programme, folder):
    kept = room.case_from_kim()
    other = Programme.objects.create(name="Nordljus", client="Nordljus AB")
    actions.begin_exit(actor=sara, programme=other)
    actions.make_export()
    ClientExit.objects.update(fetched_at=clock.now())
    actions.end_exit(actor=sara, programme=other)
    assert actions.delete_everything() == 1
    kept.refresh_from_db()
    assert kept.subject


def test_nobody_but_a_manager_sends_a_client_out_and_the_database_holds_the_order(
    room, olle, sara, programme, folder
):
    assert signed_in(sara).get(f"/clients/{programme.pk}/").status_code == 200
    for person in (room.tina, room.amanda, olle):
        browser = signed_in(person)
        assert browser.get(f"/clients/{programme.pk}/").status_code == 404
        assert browser.post(f"/clients/{programme.pk}/begin/").status_code == 404
    row = actions.begin_exit(actor=sara, programme=programme)
    with pytest.raises(ValidationError, match="on its way out"):
        actions.begin_exit(actor=sara, programme=programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientExit.objects.filter(pk=row.pk).update(state="deleting")
