"""Amanda's line at the cottage is slow: the first page with everything it needs is small."""

import re

import pytest
from architecture import company as companies
from django.test import Client
from django.urls import reverse

from hemma.ui import static_files

pytestmark = pytest.mark.django_db
MOST_BYTES = 300_000
GZIP = {"accept-encoding": "gzip"}
LINKED = re.compile(rb"/static/\w+/([\w./-]+)")
INSIDE = re.compile(rb"""(?:url\(|import\s*\(?|from\s*)\s*["']?(\.{0,2}/?[\w./-]+\.\w+)""")


def needed(page: bytes) -> set[str]:
    """Every file that a page links, and what those link in turn."""
    files = static_files.catalogue().files
    found: set[str] = set()
    waiting = {one.decode() for one in LINKED.findall(page)}
    while waiting:
        path = waiting.pop()
        if path in found or path not in files:
            continue
        found.add(path)
        if path.endswith((".css", ".js")):
            folder = path.rpartition("/")[0]
            for one in INSIDE.findall(files[path].body):
                waiting.add(joined(folder, one.decode()))
    return found


def joined(folder: str, link: str) -> str:
    parts = folder.split("/")
    for step in link.split("/"):
        if step == "..":
            parts.pop()
        elif step not in {".", ""}:
            parts.append(step)
    return "/".join(parts)


def size(client: Client, address: str) -> int:
    """Bytes on the line: the page as it is sent, every file packed as it is served."""
    page = client.get(address, headers=GZIP)
    assert page.status_code == 200
    files = needed(page.content)
    assert {"ui/frame.js", "ui/tokens.css", "ui/icons.svg", "ui/vendor/htmx.min.js"} <= files
    assert any(path.endswith(".woff2") for path in files)
    version = static_files.catalogue().version
    served = [client.get(f"/static/{version}/{path}", headers=GZIP) for path in files]
    assert all(one.status_code == 200 for one in served)
    return len(page.content) + sum(len(one.content) for one in served)


@pytest.mark.requirement("S2-6")
def test_my_day_and_a_case_take_at_most_300_kb_the_first_time():
    company = companies.build()
    client = Client()
    client.force_login(company.amanda)
    pages = [reverse("workday:my_day"), reverse("desk:case", args=[company.case.number])]
    sizes = {page: size(client, page) for page in pages}
    assert max(sizes.values()) <= MOST_BYTES, sizes
