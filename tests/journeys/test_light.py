"""The light at home: Amanda makes the link, and a tablet on the shelf shows it without signing in."""

import pytest
from axe import findings, sideways_scroll
from playwright.sync_api import expect
from steps import choose_mode

pytestmark = pytest.mark.journey

# What is renewed here is one word that nobody is in the midst of reading or filling in.
RENEWS = "meta-refresh"


@pytest.mark.requirement("S0-22")
def test_a_tablet_on_the_shelf_shows_amandas_day_and_is_clean(office, open_page):
    amanda = open_page("amanda", "/me/chat/")
    amanda.locator("#light").get_by_role("button", name="Skapa en länk").click()
    link = amanda.locator("#light-link").input_value()
    choose_mode(amanda, "ready")
    tablet = open_page(None, link)
    expect(tablet.locator("h1")).to_have_text("På jobbet")
    wrong = []
    for width, height in ((1024, 768), (320, 640)):
        for scheme in ("light", "dark"):
            tablet.set_viewport_size({"width": width, "height": height})
            tablet.emulate_media(color_scheme=scheme)
            wrong += [one for one in findings(tablet) if not one.startswith(f"{RENEWS}:")]
            wrong += ["scrolls to the side"] if sideways_scroll(tablet) > 0 else []
    assert not wrong
    assert tablet.context.cookies() == []
    office.sql(
        "UPDATE workday_modespell SET mode = 'off' WHERE person_id = %s AND until IS NULL",
        office.person_id("Amanda"),
    )
    tablet.reload()
    expect(tablet.locator("h1")).to_have_text("Ledig")
    assert not [one for one in findings(tablet) if not one.startswith(f"{RENEWS}:")]
