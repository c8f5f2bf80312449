"""The law in the plan. A rule book of days is read off the packs of each country; what one shift alone
may not be is asked of the rules themselves; and the finished plan goes before all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from hemma.core.grid import Interval, instant_of
from hemma.core.pipeline.company import Company
from hemma.core.roster import (
    FORBIDDEN,
    MOST_STARTS,
    DayForm,
    LawfulDays,
    Limits,
    Roster,
)
from hemma.core.rules import (
    Flag,
    Packs,
    PlaceType,
    Severity,
    Timeline,
    WorkItem,
    WorkKind,
    check,
)

_BREAKS = {"rast": WorkKind.RAST, "paus": WorkKind.PAUS, "meal_on_duty": WorkKind.MEAL_ON_DUTY}


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule of law that a person's plan breaks."""

    person: int
    flag: Flag


def limits_of(
    packs: Packs, pack: str, day: date, slot_min: int, in_a_row: int, *, weekends: bool
) -> Limits:
    """What a country asks of days, in slots. Raises `KeyError` for a pack nobody has."""
    hours = {}
    for name in ("daily_rest_h", "between_shifts_h", "weekly_rest_h", "days_in_a_row"):
        value = packs.value(pack, name, day)
        hours[name] = value.number if value else 0.0
    rest = max(hours["daily_rest_h"], hours["between_shifts_h"])
    row = [int(n) for n in (in_a_row, hours["days_in_a_row"]) if n]
    slots = 60 / slot_min
    return Limits(
        int(np.ceil(rest * slots)), int(np.ceil(hours["weekly_rest_h"] * slots)), min(row, default=0),
        weekends,
    )  # fmt: skip


def book_of(limits: Limits) -> LawfulDays:
    """The rule book that the search keeps."""
    return LawfulDays(limits.rest, limits.weekly_rest, limits.in_a_row, limits.every_other_weekend)


def lawful_form(
    form: DayForm, packs: Packs, pack: str, company_day: date, slot_min: int
) -> DayForm:
    """The form with the window of each break made so narrow that no place in it breaks the law by
    itself, wherever the other breaks lie. A form that cannot be made lawful is given back as is."""
    made = list(form.breaks)
    for n, part in enumerate(form.breaks):
        good = [
            at
            for at in range(part.earliest, part.latest + 1)
            if _is_lawful(form, {n: at}, packs, pack, company_day, slot_min)
        ]
        run = _longest(good)
        if run:
            made[n] = replace(part, earliest=run[0], latest=run[-1])
    return replace(form, breaks=tuple(made))


def forbidden_starts(
    form: DayForm, packs: Packs, pack: str, day: date, slot_min: int
) -> NDArray[np.bool_]:
    """(MOST_STARTS,) the starts of a form whose shift alone is stopped by law (or warned of: work in
    the night's core hours)."""
    found = np.zeros(MOST_STARTS, bool)
    for start in range(form.count):
        flags = check(_alone(form, start, {}, pack, day, slot_min), packs)
        found[start] = any(f.severity is Severity.STOPS or f.rule == "night_core" for f in flags)
    return found


def _is_lawful(
    form: DayForm, held: dict[int, int], packs: Packs, pack: str, day: date, slot_min: int
) -> bool:
    """Whether a noon shift with this break there is lawful with the others early and late alike."""
    return not any(
        flag.severity is Severity.STOPS and flag.rule.startswith("break")
        for flag in check(_alone(form, form.count // 2, held, pack, day, slot_min), packs)
    )


def _longest(places: list[int]) -> list[int]:
    best: list[int] = []
    run: list[int] = []
    for place in places:
        run = [*run, place] if run and place == run[-1] + 1 else [place]
        best = max(best, run, key=len)
    return best


def _alone(
    form: DayForm, start: int, held: dict[int, int], pack: str, day: date, slot_min: int
) -> Timeline:
    """One shift on one day, its breaks in the middle of their windows where not held."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("UTC")
    slot = timedelta(minutes=slot_min)
    begins = instant_of(datetime.combine(day, datetime.min.time()), zone)
    begins += (form.first + form.step * start) * slot
    items = [WorkItem(0, WorkKind.SHIFT, Interval(begins, begins + form.length * slot))]
    for n, part in enumerate(form.breaks):
        at = begins + held.get(n, (part.earliest + part.latest) // 2) * slot
        kind = _BREAKS.get(part.kind, WorkKind.RAST)
        items.append(WorkItem(n + 1, kind, Interval(at, at + part.slots * slot)))
    return Timeline(0, pack, zone, tuple(items))


def timelines(
    company: Company,
    roster: Roster,
    office: NDArray[np.bool_] | None = None,
    only: NDArray[np.bool_] | None = None,
) -> Iterator[Timeline]:
    """Everybody's plan as the rules look at it, or that of `only` some (people,); with `office`
    (people, days), where as well."""
    problem = company.problem
    for person in range(problem.people):
        if only is not None and not only[person]:
            continue
        site = company.sites[company.site[person]]
        form = problem.forms[problem.form[person]]
        items: list[WorkItem] = []
        for day in np.flatnonzero(roster.start[person] >= 0).tolist():
            base = company.begins(roster, person, day)
            place = None
            if office is not None:
                place = PlaceType.OFFICE if office[person, day] else PlaceType.HOME
            told = [(WorkKind.SHIFT, 0, form.length)]
            told += [
                (_BREAKS.get(part.kind, WorkKind.RAST), int(at), int(at) + part.slots)
                for part, at in zip(form.breaks, roster.at[person, day], strict=False)
            ]
            for kind, since, until in told:
                at = Interval(company.instant(base + since), company.instant(base + until))
                items.append(WorkItem(len(items) + 1, kind, at, place))
        yield Timeline(person, site.pack, site.zone, tuple(items))


def broken(
    company: Company,
    roster: Roster,
    office: NDArray[np.bool_] | None = None,
    only: NDArray[np.bool_] | None = None,
) -> list[Broken]:
    """Everything that stops or warns, by person; of `only` some (people,) if it is given."""
    return [
        Broken(line.person, flag)
        for line in timelines(company, roster, office, only)
        for flag in check(line, company.packs)
        if flag.severity is not Severity.INFORMS
    ]


def days_of(company: Company, roster: Roster, one: Broken) -> list[int]:
    """The working days that a flag is about, or the one before it."""
    found = []
    for day in np.flatnonzero(roster.start[one.person] >= 0).tolist():
        base = company.begins(roster, one.person, day)
        form = company.problem.forms[company.problem.form[one.person]]
        if company.instant(base) < one.flag.at.end and one.flag.at.start <= company.instant(
            base + form.length
        ):
            found.append(day)
    return found


def forbid(start_price: NDArray[np.float32], person: int, starts: NDArray[np.bool_]) -> None:
    """Put the price of what may not be on a person's starts of all days."""
    start_price[person][:, starts[: start_price.shape[2]]] = FORBIDDEN
