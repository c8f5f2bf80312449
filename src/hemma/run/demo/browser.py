"""A browser without a screen: keeps its cookies, fills in the forms that a page holds."""

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT_S = 15.0
MOST_REDIRECTS = 5


class Refused(Exception):
    """The server answered with an error (`status`), or a page lacks what was looked for (0)."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status


@dataclass
class Form:
    """One form of a page: where it goes, its fields with their values, its buttons."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    textarea: str = ""


@dataclass
class Page:
    """An answer of the server."""

    url: str
    status: int
    html: str
    forms: list[Form]
    addresses: list[str] = field(default_factory=list)

    def form(self, words: str) -> Form | None:
        """The first form whose address holds `words`."""
        return next((form for form in self.forms if words in form.action), None)

    def writing(self) -> Form | None:
        """The form one answers in: a case's page has room for other texts, and before it."""
        answers = (form for form in self.forms if "/answer/" in form.action)
        return next((form for form in answers if form.textarea), None)

    def links(self, below: str) -> list[str]:
        """Addresses of the page that lie below `below`, in order, each once."""
        inside = (one.partition("#")[0] for one in self.addresses)
        return list(dict.fromkeys(one for one in inside if one.startswith(below) and one != below))


class _Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.addresses: list[str] = []
        self._open: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.addresses.append(given["href"])
        elif tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(self._open, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button" and kind in {"submit", "text"}:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self._area = form.textarea = name
            form.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and not given.get("disabled"):
            form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if self._select not in form.fields or "selected" in given:
                form.fields[self._select] = given.get("value", "")
        elif tag == "input" and name:
            self._input(form, name, kind, given)

    def _input(self, form: Form, name: str, kind: str, given: dict[str, str]) -> None:
        if kind in {"radio", "checkbox"}:
            value = given.get("value", "on")
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.fields[name] = value
        elif kind not in {"submit", "button", "image", "file"}:
            form.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def read(url: str, status: int, html: str) -> Page:
    """What a page holds."""
    parser = _Forms()
    parser.feed(html)
    return Page(url, status, html, parser.forms, parser.addresses)


class Browser:
    """One person's browser. Raises Refused, or OSError/HTTPException when nobody answers."""

    def __init__(self, base: str, language: str = "sv") -> None:
        parts = urlsplit(base)
        self._host, self._port = parts.hostname or "localhost", parts.port or 80
        self.base = f"http://{self._host}:{self._port}"
        self._language = language
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self.slowest_s = 0.0  # of the last look: how long its slowest page took

    def get(self, address: str) -> Page:
        """The page at `address`, after redirects."""
        self.slowest_s = 0.0
        return self._follow("GET", urljoin(self.base, address), None)

    def submit(self, page: Page, form: Form, button: str = "", **values: str) -> Page:
        """Send a form of `page` as it stands, with `values` filled in. `button`: `name=value`."""
        fields = form.fields | values
        if button:
            name, _, value = button.partition("=")
            fields[name] = value
        where = urljoin(page.url, form.action or page.url)
        if form.method == "get":
            return self._follow("GET", f"{where}?{urlencode(fields)}", None)
        return self._follow("POST", where, urlencode(fields), page.url)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _follow(self, method: str, url: str, body: str | None, origin: str = "") -> Page:
        for _turn in range(MOST_REDIRECTS):
            status, where, html = self._once(method, url, body, origin)
            if status in {301, 302, 303, 307}:
                method, body, url = "GET", None, urljoin(url, where)
                continue
            if status >= 400:
                raise Refused(f"{method} {urlsplit(url).path}: {status}", status)
            return read(url, status, html)
        raise Refused(f"{url} redirects for ever")

    def _once(self, method: str, url: str, body: str | None, origin: str) -> tuple[int, str, str]:
        began = time.monotonic()
        try:
            return self._ask(method, url, body, origin)
        finally:
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)

    def _ask(self, method: str, url: str, body: str | None, origin: str) -> tuple[int, str, str]:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "text/html", "Accept-Language": self._language}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers |= {"Origin": self.base, "Referer": origin or self.base}
        try:
            return self._exchange(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            self.close()  # a kept connection that has died says nothing about the next one
            raise

    def _exchange(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)
        self._connection.request(method, path, body, headers | {"Connection": "close"})
        answer = self._connection.getresponse()
        html = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        self.close()
        return answer.status, answer.headers.get("Location", ""), html
