"""A whole day by the keyboard alone: Amanda at home in Swedish, Bengt in the office in Norwegian."""

import pytest
from axe import findings
from playwright.sync_api import Page, expect
from steps import SEEN_MS, focus_is_visible, tab_to

pytestmark = pytest.mark.journey

DAYS = {
    "amanda": {
        "language": "sv",
        "place": "hemifrån",
        "warmup": "Mjuk start",
        "hours": "Mina tider",
        "end": "Släpp",
    },
    "bengt": {
        "language": "nb",
        "place": "kontoret",
        "warmup": "oppvarming",
        "hours": "Mine tider",
        "end": "Slipp",
    },
}


def by_key(page: Page, selector: str) -> None:
    """Go to something with Tab, see that it has the focus, and press it."""
    target = page.locator(selector).first
    tab_to(page, target, most=150)
    assert focus_is_visible(page), f"{selector} has the focus and does not show it"
    page.keyboard.press("Enter")


def clean(page: Page, where: str) -> None:
    assert findings(page) == [], where


@pytest.mark.requirement("S0-6", "S0-12", "S0-13", "S0-22")
@pytest.mark.parametrize("name", ["amanda", "bengt"])
@pytest.mark.timeout(300)
def test_a_whole_day_from_soft_start_to_shutdown_by_keyboard(office, open_page, name):
    day = DAYS[name]
    office.sql(
        "UPDATE people_person SET language = %s WHERE id = %s",
        day["language"],
        office.person_id(name.capitalize()),
    )
    page = open_page(name, "/")
    expect(page.locator("html")).to_have_attribute("lang", day["language"], timeout=SEEN_MS)
    expect(page.locator("main")).to_contain_text(day["place"])
    clean(page, "before the day")

    page.keyboard.press("n")  # the first thing of the day says: I am here
    step = page.locator("#mebar-step")
    expect(page.locator("#start-day section")).to_have_count(0, timeout=SEEN_MS)
    clean(page, "the warm-up")

    for key, mode in (("q", "ready"), ("f", "focus"), ("p", "recess"), ("q", "ready")):
        page.keyboard.press(key)
        pressed = page.locator(f"#mode-{mode}")
        expect(pressed).to_have_attribute("aria-pressed", "true", timeout=SEEN_MS)
    by_key(page, "#mebar-step")  # something at home, or in the corridor: nobody asks
    expect(step).to_have_attribute("value", "planned", timeout=SEEN_MS)
    by_key(page, "#mebar-step")
    expect(step).to_have_attribute("value", "away", timeout=SEEN_MS)

    page.goto("/day/rhythm/")
    by_key(page, "form[action='/day/peace/'] button.btn--do")
    expect(page.locator("form[action='/day/peace/'] button")).to_have_count(1, timeout=SEEN_MS)
    clean(page, "the rhythm in peace")

    page.goto("/day/hours/")
    expect(page.locator("h1")).to_have_text(day["hours"])
    expect(page.locator("main tbody tr")).to_have_count(1)
    clean(page, "the hours")

    page.goto("/day/shutdown/")
    clean(page, "letting go")
    by_key(page, "main form[action='/day/shutdown/'] button.btn--do")
    expect(page).to_have_url(f"{office.url}/sign-in/", timeout=SEEN_MS)
    spells = office.sql(
        "SELECT mode FROM workday_modespell WHERE person_id = %s AND until IS NULL",
        office.person_id(name.capitalize()),
    )
    assert spells == [("off",)]
