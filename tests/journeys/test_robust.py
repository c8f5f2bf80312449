"""What may go wrong on an ordinary day: a lost sign-in, a browser without script."""

import pytest
from office import SUPPORT
from playwright.sync_api import expect
from steps import SEEN_MS, WRITING, choose_mode, send_button, take

from conftest import sign_in

pytestmark = pytest.mark.journey


def test_what_amanda_has_typed_survives_a_lost_sign_in(office, kim, people, open_page):
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Strömavbrott i natt", "Frysen har tinat.")
    take(amanda, "Strömavbrott i natt")
    case = amanda.url
    amanda.locator(WRITING).fill("Så tråkigt med frysen, jag skickar ett intyg.")
    amanda.wait_for_timeout(600)  # drafts are kept a moment after the last key
    office.sql("DELETE FROM people_session")
    people.remembered.clear()
    send_button(amanda).click()
    # A line on the page she leaves may speak of signing in too: wait for the page she comes to.
    amanda.wait_for_url("**/answer/**", timeout=SEEN_MS)
    expect(amanda.locator("main")).to_contain_text("ogga in", timeout=SEEN_MS)
    sign_in(amanda, office, "amanda")
    amanda.goto(case)
    expect(amanda.locator(WRITING)).to_have_value(
        "Så tråkigt med frysen, jag skickar ett intyg.", timeout=SEEN_MS
    )
    send_button(amanda).click()
    kim.fetches("Så tråkigt med frysen")


def test_amanda_signs_in_takes_a_case_and_answers_without_script(office, kim, open_page):
    amanda = open_page(None, "/sign-in/", java_script_enabled=False)
    sign_in(amanda, office, "amanda")
    amanda.locator("#mode-ready").click()
    expect(amanda.locator("#mode-ready")).to_have_attribute("aria-pressed", "true")
    kim.writes(SUPPORT, "Kan jag få en kopia?", "På fakturan för maj.")
    accept = amanda.locator("form[action*='/accept/'] button")
    for _look in range(25):  # without script a person loads the page again
        amanda.goto("/")
        if accept.count():
            break
        amanda.wait_for_timeout(200)
    accept.click()
    amanda.locator(WRITING).fill("Kopian kommer här.")
    send_button(amanda).click()
    kim.fetches("Kopian kommer här.")
