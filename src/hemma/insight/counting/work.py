"""A period at home and in the office: by site and programme, with what the place itself did."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hemma.core.disclosure import Kind
from hemma.core.effects import wilson
from hemma.insight import facts, gate
from hemma.insight.counting.effect import effects_of
from hemma.insight.counting.shapes import Told, largest_two, measured
from hemma.insight.facts import Day
from hemma.insight.measures import MEASURES, PLACES
from hemma.people.system import SYSTEM
from hemma.workday import queries as workday


def count_work(first: date, last: date) -> dict[str, Any] | None:
    """What may be told of the span; None when nobody answered a customer in it."""
    days = facts.days_between(first, last)
    if not days:
        return None
    label = f"{first}–{last}"
    breaks = workday.breaks_by_place(SYSTEM, first, last)
    programme = facts.main_programme(days)
    places = {}
    for place in PLACES:
        own = [day for day in days if day.place == place]
        places[place] = {
            "site": _parted(place, "site", label, own, {day.mark: day.site for day in own}, breaks),
            "programme": _parted(place, "programme", label, own, programme, ()),
        }
    return {"places": places, "effects": effects_of(days, label)}


def _parted(
    place: str,
    name: str,
    label: str,
    days: list[Day],
    part_of: dict[str, str],
    breaks: Iterable[workday.PlaceBreaks],
) -> list[dict[str, Any]]:
    """The people of a place, together and by part: how many, and the measures where it may be told."""
    sums = facts.sums_by_person(days)
    records = {(day.mark, day.month): (part_of[day.mark],) for day in days}
    dimensions = gate.one_dimension(name, {code for (code,) in records.values()})
    people = gate.members(dimensions, records)

    def rows(keys: tuple[str, ...]) -> list[dict[str, float]]:
        return [sums[mark] for mark in sorted(people.get(keys, ()))]

    shown = gate.pass_through(
        Kind.SCALE,
        f"work at {place}",
        f"{label} by {name}",
        dimensions,
        records,
        largest=lambda keys: largest_two(rows(keys), ("answers", "hours")),
    )
    whole = sum(one["answers"] for one in sums.values())
    found = []
    for cell in shown:
        row: dict[str, Any] = {"part": cell.keys[0], "n": cell.n, "hidden": cell.hidden}
        if not cell.hidden:
            inside = rows(cell.keys)
            row["told"] = {one.key: measured(one, inside) for one in MEASURES}
            row["breaks"] = _breaks(place, cell.keys[0], breaks)
            if name == "programme" and whole:
                row["mix"] = round(sum(one["answers"] for one in inside) / whole, 2)
        found.append(row)
    return sorted(found, key=lambda row: (row["part"] != "all", row["part"]))


def _breaks(place: str, part: str, breaks: Iterable[workday.PlaceBreaks]) -> Told | None:
    """Of the planned breaks the share that was had, with Wilson's interval."""
    own = [
        one
        for one in breaks
        if one.place_type == place and part in {"all", one.site or facts.NO_SITE}
    ]
    planned, taken = sum(one.planned for one in own), sum(one.taken for one in own)
    if not planned:
        return None
    low, high = wilson(taken, planned)
    return [round(x, 3) for x in (taken / planned, low, high)]
