"""Amanda works where others live: one key hides what customers have told her, and nothing tells on her."""

from urllib.parse import urlsplit

import pytest
from axe import findings
from office import SUPPORT
from playwright.sync_api import Page, expect
from steps import SEEN_MS, WRITING, answer, choose_mode, offer_of, take, until

pytestmark = pytest.mark.journey
CURTAIN = "#curtain"


@pytest.fixture
def at_work(office, kim, open_page):
    """Amanda has Kim's case in front of her."""
    page = open_page("amanda", "/")
    choose_mode(page, "ready")
    kim.writes(SUPPORT, "Elen i köket", "Hej!\n\nMitt nummer är 0701234567.\n\nKim")
    take(page, "Elen i köket")
    expect(page.locator("main")).to_contain_text("0701234567")
    return page


def is_hidden(page: Page) -> None:
    expect(page.locator(CURTAIN)).to_be_visible(timeout=SEEN_MS)
    for part in ("main", "header.top", "footer.foot"):
        expect(page.locator(part)).not_to_be_visible()
    assert page.title() == "Hemma"


@pytest.mark.requirement("S0-41")
def test_f8_hides_everything_while_amanda_writes_and_gives_it_back_as_it_was(at_work):
    page = at_work
    page.locator(WRITING).fill("Jag ser att")
    page.locator(WRITING).press("F8")
    is_hidden(page)
    assert not findings(page)
    page.locator(CURTAIN).press("Escape")
    is_hidden(page)
    page.keyboard.press("F8")
    expect(page.locator("main")).to_contain_text("0701234567")
    assert page.locator(WRITING).input_value() == "Jag ser att"
    assert "Elen i köket" in page.title()


@pytest.mark.requirement("S0-41")
def test_it_is_hidden_within_the_very_keypress(at_work):
    """No network and no waiting in between: when the key has been handled, nothing can be seen."""
    seen = at_work.evaluate(
        "() => { document.dispatchEvent(new KeyboardEvent('keydown', {key: 'F8'}));"
        " return getComputedStyle(document.querySelector('main')).visibility; }"
    )
    assert seen == "hidden"


def test_escape_twice_hides_and_once_does_not(at_work):
    at_work.locator("h1").click()
    at_work.keyboard.press("Escape")
    expect(at_work.locator("main")).to_be_visible()
    at_work.keyboard.press("Escape")
    at_work.keyboard.press("Escape")
    is_hidden(at_work)


def test_every_tab_is_hidden_and_stays_so_when_it_is_loaded_again(at_work):
    other = at_work.context.new_page()
    other.goto("/cases/")
    expect(other.locator("main")).to_contain_text("Elen i köket")
    at_work.get_by_role("button", name="Göm").first.click()
    is_hidden(at_work)
    is_hidden(other)
    other.reload()
    is_hidden(other)
    other.locator("[data-show]").click()
    expect(at_work.locator("main")).to_be_visible()


@pytest.mark.requirement("S0-41")
def test_notices_of_the_browser_are_taken_away_with_the_rest(at_work):
    at_work.context.grant_permissions(["notifications"])
    at_work.evaluate("navigator.serviceWorker.ready.then(w => w.showNotification('Hemma'))")
    count = "navigator.serviceWorker.ready.then(w => w.getNotifications()).then(n => n.length)"
    assert at_work.evaluate(count) == 1
    at_work.keyboard.press("F8")
    is_hidden(at_work)
    until(at_work, f"async () => (await {count}) === 0")


def test_an_offer_that_comes_meanwhile_is_told_of_without_whose_it_is(office, kim, open_page):
    page = open_page("amanda", "/")
    choose_mode(page, "ready")
    page.keyboard.press("F8")
    is_hidden(page)
    expect(page.locator("[data-waits]")).to_be_hidden()
    kim.writes(SUPPORT, "Hemlig sak", "Hej!\n\nKim")
    expect(page.locator("[data-waits]")).to_be_visible(timeout=SEEN_MS)
    assert "Hemlig" not in page.locator(CURTAIN).inner_text()
    page.keyboard.press("F8")
    offer_of(page, "Hemlig sak")


@pytest.mark.requirement("S0-41")
def test_what_customers_told_is_not_printed_unless_this_browser_is_told_to(at_work):
    at_work.emulate_media(media="print")
    assert "0701234567" not in at_work.locator("body").inner_text()
    expect(at_work.locator(".printline")).to_be_visible()
    at_work.emulate_media(media="screen")
    at_work.goto("/ui/kitchen-table/")
    at_work.locator("#curtain-prints").check()
    at_work.go_back()
    at_work.emulate_media(media="print")
    expect(at_work.locator("main")).to_contain_text("0701234567")
    expect(at_work.locator(".printline")).not_to_be_visible()


