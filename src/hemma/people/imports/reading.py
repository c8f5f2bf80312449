"""A file into rows of text, whatever wrote it: CSV from anywhere, XLSX from a spreadsheet."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 20_000

# What the columns may be called, besides their own name; compared in small letters.
CALLED: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "e-post", "epost", "mail", "username"),
    "name": ("name", "namn", "navn", "displayname"),
    "site": ("site", "ort", "sted", "kontor"),
    "team": ("team", "teams", "lag", "grupp", "gruppe"),
    "roles": ("roles", "role", "roll", "roller", "rolle"),
    "language": ("language", "språk", "språk i hemma", "språk i hemma (sv, nb, en)"),
    "phone": ("phone", "work phone", "telefon", "tjänstetelefon", "jobbtelefon"),
    "skills": ("skills", "skill", "kompetens", "kompetenser", "kompetanse"),
    "speaks": ("speaks", "talar", "snakker", "kundspråk", "kundespråk"),
    "hours": ("hours", "hours a week", "timmar", "timmar i veckan", "timer", "timer i uken"),
    "country": ("country", "land"),
    "contract": ("contract", "anställningsform", "anställning", "ansettelse", "ansettelsesform"),
    "since": ("since", "from", "från", "fra"),
}
COLUMNS = tuple(CALLED)
_BY_WORD = {word: column for column, words in CALLED.items() for word in (column, *words)}


class Unreadable(Exception):
    """The file can't be read at all; `str()` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their number in the file (the first line is 1) and text by column."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


def lines_of(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their number. Raises Unreadable when it is no table."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 5 MB."))
    lines = _xlsx(content) if content[:2] == b"PK" else _csv(name, content)
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise Unreadable(_("The file is empty."))
    return lines


def read(name: str, content: bytes) -> Table:
    """The table in a file. Raises Unreadable when it is none, too big, or has no e-mail column."""
    lines = lines_of(name, content)
    header = [_BY_WORD.get(cell.lower(), "") for cell in lines[0][1]]
    if "email" not in header:
        raise Unreadable(_("The first line must name the columns, and one of them must be email."))
    twice = {column for column in header if column and header.count(column) > 1}
    if twice:
        raise Unreadable(
            _("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(twice))}
        )
    if len(lines) - 1 > MOST_ROWS:
        raise Unreadable(_("The file has more than 20,000 rows."))
    unknown = tuple(
        cell for cell, column in zip(lines[0][1], header, strict=True) if cell and not column
    )
    rows = [
        (number, {c: text for c, text in zip(header, cells, strict=False) if c})
        for number, cells in lines[1:]
    ]
    return Table(tuple(column for column in header if column), unknown, rows)


def _csv(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    if b"\0" in content:
        raise Unreadable(_("%(name)s is neither CSV nor XLSX.") % {"name": name or _("The file")})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # an older spreadsheet's own export
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [(reader.line_num, [_plain(cell) for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise Unreadable(_("Line %(line)s can't be read.") % {"line": reader.line_num}) from error


def _plain(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from taking text for a formula (our export)."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


FORMULA = tuple("=+-@\t\r")


def guarded(text: str) -> str:
    """The cell as CSV may hold it: what a spreadsheet would take for a formula gets a quote first."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _xlsx(content: bytes) -> list[tuple[int, list[str]]]:
    # A third of a second to import: only who reads a spreadsheet pays for it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("The file is larger than it looks."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [
            (number, [_cell(value) for value in cells])
            for number, cells in enumerate(
                sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=60), 1
            )
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise Unreadable(_("The spreadsheet can't be read.")) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
