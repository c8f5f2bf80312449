"""Accessibility by machine: axe-core, vendored as test data, in the page as it stands."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.map((one) => [one.id, one.help, one.nodes.map((node) => node.html.slice(0, 160) + " — " + (node.any[0] || node.all[0] || node.none[0] || {message: ""}).message)]);
}"""


@cache
def source() -> str:
    """axe-core, after its checksum was compared with what VENDORED.toml says."""
    told = tomllib.loads((VENDOR / "VENDORED.toml").read_text())["file"][0]
    content = (VENDOR / told["path"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise RuntimeError(f"{told['path']} is not the file that was vendored")
    return content.decode()


def findings(page: Page) -> list[str]:
    """What axe has against the page, in words; every fold is opened first."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    return [
        f"{rule}: {what}\n    " + "\n    ".join(nodes[:4])
        for rule, what, nodes in page.evaluate(_RUN, TAGS)
    ]


def sideways_scroll(page: Page) -> int:
    """CSS pixels that the page can be scrolled to the side; 0 is right."""
    return page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
