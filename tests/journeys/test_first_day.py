"""From an empty folder to a customer's answer: the first day of an installation, and nothing but it.

`./hemma serve` on a folder that was not there, with its own database and a real mail server beside
it. Whatever happens, happens in the browser or by mail.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from customer import Customer
from office import ROOT, _free_port, _seconds_to_a_working_morning
from playwright.sync_api import Page, expect
from steps import SEEN_MS, answer, choose_mode, offer_of, on_case
from test_passkeys import give_authenticator

from hemma.lib.tests.dovecot import Dovecot, dovecot

pytestmark = pytest.mark.journey

PASSWORD = "tre mogna plommon i en skål"
BOX = "kundservice@bjorkvik.example"
PATIENCE_S = 200
SETTINGS_OF_TESTS = ("HEMMA_DATABASE_URL", "HEMMA_SECOND_STEP", "HEMMA_DEMO", "HEMMA_SECRET_KEY")


@contextmanager
def served(folder: Path, mail: Dovecot) -> Iterator[tuple[str, str]]:
    """`hemma serve` as somebody starts it who has set the mail server for colleagues' letters.

    Its address, and where the first person begins, as it says.
    """
    clock = folder.with_name("clock")
    clock.write_text(f"{_seconds_to_a_working_morning()}\n")
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_TESTS}
    environment = kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "HEMMA_CLOCK_FILE": str(clock),
        "HEMMA_SMTP_HOST": mail.smtp_host,
        "HEMMA_SMTP_PORT": str(mail.smtp_port),
        "HEMMA_FROM": "hemma@bjorkvik.example",
    }
    said = folder.with_name("said")
    port = str(_free_port())
    words = ["serve", "--no-open", "--data", str(folder), "--port", port]
    tree = subprocess.Popen(
        [sys.executable, "-m", "hemma", *words],
        env=environment, cwd=ROOT, stdout=said.open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        begins = _where_it_begins(said, tree)
        yield f"http://localhost:{port}", begins
    finally:
        tree.send_signal(signal.SIGTERM)
        try:
            tree.wait(10)
        except subprocess.TimeoutExpired:
            tree.kill()


def _where_it_begins(said: Path, tree: "subprocess.Popen[bytes]") -> str:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and tree.poll() is None:
        found = re.search(r"begins at\n\s+(http\S+)", said.read_text())
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"nobody is told where to begin:\n{said.read_text()}")


def send(page: Page, **fields: str) -> None:
    """Fill in the page's form and send it."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        else:
            field.fill(value)
    page.locator("main form[method=post] button.btn--do, .door form button.btn--do").first.click()


def on(page: Page, path: str) -> None:
    page.wait_for_url(f"**{path}", timeout=SEEN_MS)


def sign_in_as(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_url(re.compile(r"//[^/]+/(?!sign-in/)"), timeout=SEEN_MS)


def imran_begins(page: Page, begins: str) -> None:
    """The first account, and the second proof without which its role opens nothing."""
    give_authenticator(page)
    page.goto(begins)
    send(page, company="Björkvik Energi", name="Imran Malik", email="imran@bjorkvik.example",
         password=PASSWORD)  # fmt: skip
    on(page, "/sign-in/")
    sign_in_as(page, "imran@bjorkvik.example")
    on(page, "/me/sign-in/needed/")
    page.locator("main a.btn--do, .door a.btn--do").first.click()
    page.locator("input[name=password]").fill(PASSWORD)  # whoever adds a proof shows one first
    page.locator("main form button.btn--do").first.click()
    page.locator("input[name=name]").fill("Imrans dator")
    page.locator("form[data-passkey] button.btn--do").click()
    expect(page.locator("main")).to_contain_text("Imrans dator", timeout=SEEN_MS)


def go_on(page: Page) -> None:
    """Come back to the guide, from anywhere and on any day, and go on where one was."""
    page.goto("/")
    on(page, "/set-up/")
    page.locator(".begin__step--next a.btn--do").click()


def imran_sets_up(page: Page, mail: Dovecot) -> None:
    """Where, who, when, the mailbox, and the colleagues; left in the middle and taken up again."""
    go_on(page)
    on(page, "/set-up/company/")
    send(page, site="Linköping", country="SE")
    on(page, "/set-up/team/")
    go_on(page)
    on(page, "/set-up/team/")
    send(page, name="Björkvik faktura", who="other", leader_name="Tina Ekdahl",
         leader_email="tina@bjorkvik.example")  # fmt: skip
    on(page, "/cases/opening/new/")
    days = {f"day_{number}": "08:00–17:00" for number in range(5)}
    send(page, name="Faktura", promise="4", **days)
    on(page, "/cases/mailboxes/first/")
    box = {
        "address": BOX, "password": "not the password", "imap_host": mail.imap_host,
        "imap_port": str(mail.imap_port), "smtp_host": mail.smtp_host,
        "smtp_port": str(mail.smtp_port),
    }  # fmt: skip
    send(page, **box)
    expect(page.locator("main [role=status]").first).to_contain_text("fungerar inte")
    send(page, password=mail.password)
    on(page, "/set-up/invitations/")
    send(page, addresses="Amanda Nyström <amanda@bjorkvik.example>", role="agent")
    on(page, "/set-up/")
    expect(page.locator("main")).to_contain_text("Allt finns på plats")
    send(page)


def amanda_comes_in(page: Page, mail: Dovecot) -> None:
    """By the link in the letter in her own inbox."""
    inbox = Customer(mail, "Amanda Nyström")
    inbox.address = "amanda@bjorkvik.example"
    letter = inbox.fetches("?link=")
    found = re.search(r"http://\S+", letter.get_body(("plain",)).get_content())
    assert found, letter
    page.goto(found[0])
    page.locator("input[name=password], input[name=new_password]").first.fill(PASSWORD)
    page.locator("main form button.btn--do, .door form button.btn--do").first.click()
    page.wait_for_url(lambda url: "/me/password/" not in url, timeout=SEEN_MS)
    if "/sign-in/" in page.url:
        sign_in_as(page, "amanda@bjorkvik.example")


@pytest.fixture(scope="session")
def mail() -> Iterator[Dovecot]:
    """Started before the browser, whose loop would not let it."""
    with dovecot() as server:
        yield server


@pytest.mark.timeout(600)
def test_on_the_first_day_imran_sets_up_amanda_comes_in_and_kim_gets_an_answer(
    mail, tmp_path, browser
):
    with served(tmp_path / "data", mail) as (url, begins):
        options = {"base_url": url, "locale": "sv-SE"}
        imran = browser.running.new_context(**options)
        at_home = browser.running.new_context(**options)
        for context in (imran, at_home):
            context.set_default_timeout(SEEN_MS)
        try:
            page = imran.new_page()
            imran_begins(page, begins)
            imran_sets_up(page, mail)
            amanda = at_home.new_page()
            amanda_comes_in(amanda, mail)
            amanda.goto("/")
            choose_mode(amanda, "ready")
            kim = Customer(mail)
            kim.writes(BOX, "Två fakturor i maj", "Hej! Jag har fått två.\n\nKim")
            offer_of(amanda, "Två fakturor i maj")
            amanda.keyboard.press("n")
            on_case(amanda, "Två fakturor i maj")
            answer(amanda, "Den ena är en kopia, betala bara den första.")
            letter = kim.fetches("Den ena är en kopia")
            assert letter["From"].addresses[0].addr_spec == BOX
            assert "H-" in letter["Subject"]
            page.goto("/cases/")
            expect(page.locator("body")).not_to_contain_text("Två fakturor i maj")
        finally:
            browser.close(imran, at_home)
