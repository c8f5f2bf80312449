"""The frozen company of `_company.py` with everything that the product minds: three countries' law, home
and office with seats and team days, fair shares, leaders and newcomers, wishes, huddles."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from _company import FORMS, SITES, company

from hemma.core.grid import TimeGrid
from hemma.core.pipeline.company import Company, Homes, HuddleTimes, SiteFacts
from hemma.core.pipeline.plan_law import (
    book_of,
    forbid,
    forbidden_starts,
    lawful_form,
    limits_of,
)
from hemma.core.place import Prices as PlacePrices
from hemma.core.roster import Before, Watch
from hemma.core.rules import builtin

FIRST = date(2026, 1, 5)  # no clock change in eight weeks
ZONES = {1: "Europe/Stockholm", 2: "Europe/Helsinki", 0: "Atlantic/Canary"}
PACKS = ("se", "no", "se", "fi", "es")


def firm(people: int, weeks: int, seed: int = 1) -> Company:
    """Chance is asked in a fixed order: do not change it."""
    problem, chance = company(people, weeks, seed), np.random.default_rng(seed + 1000)
    grid, packs, days = TimeGrid(ZoneInfo("UTC"), FIRST, 7 * weeks), builtin(), 7 * weeks
    site = _sites(people, 5 if people >= 200 else 2)
    sites = tuple(
        SiteFacts(
            f"site {n + 1}", ZoneInfo(ZONES[SITES[n][0]]), PACKS[n],
            np.full(days, int(np.ceil(0.55 * (site == n).sum())), np.int64),
        )
        for n in range(int(site.max()) + 1)
    )  # fmt: skip
    limits = tuple(limits_of(packs, one.pack, FIRST, 15, 5, weekends=True) for one in sites)
    forms, form, banned = _forms(problem.form, site, sites, packs)
    starts = np.repeat(problem.start_price[:, None, :], days, axis=1)
    for person in range(people):
        forbid(starts, person, banned[form[person]])
    team = _teams(site)
    leads = np.zeros(people, bool)
    leads[np.unique(team, return_index=True)[1]] = True
    fresh = (chance.random(people) < 0.06) & ~leads
    weekend = np.array([bool(state[2]) for state in problem.before])
    books = tuple(book_of(one) for one in limits)
    before = tuple(books[s].starts()[int(w)] for s, w in zip(site, weekend, strict=True))
    open_ = problem.need.sum(axis=0) > 0
    watches = (
        Watch(leads, np.zeros(people, bool), open_, 2.0),
        Watch(~fresh, fresh, np.zeros_like(open_), 3.0),
    )
    problem = replace(
        problem, forms=forms, form=form, rulebooks=books, rules=site, start_price=starts,
        before=before, watches=watches,
    )  # fmt: skip
    late = np.zeros((len(forms), 24), bool)
    for n, one in enumerate(forms):
        late[n, : one.count] = one.first + one.step * np.arange(one.count) + one.length > 74
    carried = chance.integers(0, 4, (people, 2)).astype(float)
    return Company(
        problem, grid, packs, sites, site, team, _homes(chance, people, days), limits,
        tuple(Before(0, bool(w)) for w in weekend), late, carried, 1.0, None, 0.0,
        HuddleTimes(36, 1, 8, missed=0.0),  # so that figures of different years compare
    )  # fmt: skip


def _sites(people, count):
    share = np.array([s[1] for s in SITES[:count]])
    share /= share.sum()
    return np.sort(
        np.resize(
            np.repeat(np.arange(count), np.round(share * people).astype(int) + 1)[:people], people
        )
    )


def _teams(site):
    team, number = np.zeros(site.size, np.int64), 0
    for s in np.unique(site):
        there = np.flatnonzero(site == s)
        for part in np.array_split(there, max(1, round(len(there) / 13))):
            team[part] = number
            number += 1
    return team


def _forms(kind, site, sites, packs):
    """A form for each contract in each country, with the windows that its law lets breaks have."""
    made, banned, of = [], [], {}
    form = np.zeros(kind.size, np.int64)
    for person, (k, s) in enumerate(zip(kind.tolist(), site.tolist(), strict=True)):
        pack = sites[s].pack
        if (k, pack) not in of:
            of[k, pack] = len(made)
            made.append(lawful_form(FORMS[k], packs, pack, FIRST, 15))
            banned.append(forbidden_starts(made[-1], packs, pack, FIRST, 15))
        form[person] = of[k, pack]
    return tuple(made), form, banned


def _homes(chance, people, days):
    most = chance.choice([0, 2, 3, 5], people, p=[0.08, 0.37, 0.43, 0.12])
    least = np.minimum(most, chance.integers(0, 3, people))
    may = np.repeat((most > 0)[:, None], days, axis=1)
    weekday = np.where(chance.random(people) < 0.35, chance.integers(0, 5, people), -1)
    fixed = may & (np.arange(days)[None] % 7 == weekday[:, None])
    return Homes(
        may, fixed, np.where(chance.random((people, days)) < 0.04, 2.0, 0.0), least, most,
        (least + most) / 2, chance.random(people) < 0.03, np.round(chance.normal(0, 1.5, people), 1),
        PlacePrices(),
    )  # fmt: skip
