"""Files that are asked about before they are counted, trials that are locked, decisions that stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hemma.insight import actions, looking, queries
from hemma.insight.counting.from_files import count_file
from hemma.insight.models import DataFile, Reading
from hemma.insight.telling import tell_file
from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible

TODAY = date(2026, 11, 3)


@pytest.fixture
def sara(db):
    return add_person(actor=SYSTEM, email="s@hemma.example", name="Sara", roles=[Role.MANAGER])


@pytest.fixture
def tina(db):
    return add_person(actor=SYSTEM, email="t@hemma.example", name="Tina", roles=[Role.TEAM_LEADER])


def csv_of(rows):
    heads = list(rows[0])
    lines = [";".join(heads), *(";".join(str(row[head]) for head in heads) for row in rows)]
    return "\n".join(lines).encode()


def absent(number, form, occasions=1, days=2, planned=20):
    return {
        "person": f"p{number}", "month": "2026-10", "form": form, "site": "Umeå",
        "planned_days": planned, "occasions": occasions, "days": days,
    }  # fmt: skip


def read_in(sara, rows, subject="absence", **more):
    return actions.read_in(
        actor=sara, subject=subject, file_name="a.csv", content=csv_of(rows), **more
    )


def answered(sara, file, answer="missing"):
    asked = queries.questions_of(sara, file)
    return actions.have_counted(actor=sara, file=file, answers={q.key: answer for q in asked})


def test_impossible_values_are_named_and_nothing_is_counted_before_each_is_answered(sara):
    rows = [absent(at, "home") for at in range(12)]
    rows[2]["days"] = 999999
    rows[3]["occasions"] = -2
    rows[4]["form"] = "the moon"
    rows[5]["person"] = "p6"
    file = read_in(sara, rows)
    asked = {(one.odd, one.value): one for one in queries.questions_of(sara, file)}
    assert set(asked) == {
        ("sentinel", "999999"), ("negative", "-2"), ("not_a_number", "the moon"), ("duplicate", ""),
    }  # fmt: skip
    assert asked["sentinel", "999999"].lines == (4,)
    assert not asked["not_a_number", "the moon"].may_be_right
    with pytest.raises(ValidationError):
        actions.have_counted(actor=sara, file=file, answers={})
    with pytest.raises(ValidationError):
        answered(sara, file, "right")  # a word is no work form, whatever one says
    assert not Reading.objects.exists()
    answered(sara, file)
    kept = looking.cleaned(file.subject, file.rows, {q.key: "missing" for q in asked.values()})
    assert len(kept) == 12 - 3 - 1


def test_a_result_over_the_maximum_is_asked_about_and_may_be_right(sara):
    rows = [{"person": f"p{at}", "form": "home", "result": at, "thanks": 1} for at in range(8)]
    file = read_in(sara, rows, "fairness", maximum=6)
    [question] = queries.questions_of(sara, file)
    assert (question.odd, question.value, question.may_be_right) == ("over_maximum", "7", True)


def test_a_file_without_its_columns_is_refused_by_name(sara):
    with pytest.raises(ValidationError) as refused:
        read_in(sara, [{"person": "a", "days": 1}])
    assert "planned_days" in str(refused.value)


@pytest.mark.requirement("S2-16")
def test_short_absence_is_as_counted_by_hand_and_small_groups_are_not_told(sara):
    rows = [absent(at, "home", occasions=1, days=2) for at in range(12)]
    rows += [absent(at + 20, "office", occasions=2, days=5) for at in range(10)]
    rows += [absent(at + 40, "mixed") for at in range(4)]
    file = answered(sara, read_in(sara, rows))
    assert actions.count_files() == 1
    lines = {tuple(one["keys"]): one for one in Reading.objects.get().data["lines"]}
    home = lines["home", "all"]
    mixed = lines["mixed", "all"]
    assert mixed["hidden"]
    assert mixed["n"] is None
    assert "occasions" not in mixed
    if not home["hidden"]:
        assert home["occasions"][0] == 5.0  # 1 of 20 planned days
        assert home["days"][0] == 10.0
    # Not everything can be hidden: the whole is told, as counted by hand.
    whole = lines["all", "all"]
    assert whole["n"] == 26
    assert whole["occasions"][0] == pytest.approx(100 * (12 + 20 + 4) / (26 * 20), abs=0.01)
    file.refresh_from_db()
    assert (file.state, file.rows, file.counted_rows) == ("counted", [], 26)


@pytest.mark.requirement("S1-11")
def test_who_left_in_twelve_months_is_as_counted_by_hand(sara):
    here = {"joined": date(2020, 1, 1), "left": None, "voluntary": None, "site": "Umeå"}
    rows = [{**here, "person": f"h{at}", "form": "home"} for at in range(20)]
    rows += [{**here, "person": f"o{at}", "form": "office"} for at in range(20)]
    for at in range(2):  # two of those in the office left in the middle of the year
        rows[20 + at] |= {"left": date(2026, 5, 2), "voluntary": 1.0}
    rows[0] |= {"left": date(2026, 11, 1), "voluntary": 0.0}  # was not their own will
    first, last, data = count_file("leaving", rows, TODAY)
    assert (first, last) == (date(2025, 11, 1), date(2026, 11, 1))
    lines = {tuple(one["keys"]): one for one in data["lines"]}
    half = (date(2026, 5, 2) - date(2025, 11, 1)).days / 365
    staff = 18 + 2 * half
    assert lines["office", "all"]["rate"][0] == pytest.approx(2 / staff, abs=0.001)
    assert lines["home", "all"]["rate"][0] == 0.0
    assert data["curves"]["home"][-1][1] == 1.0
    assert data["curves"]["office"][-1][1] == pytest.approx(0.9)
    assert 0 < data["differ_p"] < 1


def fairness(bias, people=240):
    rows = []
    for at in range(people):
        home, result = at % 2, (at * 37 % 101) / 10
        promoted = float(at * 61 % 100 < 30 - bias * home)
        rows.append(
            {
                "person": f"p{at}", "form": "home" if home else "office", "result": result,
                "promoted": promoted, "training": float(at * 13 % 5),
            }
        )  # fmt: skip
    return rows


@pytest.mark.requirement("S4-13")
def test_a_bias_against_those_at_home_is_flagged_and_equality_is_earned(sara):
    _, _, biased = count_file("fairness", fairness(28), TODAY)
    by_name = {one["name"]: one for one in biased["rewards"]}
    assert by_name["promoted"]["verdict"] == "lower"
    assert by_name["training"]["verdict"] in {"equal", "cannot_say"}
    reading = Reading(subject="fairness", first=TODAY, last=TODAY, data=biased)
    assert any("Befordran" in say or "Promotion" in say for say in tell_file(reading).sentences)


@pytest.mark.requirement("S4-13", "N3")
def test_fairness_of_a_small_group_is_not_told(sara):
    rows = fairness(0, 40)
    few = [row for row in rows if row["form"] == "office"][:3]
    few += [row for row in rows if row["form"] == "home"]
    assert count_file("fairness", few, TODAY)[2] == {"why": "too_few"}


def test_a_panel_of_ones_own_is_told_apart_from_choice(sara):
    rows = [
        {"person": f"p{who}", "period": str(week), "outcome": who + 0.5 * home + (week * who % 3) / 9,
         "home": float(home)}
        for who in range(12) for week in range(6) for home in [(week + who) % 2]
    ]  # fmt: skip
    _, _, data = count_file("panel", rows, TODAY)
    assert data["effect"][0] == pytest.approx(0.5, abs=0.1)
    assert data["verdict"] == "higher"


def test_the_pages_of_files_are_saras_alone(sara, tina, client):
    client.force_login(sara)
    content = csv_of([absent(at, "home") for at in range(3)] + [absent(9, "home", days=-1)])
    page = client.post(
        reverse("insight:files"),
        {"subject": "absence", "file": SimpleUploadedFile("absence.csv", content)},
    )
    at = page["Location"]
    assert "-1" in client.get(at).content.decode()
    assert client.post(at, {}).status_code == 422
    assert client.post(at, {"q0": "missing"}).status_code == 302
    assert DataFile.objects.get().state == "waiting"
    client.force_login(tina)
    assert client.get(at).status_code == 404
    with pytest.raises(NotVisible):
        actions.read_in(actor=tina, subject="absence", file_name="a", content=content)
    client.force_login(sara)
    client.post(reverse("insight:drop_file", args=[DataFile.objects.get().pk]))
    assert not DataFile.objects.exists()


def test_rows_that_nobody_had_counted_are_thrown_away_after_a_day(sara):
    read_in(sara, [absent(1, "home")])
    with clock.moved_to(clock.now() + timedelta(days=2)):
        actions.count_files()
    assert not DataFile.objects.exists()
