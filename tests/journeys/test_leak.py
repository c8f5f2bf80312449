"""That something may have leaked is told, read and taken care of by the keyboard alone."""

import pytest
from axe import findings
from playwright.sync_api import expect
from steps import SEEN_MS, focus_is_visible, tab_to

pytestmark = pytest.mark.journey


def press(page, target):
    """Go to `target` by Tab, see that one is there, and press Enter."""
    tab_to(page, target)
    assert focus_is_visible(page)
    page.keyboard.press("Enter")


@pytest.fixture
def elin_helps(office):
    """Elin is IT support for as long as a test lasts."""
    elin = office.person_id("Elin")
    office.sql(
        "INSERT INTO people_grant (person_id, role, since) VALUES (%s, 'it_support', now())", elin
    )
    yield
    office.sql("DELETE FROM support_slip")
    office.sql("DELETE FROM people_grant WHERE person_id = %s AND role = 'it_support'", elin)


@pytest.mark.requirement("S3-18")
@pytest.mark.usefixtures("elin_helps")
def test_amanda_tells_of_a_leak_with_the_keyboard_alone_and_reads_what_was_done(open_page):
    amanda = open_page("amanda", "/day/")
    press(amanda, amanda.locator("footer a[href='/leak/']"))
    amanda.wait_for_url("**/leak/")
    tab_to(amanda, amanda.locator("main input[name=what]:checked"))
    assert focus_is_visible(amanda)
    amanda.keyboard.press("ArrowDown")
    chosen = amanda.locator("main input[name=what]:checked")
    assert chosen.get_attribute("value") != "wrong_person"
    tab_to(amanda, amanda.locator("main textarea"))
    assert focus_is_visible(amanda)
    amanda.keyboard.type("Jag är inte säker.")
    press(amanda, amanda.locator("main form button.btn--do"))
    mine = amanda.locator("main section[aria-labelledby=mine-h]")
    expect(mine).to_contain_text("på väg till IT", timeout=SEEN_MS)

    elin = open_page("elin", "/leak/told/")
    press(elin, elin.locator("main ul.list a").first)
    elin.wait_for_url("**/leak/told/*/")
    expect(elin.locator("main")).to_contain_text("Jag är inte säker.")
    assert findings(elin) == []
    tab_to(elin, elin.locator("main textarea"))
    elin.keyboard.type("Lösenordet är bytt, ingen har varit inne.")
    press(elin, elin.locator("main form button.btn--do"))
    expect(elin.locator("main")).to_contain_text("omhändertaget", timeout=SEEN_MS)

    amanda.reload()
    expect(mine).to_contain_text("ingen har varit inne")
    assert findings(amanda) == []
