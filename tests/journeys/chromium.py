"""The browser of the journeys: the system's own Chromium, quiet and without a network of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

HINT = "No Chromium found: apt-get install -y --no-install-recommends chromium (or HEMMA_CHROMIUM)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def executable() -> str:
    """Where the browser is. RuntimeError, a failure and no skip, when there is none."""
    found = os.environ.get("HEMMA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise RuntimeError(HINT)
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. Leave it before other tests use the database: its loop forbids that."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
