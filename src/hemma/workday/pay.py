"""The record as files: one's own as CSV, and for pay as CSV and PAXml 2.0. Nothing is stored here.

PAXml is the Swedish exchange format of payroll systems (http://www.paxml.se/2.0/paxml.xsd): worked
hours are `tidtrans` with a code, a date and hours with two decimals, found by the number of the
employment (`anstid`). TID is work by the plan, ARB work outside of it: a payroll that pays by the
month pays ARB on top. The file says how long, never when, and knows of no pause.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

from hemma.people.models import Person
from hemma.workday.queries.hours import Stretch

HEAD = ("date", "start", "end", "rast_min", "worked_h", "place", "utc_offset")
PAY_HEAD = ("employment", "name", *HEAD)
BY_PLAN, BEYOND_PLAN = "TID", "ARB"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class PayRow:
    """One stretch that is over, of one person."""

    person: Person
    stretch: Stretch


def number_of(person: Person) -> str:
    """What the company's own system calls the person; their address where it has no name for them."""
    return person.external_id or person.email


def in_hours(length: timedelta) -> Decimal:
    """Hours with two decimals, as pay counts."""
    seconds = Decimal(int(length.total_seconds()))
    return (seconds / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)


def own_csv(person: Person, stretches: Iterable[Stretch]) -> bytes:
    """One's own record, a line a stretch; clock times of the workplace's zone."""
    return _csv(HEAD, (_cells(person, one) for one in stretches if one.ends_at))


def pay_csv(rows: Iterable[PayRow]) -> bytes:
    """A team's hours for pay, a line a stretch."""
    return _csv(
        PAY_HEAD,
        (
            [number_of(row.person), row.person.name, *_cells(row.person, row.stretch)]
            for row in rows
        ),
    )


def _csv(head: tuple[str, ...], lines: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(head)
    table.writerows([_plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")  # so that spreadsheets see that it is UTF-8


def _plain(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and len(cell) > 6 else cell


def _cells(person: Person, one: Stretch) -> list[str]:
    start = one.starts_at.astimezone(person.zone)
    assert one.ends_at is not None and one.worked is not None  # noqa: S101,PT018 - it is over
    end = one.ends_at.astimezone(person.zone)
    return [
        start.date().isoformat(),
        f"{start:%H:%M}",
        f"{end:%H:%M}" if end.date() == start.date() else end.strftime("%Y-%m-%d %H:%M"),
        str(int(one.rast.total_seconds() // 60)),
        str(in_hours(one.worked)),
        one.place_type,
        f"{start:%z}",
    ]


def paxml(rows: Iterable[PayRow], *, made_at: datetime) -> bytes:
    """The hours a person, day and code as PAXml 2.0; `made_at` is told as a clock on the wall shows it.

    Without hours the list of them is left out: the schema knows of no empty one.
    """
    root = ET.Element("paxml")
    root.set(f"{{{_XSI}}}noNamespaceSchemaLocation", "http://www.paxml.se/2.0/paxml.xsd")
    ET.register_namespace("xsi", _XSI)
    header = ET.SubElement(root, "header")
    for name, text in (
        ("version", "2.0"),
        ("format", "LÖNIN"),
        ("datum", made_at.strftime("%Y-%m-%dT%H:%M:%S")),
        ("programnamn", "Hemma"),
    ):
        ET.SubElement(header, name).text = text
    sums = _by_day(rows)
    table = ET.SubElement(root, "tidtransaktioner") if sums else root
    for post, ((number, day, code), length) in enumerate(sums, start=1):
        line = ET.SubElement(table, "tidtrans", anstid=number, postid=str(post))
        ET.SubElement(line, "tidkod").text = code
        ET.SubElement(line, "datum").text = day.isoformat()
        ET.SubElement(line, "timmar").text = str(in_hours(length))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


type _Key = tuple[str, date, str]


def _by_day(rows: Iterable[PayRow]) -> list[tuple[_Key, timedelta]]:
    sums: dict[_Key, timedelta] = {}
    for row in rows:
        if not row.stretch.worked:
            continue
        day = row.stretch.starts_at.astimezone(row.person.zone).date()
        key = number_of(row.person), day, BEYOND_PLAN if row.stretch.outside else BY_PLAN
        sums[key] = sums.get(key, timedelta()) + row.stretch.worked
    return sorted(sums.items())
