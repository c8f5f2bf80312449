"""The four sides of a period, always together, made of what has passed the gate.

Built anew for each reader, since words and numbers are in their language.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from hemma.insight import words
from hemma.insight.measures import MEASURE, OUTCOMES, PLACES, Measure
from hemma.insight.models import Reading
from hemma.insight.pictures import Scale, scale_for

BREAKS = Measure(
    "breaks", "", "", "taken", "planned", 0.001, share=True
)  # of a site's sums, not of people's


@dataclass(frozen=True, slots=True)
class Bar:
    """One place's mark on the strip: texts for readers, percentages for the picture."""

    place: str
    value: str
    interval: str
    n: str
    at: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question answered for both places, on one scale; `hidden` says why a place is missing."""

    key: str
    name: str
    meaning: str
    bars: tuple[Bar, ...]
    hidden: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, str], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the four: what it says in a sentence, its indicators, or why there are none."""

    key: str
    name: str
    say: str
    indicators: tuple[Indicator, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One outcome, apart from choice, in sentences and as rows of a table."""

    name: str
    says: str
    choice: str
    more: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One group in the table: texts by column, or why it is hidden."""

    group: str
    place: str
    n: str
    cells: tuple[str, ...]
    hidden: str
    mix: str = ""

    @property
    def headed(self) -> list[tuple[str, str]]:
        """The measures' cells beside their headings, for a narrow screen."""
        return list(zip(heads(), self.cells, strict=False))


@dataclass(frozen=True, slots=True)
class Balance:
    """A period as a page tells it."""

    reading: Reading
    sides: tuple[Side, ...]
    effects: tuple[Effect, ...]
    by_site: tuple[Line, ...]
    by_programme: tuple[Line, ...]
    months: tuple[Line, ...] = field(default=())

    @property
    def heads(self) -> tuple[str, ...]:
        """Headings of the measures' columns."""
        return heads()


def heads() -> tuple[str, ...]:
    """Headings of the measures' columns."""
    return (*(str(one.name) for one in MEASURE.values()), _("Breaks that were had"))


def side_names() -> tuple[str, ...]:
    """The four sides, in their order."""
    return _("Community"), _("Life puzzle"), _("Effectiveness"), _("Performance")


def make_balance(reading: Reading, months: Iterable[Reading]) -> Balance:
    """All four sides of one reading, with the months that lead to it as a trend."""
    places, effects = reading.data["places"], reading.data["effects"]
    whole = {place: _whole(places[place]["site"]) for place in PLACES}
    return Balance(
        reading,
        _sides(whole, effects),
        tuple(_effect(key, effects[key]) for key in OUTCOMES),
        tuple(_lines(places, "site")),
        tuple(_lines(places, "programme")),
        tuple(
            _line(place, _whole(month.data["places"][place]["site"]), _month(month))
            for month in months
            for place in PLACES
        ),
    )


def place_name(place: str) -> str:
    """Home or the office, as a heading."""
    return _("Home") if place == "home" else _("The office")


def _month(reading: Reading) -> str:
    return formats.date_format(reading.first, "F Y")


def _whole(rows: list[dict[str, Any]]) -> dict[str, Any]:
    none = {"part": "all", "n": None, "hidden": "too_few"}
    return next((row for row in rows if row["part"] == "all"), none)


def _sides(whole: dict[str, dict[str, Any]], effects: dict[str, Any]) -> tuple[Side, ...]:
    nobody_asked = _("Nobody has been asked yet, so nothing is said here.")
    return (
        Side(
            "community",
            _("Community"),
            nobody_asked,
            empty=_("Whether people feel part of the team only they can tell: it takes a pulse. Until there is one, talk about it in the team."),
        ),
        Side(
            "life",
            _("Life puzzle"),
            _("Hours stand beside the breaks that were had: longer days must not come from skipped breaks."),
            (
                _indicator("hours", whole, ""),
                _indicator("breaks", whole, _("How the day fits the rest of life only people themselves can tell, in a pulse.")),
            ),
        ),
        Side(
            "effectiveness",
            _("Effectiveness"),
            _short(effects["pace"]),
            (_indicator("pace", whole, words.effect_sentence("pace", effects["pace"])),),
        ),
        Side(
            "performance",
            _("Performance"),
            _short(effects["enough"]),
            (_indicator("enough", whole, words.effect_sentence("enough", effects["enough"])),),
        ),
    )  # fmt: skip


def _short(told: dict[str, Any]) -> str:
    """The side's sentence."""
    if "why" in told or told.get("effect") is None:
        return _("Cannot be told for this period.")
    return {
        "higher": _("A day at home is higher for the same person."),
        "lower": _("A day at home is lower for the same person."),
    }.get(told["verdict"], _("No difference that can be relied on."))


def _measure(key: str) -> Measure:
    return MEASURE.get(key, BREAKS)


def _value(key: str, row: dict[str, Any]) -> list[float] | None:
    if row["hidden"]:
        return None
    found: list[float] | None = row["breaks"] if key == "breaks" else row["told"][key]
    return found


def _indicator(key: str, whole: dict[str, dict[str, Any]], says: str) -> Indicator:
    measure = _measure(key)
    values = {place: _value(key, row) for place, row in whole.items()}
    highest = max((told[2] for told in values.values() if told), default=0.0)
    scale = Scale(1.0) if measure.share else scale_for(highest)
    bars, hidden = [], []
    for place, told in values.items():
        if told is None:
            why = words.hidden_because(whole[place]["hidden"]) if whole[place]["hidden"] else ""
            hidden.append((place_name(place), why or _not_counted(key)))
            continue
        bars.append(
            Bar(
                place,
                words.number(told[0], measure),
                words.interval(told, measure),
                _n(whole[place]["n"]),
                *(scale.at(x) for x in told),
            )
        )
    ticks = tuple((at, words.number(value, measure)) for at, value in scale.ticks())
    name = str(measure.name) or _("Breaks that were had")
    meaning = str(measure.meaning) or _(
        "Planned breaks that a contact did not eat, of all planned breaks. Counted by site and place, never by person."
    )
    return Indicator(key, name, meaning, tuple(bars), tuple(hidden), ticks, says)


def _not_counted(key: str) -> str:
    if key == "breaks":
        return _("No breaks were counted in this period.")
    return _("There is too little to tell of, or everybody's would be the same.")


def _n(number: int | None) -> str:
    return "" if number is None else formats.number_format(number, 0, use_l10n=True)


def _effect(key: str, told: dict[str, Any]) -> Effect:
    measure = MEASURE[key]
    rows = []
    if "why" not in told:
        names = {
            "naive": _("Side by side"),
            "choice": _("of which who chooses home"),
            "effect": _("The same person at home and in the office"),
            "same_mix": _("The same, with the same mix of programmes"),
        }
        for part, name in names.items():
            if told[part] is not None:
                between = words.differences(told[part], measure)
                rows.append((name, words.difference(told[part][0], measure), between))
    return Effect(
        str(measure.name),
        words.effect_sentence(key, told),
        words.choice_sentence(key, told) if "why" not in told else "",
        words.more_sentence(key, told),
        tuple(rows),
    )


def _lines(places: dict[str, Any], by: str) -> Iterable[Line]:
    parts = {row["part"] for place in PLACES for row in places[place][by]}
    for part in sorted(parts, key=lambda one: (one != "all", one)):
        for place in PLACES:
            row = next((row for row in places[place][by] if row["part"] == part), None)
            if row is not None:
                yield _line(place, row, words.part_name(part, by))


def _line(place: str, row: dict[str, Any], group: str) -> Line:
    if row["hidden"]:
        return Line(group, place_name(place), "", (), words.hidden_because(row["hidden"]))
    cells = []
    for key in (*MEASURE, "breaks"):
        told = _value(key, row)
        measure = _measure(key)
        cells.append(
            f"{words.number(told[0], measure)} ({words.interval(told, measure)})"
            if told
            else words.DASH
        )
    mix = f"{row['mix']:.0%}".replace("%", " %") if row.get("mix") is not None else ""
    return Line(group, place_name(place), _n(row["n"]), tuple(cells), "", mix)
