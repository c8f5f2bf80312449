"""A passkey in a real browser: added after a proof, and then enough to sign in."""

import re

import pytest
from playwright.sync_api import Page, expect
from steps import SEEN_MS

from conftest import sign_in

pytestmark = pytest.mark.journey


def give_authenticator(page: Page) -> None:
    """A device that can hold passkeys and always says that it is its owner who asks."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_bengt_adds_a_passkey_and_signs_in_with_nothing_else(office, open_page):
    bengt = open_page(None, "/sign-in/")
    give_authenticator(bengt)
    sign_in(bengt, office, "bengt")
    bengt.goto("/me/sign-in/passkeys/")
    expect(bengt).to_have_url(re.compile("/confirm/"))
    bengt.locator("input[name=password]").fill(office.mail.password)
    bengt.locator("main form button.btn--do").click()
    bengt.wait_for_url("**/me/sign-in/passkeys/")
    bengt.locator("input[name=name]").fill("Bengts dator")
    bengt.locator("form[data-passkey] button.btn--do").click()
    expect(bengt.locator("main")).to_contain_text("Bengts dator", timeout=SEEN_MS)
    bengt.context.clear_cookies()
    bengt.goto("/sign-in/")
    bengt.locator("form[data-passkey] button").click()
    bengt.wait_for_url(lambda url: "/sign-in/" not in url, timeout=SEEN_MS)
    bengt.goto("/me/sign-in/")
    expect(bengt.locator("main")).to_contain_text("Bengts dator")
