"""One's own weeks, to-dos and overtime, walked by the keyboard alone."""

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


@pytest.mark.requirement("S0-23")
def test_amanda_shares_a_to_do_ticks_it_and_takes_that_back_by_keyboard(open_page):
    page = open_page("amanda", "/day/")
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme="dark")
    by_key(page, "#todos a[href='/day/todos/new/']")
    tab_to(page, page.locator("#id_text"), most=150)
    page.keyboard.type("Boka rummet")
    tab_to(page, page.locator("#id_team"), most=20)
    page.keyboard.press("ArrowDown")
    assert findings(page) == []
    tab_to(page, page.locator("main form .btn--do"), most=20)
    page.keyboard.press("Enter")
    one = page.locator("#todos li", has_text="Boka rummet")
    expect(one.locator("[value='unshare']")).to_be_visible(timeout=SEEN_MS)
    mine = f"#{one.get_attribute('id')}"
    by_key(page, f"{mine} [value='tick']")
    expect(page.locator(f"{mine} s")).to_have_text("Boka rummet", timeout=SEEN_MS)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    by_key(page, f"{mine} [value='untick']")
    expect(page.locator(f"{mine} [value='tick']")).to_be_visible(timeout=SEEN_MS)
    by_key(page, f"{mine} [value='drop']")
    expect(page.locator(mine)).to_have_count(0)
