"""Amanda has this browser show notices: asked for in words, shown by the worker, tried, turned off."""

import json

import pytest
from axe import findings, sideways_scroll
from playwright.sync_api import Page, expect
from steps import SEEN_MS, until

pytestmark = pytest.mark.journey
SETTINGS = "/notices/settings/"
# There is no push service in these tests: the browser's part of it answers as one that has one.
A_POINT = "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4="
WITH_A_SERVICE = """
  const made = (options) => ({
    options: options ?? {},
    endpoint: "https://push.example.org/amandas-browser",
    getKey: (name) => name === "auth"
      ? new Uint8Array(16).buffer
      : Uint8Array.from(atob("POINT"), (one) => one.charCodeAt(0)).buffer,
    unsubscribe: async () => { localStorage.removeItem("test.subscribed"); return true; },
  });
  PushManager.prototype.getSubscription =
    async () => localStorage.getItem("test.subscribed") ? made() : null;
  PushManager.prototype.subscribe = async (options) => {
    localStorage.setItem("test.subscribed", "yes");
    return made(options);
  };
""".replace("POINT", A_POINT)
SHOWN = (
    "navigator.serviceWorker.ready.then(w => w.getNotifications())"
    ".then(all => all.map(one => [one.title, one.body]))"
)


@pytest.fixture
def forget(office):
    _no_browser(office)
    yield
    _no_browser(office)


def _no_browser(office) -> None:
    office.sql("DELETE FROM notices_push")
    office.sql("DELETE FROM notices_device")


def says(page: Page, name: str) -> None:
    expect(page.locator(f"[data-say={name}]")).to_be_visible(timeout=SEEN_MS)


@pytest.mark.usefixtures("forget")
def test_amanda_turns_notices_on_tries_one_and_turns_them_off(office, open_page):
    page = open_page("amanda", SETTINGS, viewport={"width": 320, "height": 640})
    page.context.grant_permissions(["notifications"])
    page.add_init_script(WITH_A_SERVICE)
    page.reload()
    page.locator("[data-turn-on]").click()
    removing = page.get_by_role("button", name="Inga fler aviseringar i Chrome, Linux")
    expect(removing).to_be_visible(timeout=SEEN_MS)
    assert not findings(page)
    assert sideways_scroll(page) <= 0
    page.get_by_role("button", name="Skicka en på prov").click()
    expect(page.locator("#toasts")).to_contain_text("Den är på väg", timeout=SEEN_MS)
    says(page, "on")
    removing.click()
    expect(removing).to_have_count(0, timeout=SEEN_MS)
    # The browser's maker is told too, and this browser may be turned on again.
    assert page.evaluate("localStorage.getItem('test.subscribed')") is None
    expect(page.locator("[data-turn-on]")).to_be_visible(timeout=SEEN_MS)


def test_the_worker_shows_what_is_pushed(office, open_page):
    page = open_page("amanda", SETTINGS)
    page.context.grant_permissions(["notifications"])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    client = page.context.new_cdp_session(page)
    known: list[dict] = []
    client.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"])
    )
    client.send("ServiceWorker.enable")
    for _turn in range(50):
        if known:
            break
        page.wait_for_timeout(100)
    said = {"title": "Hemma", "body": "1 sak att läsa", "tag": "hemma-news", "path": "/notices/"}
    for _twice in range(2):
        client.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": office.url,
                "registrationId": known[0]["registrationId"],
                "data": json.dumps(said),
            },
        )
    until(page, f"async () => (await {SHOWN}).length > 0")
    # The second takes the place of the first: a lock screen is not filled up.
    assert page.evaluate(SHOWN) == [["Hemma", "1 sak att läsa"]]


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Webbläsaren säger nej"), ("nb", "Nettleseren sier nei")]
)
def test_a_browser_that_refuses_is_told_of_in_clear_words(language, words, office, open_page):
    page = open_page("bengt", "/day/", viewport={"width": 320, "height": 640}, color_scheme="dark")
    page.locator(f"footer button[value={language}]").click()
    page.add_init_script("Object.defineProperty(Notification, 'permission', {get: () => 'denied'})")
    page.goto(SETTINGS)
    says(page, "denied")
    expect(page.locator("[data-say=denied]")).to_contain_text(words)
    expect(page.locator("[data-turn-on]")).to_be_hidden()
    assert not findings(page)
    page.locator("footer button[value=sv]").click()


def test_a_browser_without_push_says_that_page_and_mail_work_all_the_same(office, open_page):
    page = open_page("amanda", "/day/")
    page.add_init_script("delete window.PushManager")
    page.goto(SETTINGS)
    says(page, "cannot")


def test_every_box_is_reached_and_turned_by_the_keyboard(office, open_page):
    page = open_page("amanda", SETTINGS)
    box = page.locator("#push-plan")
    box.focus()
    page.keyboard.press("Space")
    page.locator("form:has(#push-plan) button").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Sparat", timeout=SEEN_MS)
    expect(box).to_be_checked()
    box.uncheck()
    page.locator("form:has(#push-plan) button").press("Enter")
    expect(box).not_to_be_checked()
