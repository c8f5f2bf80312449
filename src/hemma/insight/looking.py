"""A file looked through before anything is counted: what cannot be is named and asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemma.core.checking import SHOWN, Odd, check_column, number
from hemma.insight.columns import COLUMNS, EMPTY, FORM_OF, NO, ONCE, YES, Column, Holds
from hemma.people.imports import reading

Rows = Sequence[tuple[int, dict[str, str]]]
MISSING, RIGHT = "missing", "right"


@dataclass(frozen=True, slots=True)
class Question:
    """One odd value of a column: how often it comes, in which lines first, and what may be answered.

    `key` names it in the answers; `may_be_right`: whether it can be taken as it stands.
    """

    key: str
    column: str
    value: str
    odd: str
    times: int
    lines: tuple[int, ...]
    may_be_right: bool
    answer: str = ""


def read(subject: str, name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The file's rows by our columns' names. Raises ValidationError when it is no such table."""
    try:
        lines = reading.lines_of(name, content)
    except reading.Unreadable as problem:
        raise ValidationError(str(problem)) from problem
    columns = COLUMNS[subject]
    names = {word: one.name for one in columns for word in (one.name, *one.called)}
    header = [names.get(cell.strip().lower().replace("_", " "), "") for cell in lines[0][1]]
    spaced = {one.name.replace("_", " "): one.name for one in columns}
    header = [
        found or spaced.get(cell.strip().lower().replace("_", " "), "")
        for found, cell in zip(header, lines[0][1], strict=True)
    ]
    lacking = [one.name for one in columns if one.needed and one.name not in header]
    if lacking:
        raise ValidationError(
            _("The first line must name the columns. These are missing: %(names)s.")
            % {"names": ", ".join(lacking)}
        )
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise ValidationError(
            _("Two columns mean the same: %(name)s.") % {"name": ", ".join(sorted(twice))}
        )
    if len(lines) - 1 > reading.MOST_ROWS:
        raise ValidationError(_("The file has more than 20,000 rows."))
    return [
        (line, {c: text.strip() for c, text in zip(header, cells, strict=False) if c})
        for line, cells in lines[1:]
    ]


def questions(
    subject: str, rows: Rows, answers: Mapping[str, str], maximum: float | None = None
) -> list[Question]:
    """Every odd value, with what was said of it already."""
    found: list[Question] = []
    for column in COLUMNS[subject]:
        if any(column.name in cells for _line, cells in rows):
            found += _of_column(column, rows, answers, maximum)
    return found + _twice(subject, rows, answers)


def _of_column(
    column: Column, rows: Rows, answers: Mapping[str, str], maximum: float | None
) -> list[Question]:
    cells = [cells.get(column.name, "") for _line, cells in rows]
    lines = [line for line, _cells in rows]
    if column.holds is Holds.NUMBER:
        top = maximum if column.name in {"outcome", "result"} else None
        odd: list[tuple[Odd, str, int, tuple[int, ...]]] = [
            (one.odd, one.value, one.times, tuple(lines[at - 1] for at in one.rows))
            for one in check_column(_checked_as(column.name), cells, maximum=top)
            if one.odd is not Odd.MISSING
        ]
    else:
        odd = _unread(column, cells, lines)
    return [
        _question(column.name, what, value, times, places, answers)
        for what, value, times, places in odd
    ]


def _checked_as(name: str) -> str:
    """Under which name a column is judged: rewards and days are counts, which are never negative."""
    counts = {"occasions", "training", "coaching", "thanks", "pay_step"}
    return f"number of {name}" if name in counts else name


def _unread(
    column: Column, cells: list[str], lines: list[int]
) -> list[tuple[Odd, str, int, tuple[int, ...]]]:
    places: dict[str, list[int]] = {}
    for line, cell in zip(lines, cells, strict=True):
        if cell.lower() not in EMPTY and parsed(column.holds, cell) is None:
            places.setdefault(cell, []).append(line)
    return [
        (Odd.NOT_A_NUMBER, value, len(found), tuple(found[:SHOWN]))
        for value, found in places.items()
    ]


def _question(
    column: str,
    odd: str,
    value: str,
    times: int,
    lines: tuple[int, ...],
    answers: Mapping[str, str],
) -> Question:
    key = f"{column}|{odd}|{value}"
    may = odd not in {Odd.NOT_A_NUMBER, Odd.DUPLICATE}
    return Question(key, column, value, str(odd), times, lines, may, answers.get(key, ""))


def _twice(subject: str, rows: Rows, answers: Mapping[str, str]) -> list[Question]:
    """Rows of which there may be one only. One question for all: who it is stands in no page."""
    names = ONCE[subject]
    places: dict[tuple[str, ...], list[int]] = {}
    for line, cells in rows:
        key = tuple(cells.get(name, "").lower() for name in names)
        places.setdefault(key, []).append(line)
    doubled = [line for lines in places.values() if len(lines) > 1 for line in lines[1:]]
    if not doubled:
        return []
    return [
        _question(
            " + ".join(names), Odd.DUPLICATE, "", len(doubled), tuple(doubled[:SHOWN]), answers
        )
    ]


def parsed(holds: Holds, cell: str) -> object:
    """What a cell says; None when it is empty or cannot be read."""
    text = cell.strip().lower()
    if text in EMPTY:
        return None
    if holds is Holds.FORM:
        return FORM_OF.get(text)
    if holds is Holds.YES_NO:
        return 1.0 if text in YES else 0.0 if text in NO else None
    if holds is Holds.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    if holds is Holds.NUMBER:
        found = number(text)
        return None if found is None or found != found else found
    return cell.strip()


def cleaned(subject: str, rows: Rows, answers: Mapping[str, str]) -> list[dict[str, object]]:
    """The rows as values, odd ones as they were answered for; rows lacking what is needed left out."""
    found, seen = [], set()
    odd = {
        tuple(key.split("|", 2)[::2]): said
        for key, said in answers.items()
        if "|" in key and said == MISSING
    }
    for _line, cells in rows:
        key = tuple(cells.get(name, "").lower() for name in ONCE[subject])
        if key in seen:
            continue
        row: dict[str, object] = {}
        for column in COLUMNS[subject]:
            cell = cells.get(column.name, "")
            if (column.name, cell) not in odd:
                row[column.name] = parsed(column.holds, cell)
        empty_is_news = {"left", "voluntary"}  # still here
        if all(
            row.get(one.name) is not None
            for one in COLUMNS[subject]
            if one.needed and one.name not in empty_is_news
        ):
            seen.add(key)
            found.append(row)
    return found
