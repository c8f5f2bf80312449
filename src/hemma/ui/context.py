"""What the frame's templates read: one object, `frame`, made once per page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from hemma.lib import clock
from hemma.ui import nav

THEME_COOKIE = "hemma_theme"
THEMES = ("light", "dark")
# Each language by its own name, whatever the page speaks.
LANGUAGE_NAMES = {"sv": "Svenska", "nb": "Norsk", "en": "English"}


@dataclass(frozen=True)
class Link:
    """A place in the frame, ready to draw."""

    label: str | Promise
    url: str
    current: bool = False
    icon: str = ""


def url_or_none(name: str | None) -> str | None:
    """The address of `name`, or None while no room has such a page."""
    if name is None:
        return None
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


class Frame:
    """Lazily asked parts of the frame: an htmx fragment that never draws it pays nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def person(self) -> Any:
        """The signed-in person, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def nav(self) -> list[Link]:
        """The main menu's links for this person."""
        return self._links(nav.menu)

    @cached_property
    def foot(self) -> list[Link]:
        """The foot's links that rooms have added, for this person."""
        return self._links(nav.foot)

    def _links(self, entries: Any) -> list[Link]:
        if self.person is None:
            return []
        match = self._request.resolver_match
        here = match.view_name if match else ""
        return [
            Link(entry.label, reverse(entry.url_name), entry.url_name == here, entry.icon)
            for entry in entries
            if entry.allowed(self.person)
        ]

    @property
    def theme(self) -> str:
        """`light` or `dark` by the person's own choice, empty for the system's."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """Code, own name and whether it is spoken now."""
        spoken = get_language()
        return [
            (code, LANGUAGE_NAMES.get(code, code), code == spoken) for code, _ in settings.LANGUAGES
        ]

    @property
    def visibility_url(self) -> str | None:
        return url_or_none("people:visibility")

    @property
    def search_url(self) -> str | None:
        """Where the palette looks further; what is looked for goes behind it."""
        found = nav.search_address()
        page = url_or_none(found[0]) if found else None
        return f"{page}?{found[1]}" if found and page else None

    @property
    def talk_url(self) -> str | None:
        return url_or_none(nav.talk_url_name())

    @property
    def start_url(self) -> str:
        return url_or_none("start") or "/"

    @property
    def login_url(self) -> str:
        return url_or_none(settings.LOGIN_URL) or "/"

    @property
    def logout_url(self) -> str | None:
        return url_or_none("account_logout")

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def clock_moved(self) -> bool:
        """Whether Hemma's clock is another than the one on the wall."""
        return abs(clock.offset()) > timedelta(minutes=1)

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def here(self) -> str:
        """Where a form of the frame goes back to; a page that was a POST goes to the start."""
        return self._request.get_full_path() if self._request.method == "GET" else self.start_url


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": Frame(request)}
