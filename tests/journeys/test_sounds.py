"""Two soft tones when Amanda's mode changes, if she wants them; nobody else ever hears of it."""

import pytest
from playwright.sync_api import Page, expect
from steps import SEEN_MS, choose_mode
from test_kitchen_table import Traffic

pytestmark = pytest.mark.journey

# A loudspeaker that only writes down what it was given: the pitch of every tone that was begun.
LOUDSPEAKER = """
window.heard = [];
const param = () => ({ value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} });
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  resume() { return Promise.resolve(); }
  createGain() { return { gain: param(), connect: (next) => next }; }
  createOscillator() {
    const tone = { frequency: param(), connect: (next) => next, stop() {} };
    tone.start = () => window.heard.push(tone.frequency.value);
    return tone;
  }
};
"""
SILENT = "window.AudioContext = class { constructor() { throw new Error('no device'); } };"


@pytest.fixture
def listening(office, open_page):
    """Amanda's browser in the queue, with a loudspeaker (a script) and the sounds on or off."""

    def _listening(*, on: bool, loudspeaker: str = LOUDSPEAKER) -> Page:
        page = open_page("amanda", "/day/")
        page.context.add_init_script(loudspeaker)
        choose_mode(page, "ready")
        page.goto("/day/rhythm/")
        expect(page.locator("#sounds")).not_to_be_checked()
        page.locator("#sounds").set_checked(on)
        return page

    return _listening


def heard(page: Page) -> list[float]:
    return page.evaluate("window.heard")


@pytest.mark.requirement("S0-6")
def test_every_mode_has_a_pair_of_tones_of_its_own(listening):
    page = listening(on=True)
    pairs = []
    for mode in ("focus", "recess", "meal", "ready"):
        page.evaluate("window.heard.length = 0")
        choose_mode(page, mode)
        page.wait_for_function("window.heard.length === 2", timeout=SEEN_MS)
        pairs.append(tuple(heard(page)))
    assert len(set(pairs)) == 4
    page.reload()
    expect(page.locator("#sounds")).to_be_checked()
    assert heard(page) == []  # the same mode again is no change


@pytest.mark.requirement("S0-6")
def test_turned_off_as_it_is_at_first_nothing_is_heard(listening):
    page = listening(on=False)
    choose_mode(page, "focus")
    choose_mode(page, "ready")
    page.wait_for_timeout(600)  # longer than the sounds ever wait
    assert heard(page) == []


@pytest.mark.requirement("S0-6")
def test_amanda_listens_to_each_and_nothing_is_sent(listening):
    page = listening(on=False)
    with Traffic(page) as meanwhile:
        page.locator("#sounds").check()
        for button in page.locator("[data-listen]").all():
            button.click()
        page.wait_for_function("window.heard.length === 10", timeout=SEEN_MS)
    assert meanwhile.told == set()


@pytest.mark.requirement("S0-6")
def test_a_change_of_mode_with_sounds_asks_for_nothing_more_than_without(listening):
    page = listening(on=True)
    with Traffic(page) as meanwhile:
        choose_mode(page, "focus")
        page.wait_for_function("window.heard.length === 2", timeout=SEEN_MS)
    assert meanwhile.told == {("POST", "/day/mode/")}


@pytest.mark.requirement("S0-6")
def test_of_two_tabs_one_sounds(listening):
    page = listening(on=True)
    other = page.context.new_page()
    other.goto("/day/")
    other.locator("h1").first.click()
    choose_mode(other, "focus")
    expect(page.locator("#mode-focus")).to_have_attribute("aria-pressed", "true", timeout=SEEN_MS)
    page.wait_for_timeout(600)  # longer than one tab lets the other go first
    assert len(heard(page)) + len(heard(other)) == 2


@pytest.mark.requirement("S0-6")
def test_going_home_is_heard_at_the_press(listening):
    page = listening(on=True)
    page.goto("/day/shutdown/")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Gå hem").click()
    page.wait_for_function("window.heard.length === 2", timeout=SEEN_MS)
    home = heard(page)
    page.goto("/day/rhythm/")
    page.locator("[data-listen=home]").click()
    last_two = "(home) => window.heard.slice(-2).join() === home.join()"
    page.wait_for_function(last_two, arg=home, timeout=SEEN_MS)


def test_a_computer_without_a_loudspeaker_goes_on_as_ever(listening):
    page = listening(on=True, loudspeaker=SILENT)
    choose_mode(page, "focus")
    choose_mode(page, "ready")
