"""What Petra may write into a scenario's folder is in the plan that comes of it: part time, nights, split
days, averaged hours, training, wishes, leaders, fair shares over earlier plans, service and demand."""

import json
import re

import pytest

from hemma.run.cli import main

MONDAY = "2026-11-02"
FULL = {
    "name": '"full"', "minutes": 480, "paid_minutes": 450, "first": '"08:00"', "last": '"08:00"',
    "days_a_week": [5, 5],
    "breaks": '[{ kind = "rast", minutes = 30, earliest = 180, latest = 270 }]',
}  # fmt: skip


def written(folder, people, need, *, weeks=1, country="se", contracts=(FULL,), more="", **files):
    """A folder: `people` rows with their columns, `need` (day from 0, first hour, last hour, people)."""
    folder.mkdir(parents=True)
    lines = [f"first_day = {MONDAY}", f"weeks = {weeks}", 'zone = "Europe/Stockholm"',
             f'country = "{country}"']  # fmt: skip
    held = [more] if more.startswith("every") else []
    tables = [] if held else [more]
    for contract in contracts:
        tables += ["[[contract]]", *(f"{name} = {value}" for name, value in contract.items())]
    (folder / "scenario.toml").write_text("\n".join([*lines, *held, *tables]), encoding="utf-8")
    columns = ["name", "contract", "skills", *{c: 0 for row in people.values() for c in row}]
    rows = [",".join(dict.fromkeys(columns))]
    for name, own in people.items():
        told = {"name": name, "contract": "full", "skills": "orders"} | own
        rows.append(",".join(str(told.get(c, "")) for c in dict.fromkeys(columns)))
    (folder / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    slots = []
    for day, first, last, count, *other in need:
        for quarter in range(first * 4, last * 4):
            at = f"2026-11-{2 + day:02d} {quarter // 4:02d}:{quarter % 4 * 15:02d}"
            slots.append(",".join(map(str, [at, "orders", count, *other])))
    extra = {3: "", 4: ",contacts", 5: ",low,high"}[len(slots[0].split(","))]
    (folder / "need.csv").write_text(
        "\n".join([f"time,skill,people{extra}", *slots]), encoding="utf-8"
    )
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def planned(tmp_path, capsys):
    """The plan of a folder after a few counted steps; nothing may be wrong with it."""

    def plan(people, need, *words, name="scenario", **other):
        folder = written(tmp_path / name, people, need, **other)
        capsys.readouterr()
        assert main(["plan", str(folder), "--steps", "8", "--json", *words]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["faults"], told["law"]) == (0, [])
        return told

    return plan


def days(told, name):
    """The dates somebody works."""
    return [shift["day"] for shift in told["shifts"] if shift["name"] == name]


def week(dates, number):
    """Those of one week."""
    return [day for day in dates if (int(day[-2:]) - 2) // 7 == number]


def workdays(count, weeks=1, hours=(8, 16)):
    """So many needed Monday to Friday."""
    return [(7 * w + d, *hours, count) for w in range(weeks) for d in range(5)]


def test_who_works_part_time_works_as_many_days_as_agreed(planned):
    part = FULL | {"name": '"part"', "days_a_week": [2, 3]}
    told = planned(
        {"Amanda": {}, "Bengt": {"contract": "part"}},
        workdays(2, 2),
        weeks=2,
        contracts=(FULL, part),
    )
    assert [len(week(days(told, "Amanda"), n)) for n in (0, 1)] == [5, 5]
    assert all(2 <= len(week(days(told, "Bengt"), n)) <= 3 for n in (0, 1))


def test_a_night_ends_on_the_next_day(planned):
    night = FULL | {"first": '"22:00"', "last": '"22:00"', "days_a_week": [4, 4]}
    told = planned(
        {"Amanda": {}}, [(d, 22, 24, 1) for d in range(5)], country="eu", contracts=(night,)
    )
    assert len(told["shifts"]) == 4
    for shift in told["shifts"]:
        assert (shift["start"], shift["end"]) == ("22:00", "06:00")
        assert shift["ends"][:10] > shift["day"]


def test_a_split_day_is_theirs_who_wished_for_it(planned):
    split = FULL | {
        "name": '"split"', "minutes": 660, "paid_minutes": 420,
        "breaks": '[{ kind = "rast", minutes = 240, earliest = 210, latest = 210 }]',
    }  # fmt: skip
    told = planned(
        {"Amanda": {"contract": "split"}, "Bengt": {}},
        [(d, *hours, 1) for d in range(5) for hours in ((8, 11), (16, 19))], contracts=(FULL, split),
    )  # fmt: skip
    mine = [shift for shift in told["shifts"] if shift["name"] == "Amanda"]
    assert len(mine) == 5
    assert {(s["start"], s["breaks"], s["end"]) for s in mine} == {
        ("08:00", "rast 11:30-15:30", "19:00")
    }
    assert not any("15:30" in s["breaks"] for s in told["shifts"] if s["name"] == "Bengt")


def test_averaged_hours_go_into_the_week_that_needs_them(planned):
    averaged = FULL | {
        "days_a_week": [3, 5], "average_weeks": 2, "average_days": [8, 8],
    }  # fmt: skip
    need = [(d, 8, 16, 1) for d in range(5)] + [(7 + d, 8, 16, 1) for d in range(3)]
    told = planned({"Amanda": {}}, need, weeks=2, contracts=(averaged,))
    assert [len(week(days(told, "Amanda"), n)) for n in (0, 1)] == [5, 3]


def test_training_goes_once_into_the_week_with_the_least_to_do(planned):
    need = workdays(3) + [(7 + d, 8, 16, 1) for d in range(5)]
    told = planned(
        {"Amanda": {"training": "yes"}, "Bengt": {}, "Tina": {}}, need, weeks=2,
        more="[training]\nminutes = 120",
    )  # fmt: skip
    trained = [shift for shift in told["shifts"] if "training" in shift["breaks"]]
    assert [(shift["name"], week([shift["day"]], 1) != []) for shift in trained] == [
        ("Amanda", True)
    ]
    since, until = re.search(r"training (\d\d:\d\d)-(\d\d:\d\d)", trained[0]["breaks"]).groups()
    assert int(until[:2]) * 60 + int(until[3:]) - int(since[:2]) * 60 - int(since[3:]) == 120


@pytest.mark.parametrize("dear", ["Amanda", "Bengt"])
def test_the_dearer_of_two_wishes_for_one_day_is_granted_and_the_other_told(planned, dear):
    four = FULL | {"days_a_week": [4, 4]}
    need = [(d, 8, 16, 1 if d in (2, 4) else 2) for d in range(5)]
    prices = {"Amanda": 2, "Bengt": 2} | {dear: 9}
    rows = [f"{name},2026-11-04,off,{price}" for name, price in prices.items()]
    told = planned(
        {"Amanda": {}, "Bengt": {}}, need, contracts=(four,),
        wishes="\n".join(["name,day,wish,price", *rows]),
    )  # fmt: skip
    (other,) = {"Amanda", "Bengt"} - {dear}
    assert "2026-11-04" not in days(told, dear)
    assert "2026-11-04" in days(told, other)
    assert [(wish["name"], wish["worth"]) for wish in told["wishes"]] == [(other, 2.0)]


def test_a_leader_is_there_on_every_day_that_is_open(planned):
    three = FULL | {"days_a_week": [3, 3]}
    people = {"Tina": {"leader": "yes"}, "Sara": {"leader": "yes"}, "Amanda": {}, "Bengt": {}}
    told = planned(people, workdays(2), contracts=(three,), more="[presence]\nleader = 20.0")
    led = set(days(told, "Tina")) | set(days(told, "Sara"))
    assert {f"2026-11-{day:02d}" for day in range(2, 7)} <= led


def test_a_newcomer_works_on_days_on_which_somebody_experienced_does(planned):
    three = FULL | {"days_a_week": [3, 3]}
    told = planned(
        {"Amanda": {"newcomer": "yes"}, "Bengt": {}}, workdays(1), contracts=(three,),
        more="[presence]\nnewcomer = 20.0",
    )  # fmt: skip
    assert days(told, "Amanda") == days(told, "Bengt")


@pytest.mark.parametrize("more", ["Amanda", "Bengt"])
def test_weekends_of_earlier_plans_are_counted_in(planned, more):
    need = workdays(1, 4) + [(7 * w + d, 8, 16, 1) for w in range(4) for d in (5, 6)]
    people = {"Amanda": {"weekend_carried": 0}, "Bengt": {"weekend_carried": 0}}
    people[more]["weekend_carried"] = 6
    told = planned(
        people, need, weeks=4, more='[fairness]\nprice = 3.0\nlate_from = "23:00"',
    )  # fmt: skip
    had = {name: sum((int(day[-2:]) - 2) % 7 >= 5 for day in days(told, name)) for name in people}
    (fewer,) = set(people) - {more}
    assert had[fewer] > had[more]


@pytest.mark.parametrize("more", ["Amanda", "Bengt"])
def test_late_shifts_of_earlier_plans_are_counted_in(planned, more):
    both = FULL | {"last": '"12:00"', "step_min": 240}
    need = [(d, *hours, 1) for d in range(5) for hours in ((8, 16), (16, 20))]
    people = {"Amanda": {"late_carried": 0}, "Bengt": {"late_carried": 0}}
    people[more]["late_carried"] = 4
    told = planned(
        people, need, contracts=(both,), more='[fairness]\nprice = 3.0\nlate_from = "18:00"'
    )
    late = {
        name: sum(s["name"] == name and s["start"] == "12:00" for s in told["shifts"])
        for name in people
    }
    (fewer,) = set(people) - {more}
    assert late[fewer] > late[more]


@pytest.mark.parametrize("lacks", ["Amanda", "Bengt"])
def test_home_days_lacked_in_earlier_plans_come_first(planned, lacks):
    """There is one seat, and both want to be at home half of the time."""
    home = {"home": "0-5", "home_wanted": 2.5, "home_lacking": 0}
    people = {"Amanda": dict(home), "Bengt": dict(home)}
    people[lacks]["home_lacking"] = 2
    told = planned(people, workdays(2), more='[[site]]\nname = "Malmö"\ncountry = "se"\nseats = 1')
    at_home = {
        name: sum(s["name"] == name and s["place"] == "home" for s in told["shifts"])
        for name in people
    }
    (other,) = set(people) - {lacks}
    assert at_home[lacks] > at_home[other]


def test_service_lost_decides_where_people_are_missing(planned):
    """One is missing before and after noon alike; the wish says morning, but the customers come later."""
    half = FULL | {
        "minutes": 240, "paid_minutes": 240, "last": '"13:00"', "step_min": 300, "breaks": "[]",
    }  # fmt: skip
    need = [
        (d, *hours, 1, contacts)
        for d in range(5) for hours, contacts in (((8, 12), 0.2), ((13, 17), 2.0))
    ]  # fmt: skip
    wishes = "\n".join(
        ["name,day,wish,price", *(f"Amanda,2026-11-{d:02d},early,0.2" for d in range(2, 7))]
    )
    service = "[service]\nhandling_s = 300\npatience_s = 120\nlate_price = 8.0"
    plain = planned({"Amanda": {}}, need, contracts=(half,), wishes=wishes)
    served = planned(
        {"Amanda": {}}, need, name="served", contracts=(half,), wishes=wishes, more=service
    )
    assert {s["start"] for s in plain["shifts"]} == {"08:00"}
    assert {s["start"] for s in served["shifts"]} == {"13:00"}


def test_more_demand_that_may_come_is_planned_for_as_far_as_it_is_likely(planned):
    """Nobody is needed on Saturday unless more comes than expected; Amanda has a day to give."""
    rare, likely = (
        planned(
            {"Amanda": {}}, [*((d, 8, 16, 1, 1, 1) for d in range(4)), (5, 8, 16, 0, 0, 1),
                             (4, 8, 16, 0, 0, 0)],
            name=f"demand{chance}", more=f"[demand]\nlow_chance = 0.0\nhigh_chance = {chance}",
            wishes="name,day,wish,price\nAmanda,2026-11-07,off,30",
        )
        for chance in (0.05, 0.9)
    )  # fmt: skip
    assert "2026-11-07" not in days(rare, "Amanda")
    assert "2026-11-07" in days(likely, "Amanda")
