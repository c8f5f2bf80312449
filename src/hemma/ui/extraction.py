"""Finds what is to be translated in a room: pure Python, no gettext programs.

Templates go through Django's own `templatize`, Python sources through `ast`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

SKIPPED = {"tests", "migrations", "locale", "static", "__pycache__"}
# Which arguments hold (context, message, plural); None where there is none.
_SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_NAMES = {name + tail: shape for name, shape in _SHAPES.items() for tail in ("", "_lazy")}
_NAMES |= {"_": _SHAPES["gettext"], "gettext_noop": _SHAPES["gettext"]}

_LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)


class NotLiteralError(ValueError):
    """Something is translated whose words cannot be read from the source."""


@dataclass(frozen=True, order=True)
class Message:
    """One thing to translate: its words, their context and their plural."""

    msgid: str
    context: str = ""
    plural: str = ""


def extract(room: Path) -> set[Message]:
    """Every message of the room in the folder `room`. Raises NotLiteralError."""
    found: set[Message] = set()
    for path in _files(room, ".py"):
        found |= set(from_python(path.read_text(encoding="utf-8"), path.name))
    for folder in ("html", "txt"):
        for path in _files(room / "templates", f".{folder}"):
            found |= set(from_template(path.read_text(encoding="utf-8"), path.name))
    return found


def _files(folder: Path, suffix: str) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob(f"*{suffix}"))
        if not SKIPPED & set(path.relative_to(folder).parts[:-1])
    ]


def from_python(source: str, name: str) -> Iterator[Message]:
    """The messages of one Python source."""
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call):
            called = node.func
            function = (
                called.id
                if isinstance(called, ast.Name)
                else called.attr
                if isinstance(called, ast.Attribute)
                else ""
            )
            if function in _NAMES:
                yield _message(_NAMES[function], node.args, f"{name}:{node.lineno}")


def _message(
    shape: tuple[int | None, int, int | None], arguments: list[ast.expr], place: str
) -> Message:
    def text(index: int | None) -> str:
        if index is None:
            return ""
        node = arguments[index] if index < len(arguments) else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        raise NotLiteralError(f"{place}: only words written out can be translated")

    context, message, plural = shape
    return Message(text(message), text(context), text(plural))


def from_template(source: str, name: str) -> Iterator[Message]:
    """The messages of one template."""
    for match in _CALL.finditer(templatize(source, name)):
        words = ast.literal_eval(f"({match.group(2)},)")
        context, message, plural = _NAMES[match.group(1)]
        yield Message(
            words[message],
            words[context] if context is not None else "",
            words[plural] if plural is not None else "",
        )
