"""What Tina and Sara read of queues: figures that come out as counted by hand, and nobody's own."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hemma.desk import queries
from hemma.desk.models import Case, Message, OpeningSpan, Queue
from hemma.desk.queries import reports as queries_of_reports
from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM

HOUR = timedelta(hours=1)


@pytest.fixture
def week(room, answer):
    """Four cases on Thursday: answered after 1 and 2 hours and too late; one waits for long."""
    cases = [room.case_from_kim(f"Fråga {number}") for number in range(4)]
    clock.advance(HOUR)
    answer(room.amanda, cases[0], then="solved")
    clock.advance(HOUR)
    answer(room.amanda, cases[1], then="answered")
    clock.advance(8 * HOUR)
    answer(room.bengt, cases[2], then="solved")
    clock.advance(timedelta(days=4))
    return cases


def day():
    return clock.now().date()


def test_the_figures_are_those_counted_by_hand(room, week):
    [line] = queries.report(room.tina, day() - timedelta(days=7), day())
    assert (line.opened, line.solved, line.open_now) == (4, 2, 1)
    assert (line.answered_h, line.slow_h) == (2.0, 8.4)
    assert line.kept == 50  # two of the four that were due
    assert (line.day, line.three_days, line.week, line.older) == (0, 0, 1, 0)
    [by_programme] = queries.report(room.tina, day() - timedelta(days=7), day(), "programme")
    assert by_programme.name == "Björkvik Energi"
    assert queries.report(room.charlie, day() - timedelta(days=7), day()) == []


def test_solved_by_the_first_answer_is_what_needed_no_further_word(room, week, answer):
    """Two were solved by one answer; when Kim writes again to one of them, it was not enough."""

    def at_once():
        return queries.report(room.tina, day() - timedelta(days=7), day())[0].at_once

    assert at_once() == 100
    Message.objects.create(case=week[2], direction="in", at=clock.now(), text="Det stämmer inte.")
    assert at_once() == 50


@pytest.mark.requirement("S2-2")
def test_the_same_work_gives_the_same_figures_wherever_it_is_done(room, answer):
    """S2-2: Amanda at home in one queue, Bengt in the office in another, both treat Kim alike."""
    twin = Queue.objects.get(pk=room.queue.pk)
    twin.pk, twin.name = None, "Björkvik faktura 2"
    twin.save()
    OpeningSpan.objects.bulk_create(
        OpeningSpan(queue=twin, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in room.queue.opening.all()
    )
    for person, queue in ((room.amanda, room.queue), (room.bengt, twin)):
        case = room.case_from_kim()
        Case.objects.filter(pk=case.pk).update(queue=queue)
        case.refresh_from_db()
        with clock.moved_to(case.opened_at + 2 * HOUR):
            answer(person, case, then="solved")
    home, office = queries.report(room.tina, day(), day())
    assert replace(home, name="") == replace(office, name="")
    assert (home.answered_h, home.kept, home.at_once) == (2.0, 100, 100)
    columns = {one for one in queries_of_reports.COLUMNS if "place" in one or "site" in one}
    assert not columns


def test_each_day_has_its_bar(room, week):
    bars = queries.volume(room.tina, day() - timedelta(days=6), day())
    assert [bar.opened for bar in bars] == [0, 0, 4, 0, 0, 0, 0]
    assert max(bar.height for bar in bars) == 100
    assert len(queries.volume(room.tina, day() - timedelta(days=1000), day())) < 40


def test_the_page_has_picture_table_and_files_and_names_nobody(room, week, client):
    client.force_login(room.tina)
    at = reverse("desk:reports")
    page = client.get(at).content.decode()
    main = page.split("<main")[1].split("</main")[0]
    assert "<svg" in main
    assert "Björkvik faktura" in main
    assert not {"Amanda", "Bengt", "Tina"} & set(main.replace("<", " ").split())
    text = client.get(f"{at}?as=csv").content.decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(text), delimiter=";")
    assert line[:3] == ["Björkvik faktura", "4", "2"]
    book = load_workbook(io.BytesIO(client.get(f"{at}?as=xlsx").content))
    assert [cell.value for cell in book.active[2]][:3] == ["Björkvik faktura", 4, 2]
    assert len(head) == len(line)
    assert client.get(f"{at}?first=2026-12-01&last=2026-01-01").status_code == 422


def test_sara_sees_every_queue_in_sums_and_no_case(room, week, client):
    sara = add_person(actor=SYSTEM, email="s@hemma.example", name="Sara", roles=[Role.MANAGER])
    client.force_login(sara)
    assert "Björkvik faktura" in client.get(reverse("desk:reports")).content.decode()
    assert client.get(f"/cases/{week[0].number}/").status_code == 404


def test_a_joined_case_is_counted_once(room, week):
    from hemma.desk import actions

    other = room.case_from_kim("Samma")
    actions.merge(actor=room.amanda, case=other, into=Case.objects.get(pk=week[3].pk))
    [line] = queries.report(room.tina, day() - timedelta(days=7), day())
    assert line.opened == 4
