"""The evaluation as Sara meets it: every page clean in every look, a file asked about and counted."""

import pytest
from playwright.sync_api import expect
from steps import SEEN_MS
from test_pages import judge

pytestmark = pytest.mark.journey

ABSENCE = "person;month;form;planned_days;occasions;days\n" + "\n".join(
    f"p{at};2026-10;{'home' if at % 2 else 'office'};20;{at % 2};{at % 3 if at else 999999}"
    for at in range(40)
)


@pytest.fixture
def sara(office, open_page):
    """Elin, who manages the whole for as long as the test lasts."""
    elin = office.person_id("Elin")
    office.sql(
        "INSERT INTO people_grant (person_id, role, since) VALUES (%s, 'manager', now())", elin
    )
    yield open_page("elin", "/")
    office.sql("DELETE FROM people_grant WHERE person_id = %s AND role = 'manager'", elin)


@pytest.mark.timeout(600)
def test_the_evaluations_pages_are_clean(sara):
    wrong = []
    for path in (
        "/evaluation/",
        "/evaluation/method/",
        "/evaluation/files/",
        "/evaluation/decisions/",
        "/evaluation/decisions/new/",
        "/evaluation/trials/",
        "/evaluation/trials/new/",
    ):
        sara.goto(path)
        expect(sara.locator("h1")).to_be_visible(timeout=SEEN_MS)
        assert "404" not in sara.title()
        wrong += judge(sara, path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(600)
def test_sara_is_asked_about_an_impossible_value_and_then_told_of_groups(sara):
    sara.goto("/evaluation/files/")
    sara.locator("select[name=subject]").select_option("absence")
    sara.locator("input[type=file]").set_input_files(
        {"name": "absence.csv", "mimeType": "text/csv", "buffer": ABSENCE.encode()}
    )
    sara.locator("form[enctype] .btn--do").click()
    expect(sara.get_by_text("999999")).to_be_visible(timeout=SEEN_MS)
    wrong = judge(sara, "a file that is asked about")
    sara.locator("input[value=missing]").check()
    sara.locator("main .btn--do").click()
    told = sara.locator("#content-told table")
    expect(told).to_be_visible(timeout=SEEN_MS)
    wrong += judge(sara, "a file that is counted")
    assert not wrong, "\n".join(wrong)
