"""A page that opens asks for nothing that it has just been given, and misses nothing all the same."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from steps import SEEN_MS, choose_mode

pytestmark = pytest.mark.journey
LONG_ENOUGH_MS = 1500  # the stream is open by then, and what it asks for is asked


def test_the_page_that_amanda_opens_asks_for_none_of_its_parts_again(open_page):
    amanda = open_page("amanda", "/day/")
    asked = []
    amanda.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with amanda.expect_request("**/live/stream?since=*"):
        amanda.goto("/cases/")
    amanda.wait_for_timeout(LONG_ENOUGH_MS)
    assert not {"/cases/list/", "/notices/line/", "/routing/offer/"} & set(asked)
    assert asked.count("/day/here/") <= 1


def test_what_changed_between_drawing_and_listening_is_seen(office, open_page):
    """The stream is held back until Bengt has changed his mode: the page begins with just that."""
    tina = open_page("tina", "/day/")
    bengt = open_page("bengt", "/day/")
    row = f"#member-{office.person_id('Bengt')}"
    held = []
    tina.route("**/live/stream*", lambda route: held.append(route))
    tina.goto("/team/")
    expect(tina.locator(row)).not_to_contain_text("Fokus")
    choose_mode(bengt, "focus")
    tina.wait_for_timeout(300)
    asked = []
    tina.on("request", lambda request: asked.append(urlsplit(request.url).path))
    for route in held:
        route.continue_()
    expect(tina.locator(row)).to_contain_text("Fokus", timeout=SEEN_MS)
    assert "/notices/line/" not in asked, "what has not changed is not asked for"
