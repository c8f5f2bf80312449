"""An export file → its cases and the rows that can't be used, each with its place and reason.

Read are: one JSON object a line (Zendesk's full export), a JSON list, an answer of either
program's API (`tickets` with `users` or `articles` beside, Zammad's `assets`), and a ZIP of such
files. Which program wrote an object is told from its fields, so nobody has to say.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from hemma.desk.imports import zammad, zendesk
from hemma.desk.imports.shapes import Bad, BadRow, Facts, Ticket, things, words

# A person waits while a file is read, in the process that draws pages: more comes in parts, which
# both programs can write.
MOST_BYTES = 50_000_000
MOST_FILES = 500
DEEPEST = 40


class Unreadable(ValueError):
    """The file is none that can be read; the code says why: `too_big`, `no_zip`, `nothing`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a file: where it stands, and either the ticket or what is wrong with it."""

    place: str
    number: str
    ticket: Ticket | None
    bad: Bad | None = None


@dataclass(slots=True)
class _Heap:
    """What a file holds, before anything is joined; people and articles may come after cases."""

    tickets: list[tuple[str, Facts]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    people: dict[str, Facts] = field(default_factory=dict)
    articles: dict[str, list[Facts]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)


def read(file_name: str, content: bytes, now: datetime, most_bytes: int = MOST_BYTES) -> list[Row]:
    """Every case of the file in its order, then what could not be read. Raises Unreadable."""
    heap = _Heap()
    for name, part in _parts(file_name, content, most_bytes):
        _collect(heap, name, part)
    if not heap.tickets and not heap.broken:
        raise Unreadable("nothing")
    seen: set[tuple[str, str]] = set()
    rows = [_judged(heap, place, facts, seen, now) for place, facts in heap.tickets]
    return rows + [Row(place, "", None, Bad.NOT_READABLE) for place in heap.broken]


def _parts(file_name: str, content: bytes, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    if len(content) > most_bytes:
        raise Unreadable("too_big")
    if not content.startswith(b"PK\x03\x04"):
        yield file_name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = [one for one in packed.infolist() if not one.is_dir()]
            # What it says of its size is checked before anything is unpacked.
            if len(files) > MOST_FILES or sum(one.file_size for one in files) > most_bytes:
                raise Unreadable("too_big")
            for one in sorted(files, key=lambda file: file.filename):
                with packed.open(one) as opened:
                    yield one.filename, opened.read(one.file_size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Unreadable("no_zip") from broken


def _collect(heap: _Heap, name: str, content: bytes) -> None:
    text = content.decode("utf-8-sig", "replace")
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                _line(heap, f"{name}:{number}", line)
        return
    _sort(heap, name, whole)


def _line(heap: _Heap, place: str, line: str) -> None:
    try:
        _sort(heap, place, json.loads(line))
    except (ValueError, RecursionError):
        heap.broken.append(place)


def _sort(heap: _Heap, place: str, value: object) -> None:
    """Put an object, or each of a list, where it belongs."""
    if isinstance(value, list):
        for number, one in enumerate(value, 1):
            _sort(heap, f"{place}:{number}", one)
        return
    if not isinstance(value, dict):
        heap.broken.append(place)
        return
    assets = value.get("assets")
    inside = assets if isinstance(assets, dict) else value
    tickets = next((inside[key] for key in ("tickets", "Ticket") if key in inside), None)
    if tickets is None:
        _one(heap, place, value)
        return
    for number, one in enumerate(things(tickets), 1):
        heap.tickets.append((f"{place}:{number}", one))
    _beside(heap, inside)


def _beside(heap: _Heap, inside: Facts) -> None:
    """What explains the cases of an answer: people, articles, and names of groups and states."""
    for key in ("users", "User"):
        for one in things(inside.get(key)):
            heap.people[words(one.get("id"))] = one
    for key in ("articles", "ticket_articles", "TicketArticle"):
        for one in things(inside.get(key)):
            heap.articles.setdefault(words(one.get("ticket_id")), []).append(one)
    for key, kind in (("Group", "group"), ("groups", "group"), ("TicketState", "state")):
        for one in things(inside.get(key)):
            heap.names.setdefault(kind, {})[words(one.get("id"))] = words(one.get("name"))


def _one(heap: _Heap, place: str, value: Facts) -> None:
    """A case, a person, or something said in a case, alone on its line."""
    if "ticket_id" in value and "body" in value:
        heap.articles.setdefault(words(value.get("ticket_id")), []).append(value)
    elif ("email" in value or "login" in value) and not {"subject", "title"} & set(value):
        heap.people[words(value.get("id"))] = value
    else:
        heap.tickets.append((place, value))


def _judged(
    heap: _Heap, place: str, facts: Facts, seen: set[tuple[str, str]], now: datetime
) -> Row:
    number = words(facts.get("number") or facts.get("id"), 40)
    try:
        if not number:
            raise BadRow(Bad.NO_NUMBER)
        ticket = _ticket(heap, facts)
        if (ticket.source, ticket.number) in seen:
            raise BadRow(Bad.TWICE)
        if ticket.opened_at > now:
            raise BadRow(Bad.LATER)
    except BadRow as why:
        return Row(place, number, None, why.reason)
    seen.add((ticket.source, ticket.number))
    return Row(place, number, ticket)


def _ticket(heap: _Heap, facts: Facts) -> Ticket:
    if zammad.wrote(facts):
        articles = things(facts.get("articles")) or heap.articles.get(words(facts.get("id")), [])
        return zammad.ticket(facts, articles, heap.people, heap.names)
    return zendesk.ticket(facts, heap.people)
