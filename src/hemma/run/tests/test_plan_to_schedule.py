"""What `hemma plan` writes, the schedule takes in, with every break where the plan put it."""

import csv
from datetime import UTC, datetime

import pytest

from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role, Site
from hemma.people.system import SYSTEM
from hemma.planning import actions
from hemma.planning.models import Activity, ActivityKind, Shift
from hemma.run.cli import main


@pytest.mark.django_db
def test_petra_takes_a_whole_plan_into_the_schedule(tmp_path, capsys):
    folder = tmp_path / "scenario"
    assert main(["plan", "--example", str(folder), "--people", "12", "--weeks", "1"]) == 0
    assert main(["plan", str(folder), "--seconds", "1"]) == 0
    with (folder / "people.csv").open(encoding="utf-8", newline="") as opened:
        people = list(csv.DictReader(opened))
    zones = {"Malmö": "Europe/Stockholm", "Oslo": "Europe/Oslo"}
    sites = {
        name: Site.objects.create(name=name, country="SE", zone=zone)
        for name, zone in zones.items()
    }
    for number, one in enumerate(people):
        add_person(
            actor=SYSTEM, email=f"{number}@example.org", name=one["name"], roles=[Role.AGENT],
            site=sites[one["site"]],
        )  # fmt: skip
    petra = add_person(
        actor=SYSTEM, email="petra@example.org", name="Petra", roles=[Role.PLANNER],
        site=sites["Malmö"],
    )  # fmt: skip
    content = (folder / "plan.csv").read_bytes()
    rows = list(csv.DictReader(content.decode().splitlines()))
    with clock.moved_to(datetime(2026, 10, 26, 9, tzinfo=UTC)):
        assert actions.import_shifts(actor=petra, name="plan.csv", content=content) == len(rows)
    assert Shift.objects.count() == len(rows)
    placed = sum(len(row["breaks"].split()) // 2 for row in rows)
    inside = Activity.objects.exclude(kind=ActivityKind.QUEUE)
    assert inside.count() == placed > 2 * len(rows)
