"""The browser of the journeys: the system's own Chromium, quiet and without a network of its own."""

import contextlib
import os
import shutil
import signal
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Error, Playwright, sync_playwright

HINT = "No Chromium found: apt-get install -y --no-install-recommends chromium (or HEMMA_CHROMIUM)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLOSE_S = 30
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


class Chromium:
    """A browser that is started anew when it had to be killed.

    Chromium sometimes never answers that a context shall close, most of all while one of its pages
    is on the way to another address; without a limit the whole run would wait for it.
    """

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._mark = f"--hemma-journeys={uuid4().hex}"
        self._browser: Browser | None = None

    @property
    def running(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(
                executable_path=executable(), args=[*QUIET, self._mark]
            )
        return self._browser

    def close(self, *contexts: BrowserContext) -> None:
        """Close these contexts, or the browser when none is named; one that hangs is killed."""
        for one in contexts or [self._browser]:
            if one is None:
                continue
            watch = threading.Timer(CLOSE_S, self._kill)
            watch.start()
            try:
                one.close()
            except Error:
                if self._browser is not None and self._browser.is_connected():
                    raise
                warnings.warn("Chromium did not close a context and was killed", stacklevel=2)
            finally:
                watch.cancel()

    def _kill(self) -> None:
        for one in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if self._mark.encode() in one.read_bytes():
                    os.kill(int(one.parent.name), signal.SIGKILL)


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    """A browser. Leave it before other tests use the database: its loop forbids that."""
    with sync_playwright() as playwright:
        browser = Chromium(playwright)
        try:
            yield browser
        finally:
            browser.close()
