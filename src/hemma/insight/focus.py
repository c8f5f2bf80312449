"""Focus in the teams as a page tells it: a picture of each team's last weeks, and the table of it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from hemma.insight import words
from hemma.insight.balance import place_name
from hemma.insight.measures import PLACES
from hemma.insight.pictures import Scale, scale_for

if TYPE_CHECKING:
    from hemma.insight.queries.focus import TeamWeeks, Told


@dataclass(frozen=True, slots=True)
class Bar:
    """One week in the picture: texts for readers, percentages for the picture ("" where untold)."""

    week: str
    had: str
    planned: str
    had_at: str
    planned_at: str


@dataclass(frozen=True, slots=True)
class Row:
    """One week in the table: n, planned, had, home, the office; or why nothing is told."""

    week: str
    cells: tuple[str, ...]
    hidden: str

    @property
    def headed(self) -> list[tuple[str, str]]:
        """The cells beside their headings, for a narrow screen."""
        return list(zip(heads()[1:], self.cells, strict=False))


@dataclass(frozen=True, slots=True)
class Section:
    """One team."""

    key: str
    name: str
    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, str], ...]


def heads() -> tuple[str, ...]:
    """Headings of the table's columns."""
    return (
        _("Week"), _("n (people)"), _("Planned for focus"), _("Was focus"),
        *(_("Was focus: %(place)s") % {"place": place_name(place)} for place in PLACES),
    )  # fmt: skip


def sections(found: "list[TeamWeeks]") -> list[Section]:
    """Each team, with one scale for all its weeks."""
    return [_section(one) for one in found]


def _section(one: "TeamWeeks") -> Section:
    told = [(monday, places["all"]) for monday, places in one.weeks]
    shares = [
        row[side] or 0.0
        for _monday, row in told
        if not row["hidden"]
        for side in ("planned", "had")
    ]
    scale = scale_for(max(shares, default=0.0))
    return Section(
        key=str(one.team.pk),
        name=one.team.name,
        bars=tuple(_bar(monday, row, scale) for monday, row in told if not row["hidden"]),
        rows=tuple(_row(monday, places) for monday, places in one.weeks),
        ticks=tuple((at, percent(value)) for at, value in scale.ticks()[::2]),
    )  # fmt: skip


def _bar(monday: date, row: "Told", scale: Scale) -> Bar:
    at = {side: scale.at(row[side]) if row[side] is not None else "" for side in ("had", "planned")}
    return Bar(week(monday), percent(row["had"]), percent(row["planned"]), at["had"], at["planned"])


def _row(monday: date, places: "dict[str, Told]") -> Row:
    whole = places["all"]
    if whole["hidden"]:
        return Row(week(monday), (), words.hidden_because(whole["hidden"]))
    apart = (percent(places[one]["had"]) if one in places else words.DASH for one in PLACES)
    n = formats.number_format(whole["n"], 0, use_l10n=True)
    return Row(week(monday), (n, percent(whole["planned"]), percent(whole["had"]), *apart), "")


def week(monday: date) -> str:
    """Week 47."""
    return _("Week %(week)s") % {"week": monday.isocalendar().week}


def percent(share: float | None) -> str:
    """A share as people write it."""
    return words.DASH if share is None else f"{formats.number_format(share * 100, 0)} %"
