"""Colleagues: each signs in with a password, follows their plan, takes what is offered, answers.

Through HTTP alone: they see what a browser sees and press what a browser presses.
"""

import http.client
import logging
import random
import re
import threading
from dataclasses import dataclass, field
from datetime import datetime

from hemma.desk.demo_letters import answer_to
from hemma.lib import clock
from hemma.run.demo.browser import Browser, Form, Page, Refused
from hemma.run.demo.seeding import Acting

log = logging.getLogger(__name__)

FAILURES = (OSError, http.client.HTTPException, Refused)
# Below the sign-in page's own limit per minute and address, and light on the processor.
BETWEEN_SIGN_INS_S = 1.0
# Whoever waits for a page this long asks as many times more seldom: on a slow machine the visitor's
# own pages come first.
OF_THE_TIME = 0.02
# But never more seldom than this, so that an offer, which stands for 90 seconds, is seen in time.
SELDOM_S = 60.0
# So many may look as often as they like; more share the same number of looks.
LOOK_AT_EASE = 40
MY_DAY = "/"  # the start leads everyone to their own first page
# What a browser fetches when it is told that an offer came: a small part of the page of the day.
OFFER = "/routing/offer/"
CASES, MINE = "/cases/", "/cases/mine/"
# Among so many looks for an offer is one at what they hold: letters come more seldom than offers.
LOOKS_A_ROUND = 4
DECLINES = 0.08
MODE_OF = {
    "warmup": "warmup",
    "queue": "ready",
    "focus": "focus",
    "meeting": "meeting",
    "coaching": "meeting",
    "pause": "recess",
    "recess": "recess",
    "fika": "recess",
    "rast": "meal",
    "shutdown": "away",
}
GONE = "away"
LETTER = re.compile(r'<article class="(letter[^"]*)"')


@dataclass
class Colleague:
    """One person at work. `run` goes on until `stop`; a failure is logged, and they try again."""

    acting: Acting
    base: str
    password: str
    rng: random.Random
    stop: threading.Event
    slowness: float = 1.0
    door: threading.Lock = field(default_factory=threading.Lock)
    _mode: str = ""
    _browser: Browser | None = None
    _looks: int = 0

    def run(self, begin_in_s: float) -> None:
        """Come to work after `begin_in_s` seconds, and stay."""
        self.stop.wait(begin_in_s)
        while not self.stop.is_set():
            try:
                self._turn()
                self.stop.wait(self._pause())
            except FAILURES as failure:
                log.info("%s: %s; trying again soon", self.acting.name, failure)
                self._browser = None
                self.stop.wait(self.rng.uniform(20, 40))
            except Exception:
                log.exception("%s stumbled; trying again later", self.acting.name)
                self._browser = None
                self.stop.wait(60)

    def _turn(self) -> None:
        if self._browser is None:
            self._browser = self._sign_in()
        self._follow_plan(self._browser)
        if not self.acting.answers or self._mode != "ready":
            return
        if self._looks % LOOKS_A_ROUND == 0:
            self._answer_what_i_hold(self._browser)
        self._looks += 1
        page = self._browser.get(OFFER)
        offer = page.form("/accept/")
        if offer is not None:
            self._consider(self._browser, page, offer)

    def _pause(self) -> float:
        """Seconds until the next look: those of the company's size, longer where pages are slow."""
        waited = self._browser.slowest_s if self._browser else 0.0
        return max(self.rng.uniform(6, 12) * self.slowness, min(waited / OF_THE_TIME, SELDOM_S))

    def _sign_in(self) -> Browser:
        """Come in by the door that all share, one at a time, and leave it as long as it took."""
        with self.door:
            browser = self._come_in()
            self.stop.wait(browser.slowest_s)
        return browser

    def _come_in(self) -> Browser:
        browser = Browser(self.base)
        page = browser.get("/sign-in/")
        form = page.form("sign-in")
        if form is None:
            raise Refused("the sign-in page has no form")
        page = browser.submit(page, form, login=self.acting.email, password=self.password)
        if "/sign-in/" in page.url:
            raise Refused("the sign-in was not accepted")
        self._mode = ""
        return browser

    def _follow_plan(self, browser: Browser) -> None:
        wanted = self._planned(clock.now())
        if wanted == self._mode:
            return
        page = browser.get(MY_DAY)
        form = next((one for one in page.forms if ("mode", wanted) in one.buttons), None)
        if form is not None:
            browser.submit(page, form, button=f"mode={wanted}")
        self._mode = wanted  # where the page does not offer a mode, there is nothing to press

    def _planned(self, now: datetime) -> str:
        part = next((p for p in self.acting.day if p.starts_at <= now < p.ends_at), None)
        return MODE_OF.get(part.kind, "ready") if part else GONE

    def _consider(self, browser: Browser, page: Page, offer: Form) -> None:
        """Look at it for a moment, as people do; then take it, or pass it on."""
        self.stop.wait(self.rng.uniform(4, 20))
        if self.stop.is_set():
            return
        no = page.form("/decline/")
        if no is not None and self.rng.random() < DECLINES:
            browser.submit(page, no)
            return
        self._answer(browser, browser.submit(page, offer))

    def _answer_what_i_hold(self, browser: Browser) -> None:
        """Cases that are still mine: from before a restart, or with a new letter in them."""
        for address in browser.get(MINE).links(CASES):
            page = browser.get(address)
            if _customer_had_the_last_word(page):
                self._answer(browser, page)
                return

    def _answer(self, browser: Browser, page: Page) -> None:
        self.stop.wait(self.rng.uniform(15, 55))  # reading and writing takes its time
        if self.stop.is_set():
            return
        form = page.writing()
        if form is None:
            return
        words = f"{answer_to(page.html)}\n\n{self.acting.name.split()[0]}"
        browser.submit(page, form, button=_send(form), **{form.textarea: words})


def _customer_had_the_last_word(page: Page) -> bool:
    letters = LETTER.findall(page.html)
    return bool(letters) and "letter--ours" not in letters[-1]


def _send(form: Form) -> str:
    """The button that sends: the last one. Those before it take a saved text and the like."""
    name, value = form.buttons[-1] if form.buttons else ("", "")
    return f"{name}={value}" if name else ""


def start(
    colleagues: list[Acting], base: str, password: str, seed: int, stop: threading.Event
) -> list[threading.Thread]:
    """One thread a colleague; they come in one after the other."""
    threads = []
    door = threading.Lock()
    slowness = max(1.0, len(colleagues) / LOOK_AT_EASE)
    for number, one in enumerate(colleagues):
        rng = random.Random(f"{seed} {one.email}")  # noqa: S311 - delays, not secrets
        colleague = Colleague(one, base, password, rng, stop, slowness, door)
        thread = threading.Thread(
            target=colleague.run, args=(number * BETWEEN_SIGN_INS_S,), name=one.name, daemon=True
        )
        thread.start()
        threads.append(thread)
    return threads


def wait_for(base: str, stop: threading.Event) -> None:
    """Return when the product says that it lives, or when `stop` is set."""
    while not stop.is_set():
        try:
            Browser(base).get("/healthz")
            return
        except Refused as refusal:
            if refusal.status < 500:
                return
            stop.wait(0.3)
        except FAILURES:
            stop.wait(0.3)
