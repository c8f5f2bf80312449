"""`hemma import`: cases from another program's file, from the terminal."""

import csv

import pytest

from hemma.desk import actions
from hemma.desk.models import Case, CaseImport
from hemma.desk.tests.cast import THURSDAY, build_room
from hemma.desk.tests.exports import lines, zammad, zendesk
from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM
from hemma.run import cli, importing
from hemma.run.telling import Refusal


@pytest.fixture
def office(db):
    with clock.moved_to(THURSDAY):
        room = build_room()
        add_person(actor=SYSTEM, email="sara@hemma.example", name="Sara Lind", roles=[Role.MANAGER])
        yield room


def give(file, program="zendesk", *more, by="sara@hemma.example"):
    """The command behind its database."""
    words = ["import", program, str(file), "--by", by, "--queue", "Björkvik faktura", *more]
    return importing.bring(cli._parser().parse_args(words), file)


def test_sara_brings_a_zendesk_file_and_is_told_what_cannot_be_used(office, tmp_path, capsys):
    file, report = tmp_path / "export.json", tmp_path / "bad.csv"
    file.write_bytes(lines(zendesk(1), zendesk(2), zendesk(3, status="deleted")) + b"\n{broken")
    assert give(file, "zendesk", "--report", str(report)) == 1
    assert Case.objects.filter(origin__source="zendesk").count() == 2
    said = capsys.readouterr()
    assert "2 brought in, 0 here already, 2 can't be used." in said.out + said.err
    with report.open(encoding="utf-8") as rows:
        assert len(list(csv.DictReader(rows))) == 2


def test_a_zammad_file_goes_to_the_queue_of_its_group(office, tmp_path):
    file = tmp_path / "zammad.json"
    file.write_bytes(lines(zammad()))
    assert give(file, "zammad", "--group", "Moves=Björkvik faktura") == 0
    assert Case.objects.get(origin__source="zammad").queue == office.queue


def test_a_file_that_was_stopped_in_the_middle_goes_on_and_makes_nothing_twice(
    office, tmp_path, monkeypatch
):
    file = tmp_path / "export.json"
    file.write_bytes(lines(*(zendesk(number) for number in range(1, 8))))
    some = actions.import_some

    def stopped(*, batch_id):
        some(batch_id=batch_id, most=3)
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "import_some", stopped)
    with pytest.raises(KeyboardInterrupt):
        give(file)
    assert Case.objects.filter(origin__source="zendesk").count() == 3
    monkeypatch.setattr(actions, "import_some", some)
    assert give(file) == 0
    assert Case.objects.filter(origin__source="zendesk").count() == 7
    assert give(file) == 0
    assert Case.objects.filter(origin__source="zendesk").count() == 7


def test_a_look_tells_what_would_come_and_keeps_nothing(office, tmp_path, capsys):
    file = tmp_path / "export.json"
    file.write_bytes(lines(zendesk(1), zendesk(2)))
    assert give(file, "zendesk", "--look") == 0
    said = capsys.readouterr()
    assert "2 cases to bring in" in said.out + said.err
    assert not CaseImport.objects.exists()
    assert not Case.objects.exists()


def test_what_cannot_be_meant_is_refused_with_its_reason(office, tmp_path):
    file = tmp_path / "export.json"
    file.write_bytes(lines(zammad()))
    with pytest.raises(Refusal, match="Another program"):
        give(file, "zendesk")
    with pytest.raises(Refusal, match="neither manager"):
        give(file, "zammad", by="amanda@hemma.example")
    with pytest.raises(Refusal, match="Nobody here"):
        give(file, "zammad", by="nobody@hemma.example")
    with pytest.raises(Refusal, match="There is no queue"):
        give(file, "zammad", "--group", "Moves=Nowhere")
    assert not Case.objects.exists()
