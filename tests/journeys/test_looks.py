"""Two browsers: somebody opens what is another's, and that one sees it at once, on an open page."""

import pytest
from playwright.sync_api import expect
from steps import SEEN_MS

pytestmark = pytest.mark.journey


@pytest.fixture
def elin_looks_after_accounts(office):
    """Elin, who is administrator for a while; her looks of other days are left out of it."""
    elin = office.person_id("Elin")
    office.sql(
        "INSERT INTO people_grant (person_id, role, since) VALUES (%s, 'administrator', now())",
        elin,
    )
    yield elin
    office.sql("DELETE FROM people_grant WHERE person_id = %s AND role = 'administrator'", elin)


@pytest.mark.requirement("S4-4")
def test_amanda_sees_on_her_open_page_that_elin_has_just_opened_her_account(
    office, open_page, elin_looks_after_accounts
):
    amanda = open_page("amanda", "/me/who-sees-what/")
    looked = amanda.locator("#my-looks")
    expect(looked).to_be_visible(timeout=SEEN_MS)
    before = looked.inner_text().count("Elin")
    elin = open_page("elin", f"/people/{office.person_id('Amanda')}/leaving/")
    # She is told so, where she looks.
    expect(elin.locator("main")).to_contain_text("Amanda kan se", timeout=SEEN_MS)
    expect(looked).to_contain_text("Elin", timeout=SEEN_MS)
    assert looked.inner_text().count("Elin") == before + 1, "one opening is one look"


@pytest.mark.requirement("S3-37")
@pytest.mark.parametrize("path", ["/", "/cases/", "/team/", "/me/sign-in/", "/no-such-page/"])
def test_from_any_page_two_clicks_lead_to_who_helps(office, open_page, path):
    amanda = open_page("amanda", path)
    amanda.locator("footer").get_by_role("link", name="Vem hjälper mig?").click()
    main = amanda.locator("main")
    expect(main).to_contain_text("Tina", timeout=SEEN_MS)
    # The second click writes to her; or rings her, where there is a number.
    expect(main.get_by_role("link", name="tina@hemma.example").first).to_be_visible()
