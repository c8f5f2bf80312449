"""What people do in the browser, step by step; shared by the journeys."""

import re

from playwright.sync_api import Locator, Page, expect

# Long, for slow machines: how fast things are is for benchmarks to say.
SEEN_MS = 15_000
LOOK_MS = 100  # from one look to the next
OFFER = "#my-offer"
WRITING = "main textarea#id_text"


def choose_mode(page: Page, mode: str) -> None:
    """Press a mode in the bar that stands on every page."""
    button = page.locator(f"#mode-{mode}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true", timeout=SEEN_MS)


def offer_of(page: Page, subject: str) -> Locator:
    """The offer with this subject, seen on a page that nobody has loaded again."""
    offer = page.locator(OFFER).filter(has_text=subject)
    expect(offer).to_be_visible(timeout=SEEN_MS)
    return offer


def take(page: Page, subject: str) -> None:
    """Take what is offered, and be on the case's page."""
    offer_of(page, subject).locator("form[action*='/accept/'] button").click()
    on_case(page, subject)


def on_case(page: Page, subject: str) -> None:
    expect(page.locator("h1", has_text=subject)).to_be_visible(timeout=SEEN_MS)
    expect(page.locator(WRITING)).to_be_visible(timeout=SEEN_MS)


def send_button(page: Page) -> Locator:
    """The button that sends the answer."""
    return page.locator(f"form:has({WRITING.removeprefix('main ')}) button.btn--do")


def answer(page: Page, text: str) -> None:
    """Write an answer and send it."""
    page.locator(WRITING).fill(text)
    send_button(page).click()
    expect(page.locator("main article", has_text=text).first).to_be_visible(timeout=SEEN_MS)


def until(page: Page, true: str, arg: object = None, *, ms: int = SEEN_MS) -> None:
    """Look again and again until `true`, JavaScript, holds; for `ms` at most.

    Playwright's own `wait_for_function` evaluates text inside the page, which the page's content
    security policy refuses from the second look on.
    """
    for _look in range(ms // LOOK_MS):
        if page.evaluate(true, arg):
            return
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError(f"this never came true: {true}")


def tab_to(page: Page, target: Locator, most: int = 80) -> None:
    """Press Tab until `target` has the focus, as someone without a mouse does."""
    for _press in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab does not lead to {target}")


def focus_is_visible(page: Page) -> bool:
    """Whether what has the focus shows it: an outline, or a shadow in its place."""
    width, style, shadow = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineWidth, s.outlineStyle, s.boxShadow]; }"
    )
    drawn = style != "none" and float(re.sub(r"[^\d.]", "", width) or 0) >= 1
    return drawn or shadow != "none"
