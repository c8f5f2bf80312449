"""Hemma as an app: it says in the person's language when the line is down, and keeps nobody's page."""

import pytest
from axe import findings, sideways_scroll
from playwright.sync_api import Page, expect
from steps import SEEN_MS, until

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push([new URL(request.url).pathname, await answer.text()]);
    }
  }
  return found;
}"""


def is_looked_after(page: Page) -> None:
    """The worker is there and has this page in hand."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # A page that was on its way while the worker began is taken in hand when it is opened again.
    if not page.evaluate("navigator.serviceWorker.controller !== null"):
        page.reload()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null", ms=4 * SEEN_MS)


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [("amanda", "sv", "Förbindelsen är bruten"), ("bengt", "nb", "Forbindelsen er brutt")],
)
def test_without_a_line_there_is_a_page_in_ones_own_language(
    name, language, words, office, open_page, people
):
    page = open_page(name, "/day/", **PHONE)
    page.locator(f"footer button[value={language}]").click()
    is_looked_after(page)
    until(
        page,
        "async (code) => (await (await caches.match('/ui/choice/language'))?.text()) === code",
        language,
    )
    page.context.set_offline(True)
    page.goto("/team/")
    expect(page.locator("h1")).to_have_text(words, timeout=SEEN_MS)
    assert not findings(page)
    assert sideways_scroll(page) <= 0
    page.context.set_offline(False)
    page.locator("main a").click()
    expect(page.locator("h1")).not_to_have_text(words, timeout=SEEN_MS)
    assert page.url.endswith("/team/")
    page.locator("footer button[value=sv]").click()
    # What the fragments of the page said of the line that was cut.
    people.complaints[:] = [one for one in people.complaints if "Security Policy" in one]


def test_no_page_of_anybodys_is_kept_in_the_browser(office, open_page):
    page = open_page("amanda", "/day/")
    is_looked_after(page)
    for path in ("/cases/", "/me/who-sees-what/", "/team/", "/notices/"):
        page.goto(path)
    kept = page.evaluate(KEPT)
    assert kept
    for path, text in kept:
        assert path.startswith(("/static/", "/ui/offline/", "/ui/choice/")), path
        assert "Amanda" not in text
        assert "csrfmiddlewaretoken" not in text


def test_it_can_be_put_on_the_home_screen(office, open_page):
    page = open_page("amanda", "/day/")
    address = page.locator("link[rel=manifest]").get_attribute("href")
    told = page.evaluate("a => fetch(a).then(r => r.json())", address)
    assert told["start_url"] == "/"
    assert told["display"] == "standalone"
    assert told["lang"] == "sv"
    sizes = page.evaluate(
        """async (icons) => Promise.all(icons.map(async (one) => {
          const picture = new Image();
          picture.src = one.src;
          await picture.decode();
          return [`${picture.naturalWidth}x${picture.naturalHeight}`, one.sizes];
        }))""",
        told["icons"],
    )
    assert len(sizes) == 3
    assert all(real == said for real, said in sizes)
    client = page.context.new_cdp_session(page)
    errors = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in errors if one["errorId"] != "in-incognito"] == []


def test_who_signs_out_hears_nothing_in_this_browser_any_more(office, open_page):
    """Neither the next at this computer nor the lock screen gets what was Amanda's."""
    page = open_page("elin", "/day/")
    is_looked_after(page)
    page.context.grant_permissions(["notifications"])
    page.add_init_script(
        "PushManager.prototype.getSubscription = async () => ({unsubscribe: async () =>"
        " { localStorage.setItem('test.unsubscribed', '1'); return true; }});"
    )
    page.evaluate("localStorage.setItem('hemma.notices.person', document.body.dataset.person)")
    page.evaluate("navigator.serviceWorker.ready.then(w => w.showNotification('Hemma'))")
    page.reload()
    assert page.evaluate("localStorage.getItem('test.unsubscribed')") is None
    page.locator(".anchor-me").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/sign-in/**")
    until(page, "localStorage.getItem('test.unsubscribed') === '1'")
    until(page, "localStorage.getItem('hemma.notices.person') === null")
    count = "navigator.serviceWorker.ready.then(w => w.getNotifications()).then(n => n.length)"
    assert page.evaluate(count) == 0
