"""Fixtures of the journeys: the whole product, a real mail server, a real browser."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, TimeoutError

sys.path.insert(0, str(Path(__file__).parent))  # the modules beside this file

from chromium import Chromium, chromium
from customer import Customer
from office import Office, open_office

from hemma.lib.tests.dovecot import dovecot

# Long, for slow machines: how fast things are is for benchmarks to say.
WAIT_MS = 15_000
# What Chromium says of answers that the journeys ask for on purpose.
EXPECTED = ("status of 401", "status of 404", "status of 403")

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def running_office(database_url: str, tmp_path_factory) -> Iterator[Office]:
    """The product, started once for all journeys."""
    data = tmp_path_factory.mktemp("office")
    data.chmod(0o700)
    with dovecot() as mail, open_office(database_url, data, mail) as office:
        yield office


@pytest.fixture
def office(running_office: Office) -> Office:
    """The product on a fresh morning: nobody is there yet, nothing waits."""
    running_office.everybody_goes_home()
    return running_office


@pytest.fixture
def kim(office: Office) -> Customer:
    """A customer with a mailbox that nobody has used before."""
    return Customer(office.mail)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """Closed after each module: while it is open, no other test may use the database."""
    with chromium() as running:
        yield running


class People:
    """Opens pages as people of the company; signs each in once a module, by the form."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        self.remembered: dict[str, dict] = {}
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, office: Office, name: str | None, path: str = "/", **options) -> Page:
        """A page in a browser of its own, signed in as `name`@hemma.example (None: nobody)."""
        options = {"locale": "sv-SE", "viewport": {"width": 1280, "height": 900}} | options
        if name and name not in self.remembered:
            self.remembered[name] = self._sign_in(office, name)
        state = self.remembered[name] if name else None
        context = self.browser.running.new_context(
            base_url=office.url, storage_state=state, **options
        )
        context.set_default_timeout(WAIT_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.goto(path)
        return page

    def _sign_in(self, office: Office, name: str) -> dict:
        context = self.browser.running.new_context(base_url=office.url, locale="sv-SE")
        page = context.new_page()
        sign_in(page, office, name)
        state = context.storage_state()
        self.browser.close(context)
        return state

    def _heard(self, message: ConsoleMessage) -> None:
        refused = "Content Security Policy" in message.text
        if refused or (message.type == "error" and not any(w in message.text for w in EXPECTED)):
            self.complaints.append(f"{message.type}: {message.text}")

    def close(self) -> None:
        contexts, self.contexts = self.contexts, []
        if contexts:
            self.browser.close(*contexts)


def sign_in(page: Page, office: Office, name: str) -> None:
    """Fill in the sign-in form and send it."""
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(f"{name}@hemma.example")
    page.locator("input[name=password]").fill(office.mail.password)
    page.locator("main form").first.get_by_role("button").click()
    try:
        page.wait_for_url(lambda url: "/sign-in/" not in url, timeout=WAIT_MS)
    except TimeoutError as late:
        said = page.locator("body").inner_text()
        raise AssertionError(f"{name} is not signed in; the page says:\n{said}") from late


@pytest.fixture(scope="module")
def people(browser: Chromium) -> People:
    return People(browser)


@pytest.fixture
def open_page(people: People, office: Office, request) -> Iterator[OpenPage]:
    """`open_page("amanda", "/")`; afterwards no page may have complained in its console."""
    people.complaints.clear()
    yield lambda name=None, path="/", **options: people.open(office, name, path, **options)
    people.close()
    assert people.complaints == []
