"""The hourly nudge: after an hour without a pause, never in a talk, at once when the talk is over."""

import pytest
from playwright.sync_api import Page, expect
from steps import SEEN_MS, choose_mode

pytestmark = pytest.mark.journey

NUDGE = "[data-nudge]"
# Minutes since the last pause, what the bar says → whether a nudge is due, by the page's own rule.
RULE = """async (rows) => {
  const from = document.querySelector("script[src*='rhythm']").src;
  const { due } = await import(from);
  const bar = (says) => ({ here: says !== "no bar", contact: says === "contact", rests: says === "rests" });
  return rows.map(([minutes, says, more]) => due({ since: 1, ...more }, 1 + minutes * 60000, bar(says)));
}"""


def last_pause(page: Page, minutes: int) -> None:
    """Have this browser believe that the last pause was so many minutes ago."""
    kept = f"{{since: Date.now() - {minutes} * 60000, tick: Date.now()}}"
    page.evaluate(f"localStorage.setItem('hemma.rhythm', JSON.stringify({kept}))")
    page.reload()
    # The rule has run on the new page once it has written down when.
    page.wait_for_function("JSON.parse(localStorage.getItem('hemma.rhythm')).tick > 0")


def says(office, mode: str) -> None:
    office.sql(
        "UPDATE workday_modespell SET mode = %s WHERE person_id = %s AND until IS NULL",
        mode,
        office.person_id("Amanda"),
    )


@pytest.mark.requirement("S0-26")
def test_amanda_is_nudged_within_the_hour_and_never_while_she_talks_or_rests(office, open_page):
    page = open_page("amanda", "/day/")
    choose_mode(page, "ready")
    rows = [
        [54, "", {}], [60, "", {}], [60, "contact", {}], [60, "rests", {}], [60, "no bar", {}],
        [60, "", {"move": False}], [31, "", {"micro": True}],
    ]  # fmt: skip
    assert page.evaluate(RULE, rows) == [False, True, False, False, False, False, True]


@pytest.mark.requirement("S0-26")
def test_a_nudge_waits_for_the_end_of_a_talk_and_comes_then(office, open_page):
    page = open_page("amanda", "/day/")
    choose_mode(page, "ready")
    says(office, "in_contact")
    last_pause(page, 61)
    expect(page.locator("#mebar")).to_have_attribute("data-contact", "")
    expect(page.locator(NUDGE)).to_have_count(0)
    says(office, "ready")
    page.reload()
    expect(page.locator(NUDGE)).to_be_visible(timeout=SEEN_MS)
    page.locator("[data-nudge-later]").click()
    page.reload()
    expect(page.locator("#mebar")).to_be_visible()
    expect(page.locator(NUDGE)).to_have_count(0)


@pytest.mark.requirement("S0-26")
def test_turned_off_in_this_browser_it_never_comes(office, open_page):
    page = open_page("amanda", "/day/rhythm/")
    choose_mode(page, "ready")
    page.locator("#nudge-move").uncheck()
    page.evaluate(
        "localStorage.setItem('hemma.rhythm', JSON.stringify({...JSON.parse("
        "localStorage.getItem('hemma.rhythm')), since: Date.now() - 70 * 60000}))"
    )
    page.reload()
    expect(page.locator("#nudge-move")).not_to_be_checked()
    expect(page.locator(NUDGE)).to_have_count(0)
