"""One's own weeks and one's overtime, walked by the keyboard alone."""

import pytest
from axe import findings
from playwright.sync_api import Page, expect
from steps import SEEN_MS, focus_is_visible, tab_to

pytestmark = pytest.mark.journey


def by_key(page: Page, selector: str) -> None:
    target = page.locator(selector).first
    tab_to(page, target, most=150)
    assert focus_is_visible(page), f"{selector} has the focus and does not show it"
    page.keyboard.press("Enter")


@pytest.mark.requirement("S0-31")
def test_amanda_reaches_her_own_weeks_by_keyboard_and_comes_back(open_page):
    page = open_page("amanda", "/day/")
    expect(page.locator("#todos")).to_be_visible(timeout=SEEN_MS)
    by_key(page, "#todos a[href='/day/weeks/']")
    expect(page.locator("h1")).to_have_text("Mina egna veckor")
    assert findings(page) == []
    by_key(page, "main a[href='/day/']")
    expect(page).to_have_url(f"{page.url.split('/day/')[0]}/day/")


@pytest.mark.requirement("S4-8")
def test_amanda_walks_the_months_of_her_overtime_by_keyboard(open_page):
    page = open_page("amanda", "/routing/overtime/")
    heading = page.locator("#month-h")
    here = heading.text_content()
    assert findings(page) == []
    by_key(page, "main .headrow a")
    expect(heading).not_to_have_text(here)
    by_key(page, "main .headrow a:nth-of-type(2)")
    expect(heading).to_have_text(here)
    tab_to(page, page.locator("main a[href='/day/hours/']"), most=150)
    assert focus_is_visible(page)
