"""Amanda at the cottage: the line is thin, loses packets, and is pulled out in the middle (S2-6)."""

from urllib.parse import urlsplit

import pytest
from office import SUPPORT
from playwright.sync_api import expect
from steps import SEEN_MS, WRITING, choose_mode, send_button, take
from thin_line import ThinLine, thin_line

pytestmark = pytest.mark.journey
WORDS = "Så tråkigt. Jag har bett elnätet att ringa dig"
# What the browser and htmx say of a line that is not there.
GONE = (
    "Failed to load resource: net::",
    "Failed to fetch",
    "ERR_CONNECTION",
    # The worker that the pages register; what comes of that is caught, the browser says it anyway.
    "error: An unknown error occurred when fetching the script.",
)
LONG_MS = 4 * SEEN_MS


@pytest.fixture
def line(office) -> ThinLine:
    """1.5 Mbit/s, 300 ms there and back, two packets in a hundred lost."""
    with thin_line(urlsplit(office.url).port) as running:
        yield running


@pytest.fixture
def cottage(office, kim, people, open_page, line):
    """Amanda's case, opened over the thin line."""
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Strömmen är borta", "Det är mörkt här.")
    take(amanda, "Strömmen är borta")
    amanda.goto("about:blank")  # the stream of the office's line ends here
    people.complaints.clear()
    number = office.sql("SELECT max(number) FROM desk_case")[0][0]
    amanda.goto(f"http://localhost:{line.here}/cases/{number}/", timeout=LONG_MS)
    expect(amanda.locator(WRITING)).to_be_editable(timeout=LONG_MS)
    yield amanda
    # The browser itself complains of a line that is gone; nothing else may.
    people.complaints[:] = [one for one in people.complaints if not any(w in one for w in GONE)]


@pytest.mark.requirement("S2-6")
@pytest.mark.timeout(300)
def test_words_typed_while_the_line_is_gone_are_kept_and_arrive_once_it_is_back(
    office, kim, line, cottage
):
    field = cottage.locator(WRITING)
    field.press_sequentially("Hej Kim! ")
    line.pull()
    field.press_sequentially(WORDS)
    gone = cottage.locator("[data-notice=offline]")
    expect(gone).to_be_visible(timeout=LONG_MS)
    send_button(cottage).click()
    expect(cottage.locator("#toasts")).to_contain_text("Inte skickat", timeout=LONG_MS)
    expect(field).to_have_value(f"Hej Kim! {WORDS}")
    line.plug()
    expect(gone).to_have_count(0, timeout=LONG_MS)
    expect(field).to_have_value(f"Hej Kim! {WORDS}")
    send_button(cottage).click()
    expect(cottage.locator(".letter").filter(has_text=WORDS)).to_be_visible(timeout=LONG_MS)
    kim.fetches(WORDS)
    assert office.sql("SELECT count(*) FROM desk_message WHERE text LIKE %s", f"%{WORDS}%") == [
        (1,)
    ]


@pytest.mark.requirement("S2-6")
@pytest.mark.timeout(300)
def test_a_browser_that_was_closed_without_a_line_still_has_the_words(line, cottage):
    cottage.locator(WRITING).press_sequentially(WORDS)
    cottage.wait_for_timeout(600)  # drafts are kept a moment after the last key
    case = cottage.url
    line.pull()
    cottage.close()
    line.plug()
    again = cottage.context.new_page()
    again.goto(case, timeout=LONG_MS)
    expect(again.locator(WRITING)).to_have_value(WORDS, timeout=LONG_MS)
