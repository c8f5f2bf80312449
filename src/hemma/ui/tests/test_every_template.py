"""What holds for every template of the product, whichever room it is in."""

import re
from pathlib import Path

import pytest

from hemma.ui.catalogues import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
IDS = [str(path.relative_to(PACKAGE)) for path in TEMPLATES]
FORBIDDEN = {
    "a style element": r"<style\b",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an on… attribute": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "htmx that needs eval": r"\bhx-on\b|hx-vals\s*=\s*[\"']js:|hx-trigger\s*=\s*[\"'][^\"']*\[",
}
SPRITE = PACKAGE / "ui/static/ui/icons.svg"
# People override the sign-in library's own pages, which live under its name.
FOREIGN = {"people": {"account"}}


def faults(source: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if re.search(pattern, source, re.DOTALL)]


def forms_without_token(source: str) -> list[str]:
    forms = re.findall(r"<form\b[^>]*>.*?</form>", source, re.DOTALL | re.IGNORECASE)
    return [
        form
        for form in forms
        if re.search(r"method\s*=\s*[\"']post", form, re.IGNORECASE)
        and "{% csrf_token %}" not in form
    ]


def used(source: str) -> list[str]:
    return re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"'#]+)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_a_template_keeps_to_the_rules(path: Path):
    source = path.read_text(encoding="utf-8")
    room = path.relative_to(PACKAGE).parts[0]
    assert faults(source) == []
    assert forms_without_token(source) == []
    allowed = {room, "ui"} | FOREIGN.get(room, set())
    assert [name for name in used(source) if name.split("/")[0] not in allowed] == []


def drawn() -> set[str]:
    return set(re.findall(r'<symbol[^>]*\bid="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def icons(source: str) -> set[str]:
    return set(re.findall(r"{%\s*icon\s+[\"']([^\"']+)", source))


def test_every_icon_that_a_page_asks_for_is_drawn():
    asked = {name for path in TEMPLATES for name in icons(path.read_text(encoding="utf-8"))}
    assert "clock" in asked
    assert sorted(asked - drawn()) == []
    assert "no-such-icon" in icons('{% icon "no-such-icon" "s" %}') - drawn()


def test_there_are_templates():
    assert "ui/templates/ui/base.html" in IDS


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<style>a{}</style>", "a style element"),
        ('<p class="a" style="color:red">', "an inline style"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<button onclick="go()">', "an on… attribute"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ('<b hx-trigger="click[ctrlKey]">', "htmx that needs eval"),
    ],
)
def test_each_fault_would_be_seen(source, fault):
    assert fault in faults(source)


def test_a_form_without_its_token_would_be_seen():
    assert forms_without_token('<form method="post"></form>')
    assert not forms_without_token('<form method="post">{% csrf_token %}</form>')


def test_another_rooms_template_would_be_seen():
    assert used('{% include "desk/row.html" %}{% extends "ui/base.html" %}') == [
        "desk/row.html",
        "ui/base.html",
    ]