class Traffic:
    """What a browser asks for meanwhile, beside what the page asks for at any time anyway."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: set[tuple[str, str]] = set()
        self.usual = {
            ("GET", path)
            for path in page.eval_on_selector_all(
                "[hx-get]", "all => all.map(one => one.getAttribute('hx-get'))"
            )
        } | {("GET", "/live/stream"), ("POST", "/day/here/")}

    def _hear(self, request) -> None:
        self.asked.add((request.method, urlsplit(request.url).path))

    def __enter__(self) -> "Traffic":
        self.page.context.on("request", self._hear)
        return self

    def __exit__(self, *_words) -> None:
        self.page.context.remove_listener("request", self._hear)

    @property
    def told(self) -> set[tuple[str, str]]:
        return self.asked - self.usual


@pytest.mark.requirement("S0-41")
def test_nobody_touches_anything_and_the_page_hides_itself_without_a_word_to_the_server(
    office, open_page
):
    page = open_page("amanda", "/day/")
    page.goto("/ui/kitchen-table/")
    page.locator("#curtain-minutes").select_option("5")
    page.goto("/day/")
    page.mouse.move(200, 300)
    with Traffic(page) as meanwhile:
        # The browser's clock goes on by six minutes; its timers run as ever.
        page.clock.set_system_time(page.evaluate("Date.now() + 6 * 60000"))
        is_hidden(page)
    assert meanwhile.told == set()


def test_who_does_not_want_it_is_not_hidden(office, open_page):
    page = open_page("amanda", "/ui/kitchen-table/")
    page.locator("#curtain-minutes").select_option("0")
    page.clock.set_system_time(page.evaluate("Date.now() + 6 * 60000"))
    page.wait_for_timeout(6000)  # longer than from one look to the next
    expect(page.locator("main")).to_be_visible()


@pytest.mark.requirement("S0-41")
@pytest.mark.parametrize("answer_to_it", ["[data-nudge-later]", "[data-nudge-done]"])
def test_nudges_and_micro_breaks_send_nothing(answer_to_it, office, open_page):
    """Neither that a nudge was shown nor what came of it leaves the browser."""
    page = open_page("amanda", "/day/")
    choose_mode(page, "ready")  # whoever has not begun the day is not nudged
    kept = "{since: Date.now() - 58 * 60000, micro: true, tick: Date.now()}"
    page.evaluate(f"localStorage.setItem('hemma.rhythm', JSON.stringify({kept}))")
    page.reload()
    with Traffic(page) as meanwhile:
        nudge = page.locator("[data-nudge]")
        expect(nudge).to_be_visible(timeout=SEEN_MS)
        nudge.locator(answer_to_it).click()
        expect(nudge).to_have_count(0)
    assert {one for one in meanwhile.told if not one[1].startswith("/static/")} == set()


def test_the_page_about_it_speaks_norwegian_and_is_reached_from_every_page(office, open_page):
    page = open_page("bengt", "/day/")
    page.locator("footer button[value=nb]").click()
    page.locator("footer").get_by_role("link", name="Kjøkkenbordet").click()
    expect(page.locator("h1")).to_have_text("Kjøkkenbordet")
    page.get_by_role("button", name="Prøv").click()
    expect(page.locator(CURTAIN)).to_contain_text("Skjult")
    page.keyboard.press("F8")
    page.locator("footer button[value=sv]").click()


def test_the_answer_is_sent_as_ever_after_hiding(at_work):
    at_work.keyboard.press("F8")
    at_work.keyboard.press("Enter")  # the one button there is
    answer(at_work, "Strömmen är tillbaka.")


@pytest.mark.requirement("S0-41")
def test_whoever_wants_it_is_reminded_of_the_headset_when_the_day_begins_at_home(office, open_page):
    page = open_page("amanda", "/ui/kitchen-table/")
    reminder = page.locator("#start-day .headset")
    amanda = office.person_id("Amanda")
    office.sql("DELETE FROM workday_modespell WHERE person_id = %s", amanda)
    page.goto("/day/")
    expect(page.locator("#start-day-title")).to_be_visible()
    expect(reminder).to_be_hidden()  # nobody has asked for it
    page.goto("/ui/kitchen-table/")
    expect(page.locator("main")).to_contain_text("Hemma har ingen egen mikrofon")
    with Traffic(page) as meanwhile:
        page.locator("#curtain-headset").check()
    assert meanwhile.told == set()
    page.goto("/day/")
    expect(reminder).to_be_visible()
    office.sql("UPDATE planning_shift SET place_type = 'office' WHERE person_id = %s", amanda)
    page.reload()
    expect(page.locator("#start-day-title")).to_be_visible()
    expect(reminder).to_have_count(0)
    office.sql("UPDATE planning_shift SET place_type = 'home' WHERE person_id = %s", amanda)
