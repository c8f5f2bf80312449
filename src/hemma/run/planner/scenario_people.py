"""The people of a scenario: contracts as day forms, what each may and must, agreements on home."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np

from hemma.core.grid import TimeGrid, instant_of
from hemma.core.grid.local import seconds_of
from hemma.core.pipeline.company import Homes, SiteFacts
from hemma.core.pipeline.plan_law import forbidden_starts, lawful_form
from hemma.core.place import Prices as PlacePrices
from hemma.core.roster import FORBIDDEN, MOST_STARTS, Activity, DayForm, Extra
from hemma.core.rules import Packs
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario_tables import Row, cell
from hemma.run.telling import Refusal

SLOT_MIN = 15
DAY = 96
_FILE = "people.csv"
TRAINING = "training"


@dataclass(frozen=True, eq=False)
class Forms:
    """`forms` by (contract, pack, with training or not); `banned` (forms, starts) what the law does
    not let begin; `extras` (forms,) how many each has without training."""

    forms: tuple[DayForm, ...]
    of: dict[tuple[str, str, bool], int]
    banned: np.ndarray


def day_form(told: dict[str, Any]) -> DayForm:
    """One contract's day. Raises `KeyError`, `ValueError`."""
    first, last = (tables.minutes(told[x]) // SLOT_MIN for x in ("first", "last"))
    if last < first:
        last += DAY  # starts on both sides of midnight
    step = int(told.get("step_min", 30)) // SLOT_MIN
    breaks = tuple(
        Activity(b["kind"], *(int(b[x]) // SLOT_MIN for x in ("minutes", "earliest", "latest")))
        for b in told["breaks"]
    )
    extras = tuple(
        Extra(x["kind"], int(x["minutes"]) // SLOT_MIN, int(x["a_week"]))
        for x in told.get("extras", ())
    )
    length, paid = int(told["minutes"]) // SLOT_MIN, int(told["paid_minutes"]) // SLOT_MIN
    return DayForm(length, first, step, (last - first) // step + 1, paid, breaks, extras)


def forms(
    contracts: dict[str, Any], packs: Packs, wanted: set[tuple[str, str, bool]], grid: TimeGrid,
    training: Extra | None,
) -> Forms:  # fmt: skip
    """A form for each contract in each country that somebody has it in, its windows as the law lets
    them be."""
    made: list[DayForm] = []
    of: dict[tuple[str, str, bool], int] = {}
    banned: list[np.ndarray] = []
    for key in sorted(wanted):
        contract, pack, trains = key
        form = lawful_form(
            day_form(contracts[contract]), packs, pack, grid.first_day, grid.slot_min
        )
        banned.append(forbidden_starts(form, packs, pack, grid.first_day, grid.slot_min))
        if banned[-1][: form.count].all():
            raise Refusal(
                f"scenario.toml, contract {contract!r}: the law of {pack} allows none of its starts. "
                "`hemma rules check` says why for one shift."
            )
        if trains and training is not None:
            form = replace(form, extras=(*form.extras, training))
        of[key] = len(made)
        made.append(form)
    return Forms(tuple(made), of, np.array(banned))


def midnights(grid: TimeGrid, sites: tuple[SiteFacts, ...], site: np.ndarray) -> np.ndarray:
    """(people, days) the slot of local midnight at each person's site, counted back from the next
    one's, so that starts past a clock change are right."""
    first = grid.edges_s[0]
    rows = []
    for facts in sites:
        after = [
            seconds_of(instant_of(datetime.combine(day + timedelta(days=1), time()), facts.zone))
            for day in grid.dates
        ]
        rows.append([(at - first) // (grid.slot_min * 60) - DAY for at in after])
    return np.asarray(np.array(rows, np.int64)[site])


def homes(rows: list[Row], grid: TimeGrid, prices: PlacePrices) -> Homes:
    """Agreements: `home` "1-3" days a week (empty: none), `home_fixed` weekdays, `home_wanted`,
    `own_seat`, `home_lacking`."""
    shape = len(rows), grid.days
    may, fixed = np.zeros(shape, bool), np.zeros(shape, bool)
    least, most = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    wanted, lacking, own = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows), bool)
    weekday = np.arange(grid.days) % 7
    for n, row in enumerate(rows):
        least[n], most[n] = cell(_FILE, row, "home", tables.frame, (0, 0), "1-3")
        may[n] = most[n] > 0
        nothing: tuple[int, ...] = ()
        days = cell(_FILE, row, "home_fixed", tables.weekdays, nothing, "mon thu")
        fixed[n] = may[n] & np.isin(weekday, days)
        middle = (least[n] + most[n]) / 2
        wanted[n] = cell(_FILE, row, "home_wanted", float, middle, "2")
        lacking[n] = cell(_FILE, row, "home_lacking", float, 0.0, "-1.5")
        own[n] = cell(_FILE, row, "own_seat", tables.yes, False, "yes or no")
    return Homes(may, fixed & may, np.zeros(shape), least, most, wanted, own, lacking, prices)


def starts(rows: list[Row], made: Forms, form: np.ndarray, grid: TimeGrid) -> np.ndarray:
    """(people, days, starts) what the law forbids, what each contract has, and no price else."""
    found = np.zeros((len(rows), grid.days, MOST_STARTS), np.float32)
    for n in range(len(rows)):
        found[n][:, made.banned[form[n]]] = FORBIDDEN
    return found
