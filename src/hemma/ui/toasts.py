"""Saying what just happened, with a way back.

`say(request, text)` shows a toast on the next page; `undo` is an address that takes it back by
POST. Undo is offered instead of asking beforehand wherever that is possible.
"""

from django.contrib import messages
from django.http import HttpRequest

_UNDO = "undo:"


def say(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show `text` once. `undo`: an address of our own that answers POST."""
    messages.success(request, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def undo_url(extra_tags: str | None) -> str:
    """The address behind a message's *Undo*, or nothing."""
    return extra_tags.removeprefix(_UNDO) if extra_tags and extra_tags.startswith(_UNDO) else ""
