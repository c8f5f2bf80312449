"""The main menu and the foot's links: rooms add their entries, the frame draws them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from hemma.ui.registry import Registry

type Allowed = Callable[[Any], bool]


def everyone(_person: Any) -> bool:
    """Every signed-in person."""
    return True


@dataclass(frozen=True)
class Entry:
    """One place to go. `allowed` is asked with the signed-in person at every page."""

    label: str | Promise
    url_name: str
    order: int
    allowed: Allowed = everyone
    icon: str = ""

    @property
    def key(self) -> str:
        return self.url_name


menu: Registry[Entry] = Registry()
foot: Registry[Entry] = Registry()


def register(label: str | Promise, url_name: str, order: int, allowed: Allowed = everyone) -> None:
    """Add a place to the main menu; `label` is a lazy translation, lowest `order` first."""
    menu.add(Entry(label, url_name, order, allowed))


def entries_for(person: Any) -> list[Entry]:
    """The places of the main menu that are `person`'s, in order."""
    return [entry for entry in menu if entry.allowed(person)]


def register_foot(
    label: str | Promise, url_name: str, order: int, *, icon: str, allowed: Allowed = everyone
) -> None:
    """Add a link to the foot of every page for signed-in people."""
    foot.add(Entry(label, url_name, order, allowed, icon))


# The foot's *I need to talk* appears when the room that answers it has said where it is.
_talk: list[str] = []


def register_talk(url_name: str) -> None:
    """Say which page answers *I need to talk*."""
    _talk[:] = [url_name]


# Where the palette looks when nothing on the page is called that: an address that takes `q`.
_search: list[tuple[str, str]] = []


def register_search(url_name: str, query: str) -> None:
    """Say which page searches: `query` stands before the words, as in `tab=team&q=`."""
    _search[:] = [(url_name, query)]


def search_address() -> tuple[str, str] | None:
    """The page that searches and its query, or None while there is none."""
    return _search[0] if _search else None


def talk_url_name() -> str | None:
    """The page that answers *I need to talk*, or None while there is none."""
    return _talk[0] if _talk else None
