"""What is special about a day, as columns of numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import holidays as public
import numpy as np

from hemma.core.forecast.history import Event, Floats

_MONTH_FIRST, _MONTH_LAST, _MID_MONTH = 5, 2, 2
_YEARLY_FROM_DAYS = 400
_WAVES = 2


def public_holidays(country: str, years: Iterable[int], part: str | None = None) -> dict[date, str]:
    """Public holidays by name; `country` as in ISO 3166 ("SE"), `part` of it where they differ.

    Sundays that Sweden lists as holidays are left out: they are in the week already. Source: the
    package `holidays`. Raises `ValueError` for a country it does not know.
    """
    try:
        found = public.country_holidays(country, subdiv=part, years=list(years))
    except NotImplementedError:
        raise ValueError(f"no holidays are known for {country!r} {part or ''}".strip()) from None
    return {day: name for day, name in found.items() if name not in {"Söndag", "Sunday"}}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of days behind and ahead: closed ones, holidays by name, events, and on which
    weekdays there is anything at all."""

    closed: frozenset[date]
    holidays: Mapping[date, str]
    events: tuple[Event, ...]
    open_weekdays: frozenset[int]

    def is_open(self, day: date) -> bool:
        return day.weekday() in self.open_weekdays and day not in self.closed


@dataclass(frozen=True, slots=True)
class Features:
    """`matrix` (days, columns) and the columns' `names`; `free` columns are not drawn to nought."""

    matrix: Floats
    names: tuple[str, ...]
    free: int


def features(dates: Sequence[date], known: Knowledge, *, span_days: int) -> Features:
    """One row a day: weekday, turn and middle of the month in open days, days beside closed ones,
    holidays that are open, events, and with more than a year behind (`span_days`) the season."""
    months: dict[tuple[int, int], list[date]] = {}
    columns: list[list[float]] = []
    for day in dates:
        key = day.year, day.month
        if key not in months:
            months[key] = _open_days(day, known)
        columns.append(_weekday(day) + _in_month(day, months[key]) + _beside_closed(day, known))
    names = [f"weekday {n}" for n in range(7)]
    names += [f"open day {n + 1} of month" for n in range(_MONTH_FIRST)]
    names += [f"open day {n + 1} from end of month" for n in range(_MONTH_LAST)]
    names += [f"open day {n + 1} of mid-month" for n in range(_MID_MONTH)]
    names += ["first after closed", "second after closed", "last before closed"]
    matrix = np.array(columns, dtype=np.float64).reshape(len(dates), len(names))
    extra, extra_names = _named(dates, known, span_days)
    return Features(np.hstack([matrix, extra]), (*names, *extra_names), 7)


def _open_days(day: date, known: Knowledge) -> list[date]:
    first = day.replace(day=1)
    days = (first + timedelta(days=n) for n in range(31))
    return [one for one in days if one.month == day.month and known.is_open(one)]


def _weekday(day: date) -> list[float]:
    return [float(day.weekday() == n) for n in range(7)]


def _in_month(day: date, month: list[date]) -> list[float]:
    """Wages, bills and cards follow the month, counted in days on which there is work."""
    size = _MONTH_FIRST + _MONTH_LAST + _MID_MONTH
    if day not in month:
        return [0.0] * size
    at = month.index(day)
    middle = next((n for n, one in enumerate(month) if one.day >= 15), len(month))
    first = [float(at == n) for n in range(_MONTH_FIRST)]
    last = [float(len(month) - 1 - at == n) for n in range(_MONTH_LAST)]
    return first + last + [float(at - middle == n) for n in range(_MID_MONTH)]


def _beside_closed(day: date, known: Knowledge) -> list[float]:
    """Whether the ordinary working day before, before that, or after this one is closed."""
    before = _neighbour(day, known, -1)
    return [
        float(before in known.closed),
        float(_neighbour(before, known, -1) in known.closed),
        float(_neighbour(day, known, 1) in known.closed),
    ]


def _neighbour(day: date, known: Knowledge, step: int) -> date:
    for _ in range(7):
        day += timedelta(days=step)
        if day.weekday() in known.open_weekdays:
            break
    return day


def _named(dates: Sequence[date], known: Knowledge, span_days: int) -> tuple[Floats, list[str]]:
    """Columns for holidays (together, and each), events, and the waves of the year."""
    names = sorted(set(known.holidays.values()))
    columns = [_on(dates, known.holidays), *(_on(dates, _days_of(known, n)) for n in names)]
    columns += [_on(dates, event.days) for event in known.events]
    told = ["holiday", *names, *(event.name for event in known.events)]
    if span_days >= _YEARLY_FROM_DAYS:
        angle = np.array([day.timetuple().tm_yday for day in dates]) * 2 * np.pi / 365.25
        for wave in range(1, _WAVES + 1):
            columns += [np.sin(wave * angle), np.cos(wave * angle)]
            told += [f"year sine {wave}", f"year cosine {wave}"]
    return np.array(columns, dtype=np.float64).reshape(len(columns), len(dates)).T, told


def _days_of(known: Knowledge, name: str) -> set[date]:
    return {day for day, its in known.holidays.items() if its == name}


def _on(dates: Sequence[date], days: Collection[date] | Mapping[date, str]) -> Floats:
    return np.array([float(day in days) for day in dates])
