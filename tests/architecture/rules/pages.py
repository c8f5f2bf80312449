"""Rules about templates and scripts: nothing inline, forms with tokens, own room or the frame."""

import re
from collections.abc import Iterator
from pathlib import Path

from architecture.rules.trees import files, room_of

_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an on… attribute": re.compile(r"\s(?:hx-)?on[a-z:-]+\s*=\s*[\"'{]", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "code for htmx to evaluate": re.compile(r"hx-(?:vals|headers)\s*=\s*[\"'](?:js|javascript):"),
}
_SCRIPTED = {
    "a style as text": re.compile(r"setAttribute\(\s*[\"'`]style|\.cssText\b"),
    "evaluated text": re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]"),
    "an on… attribute": re.compile(r"setAttribute\(\s*[\"'`]on"),
}
_FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.IGNORECASE | re.DOTALL)
_USES = re.compile(r"{%\s*(?:extends|include)\s+(?P<what>\S+)")


def inline(package: Path) -> Iterator[str]:
    """A strict Content-Security-Policy: nothing inline in templates, nor made so by scripts."""
    for path in files(package, ".html", ".svg", ".txt"):
        yield from _found(package, path, _INLINE)
    for path in files(package, ".js"):
        yield from _found(package, path, _SCRIPTED)


def _found(package: Path, path: Path, patterns: dict[str, re.Pattern[str]]) -> Iterator[str]:
    text = _without_comments(path)
    for what, pattern in patterns.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path.relative_to(package).as_posix()}:{line} has {what}"


def _without_comments(path: Path) -> str:
    """The text with comments emptied, lines kept."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())


def tokens(package: Path) -> Iterator[str]:
    """Every form that posts carries its CSRF token."""
    for path in files(package, ".html"):
        text = _without_comments(path)
        for form in _FORM.finditer(text):
            posts = re.search(
                r"method\s*=\s*[\"']?post|hx-(?:post|put|patch|delete)", form["head"], re.I
            )
            if posts and "{% csrf_token %}" not in form["body"]:
                line = text.count("\n", 0, form.start()) + 1
                yield f"{path.relative_to(package).as_posix()}:{line} posts without a CSRF token"


def own_room(package: Path) -> Iterator[str]:
    """Templates extend and include those of their own room or of the frame, by literal names."""
    for path in files(package, ".html"):
        room = room_of(package, path)
        own = {one.name for one in (package / room / "templates").glob("*")}
        for match in _USES.finditer(_without_comments(path)):
            quoted = match["what"].strip("\"'")
            where = f"{path.relative_to(package).as_posix()} uses {quoted}"
            if quoted == match["what"]:
                if room != "ui":
                    yield f"{where}, a name made at run time"
            elif quoted.split("/")[0] not in own | {"ui"}:
                yield f"{where}, which is another room's"
