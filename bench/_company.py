"""The company of the roster measurements: frozen, so that figures of different years compare.

Five sites in three time zones, twelve groups with one to three of six skills, four contracts, a week
in which 5 % are away for a week and 7 % for a day. The seed decides everything.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from hemma.core.need import Load, Target, least_people
from hemma.core.roster import Activity, DayForm, Extra, Gap, Problem

SITES = ((1, 0.35), (1, 0.2), (1, 0.2), (2, 0.15), (0, 0.10))  # hours ahead, share of people
GROUPS = ([0], [1], [2], [3], [4], [5], [0, 4], [1, 4], [2, 4], [3, 5], [0, 1], [0, 4, 5])
GROUP_SHARES = (0.16, 0.10, 0.08, 0.08, 0.06, 0.08, 0.12, 0.08, 0.06, 0.06, 0.06, 0.06)
HANDLING_S = (330.0, 360.0, 390.0, 340.0, 480.0, 300.0)
PATIENCE_S = (150.0, 150.0, 180.0, 150.0, 90.0, 600.0)
DAY = 96
_part = partial(Activity, "paus")
FORMS = (
    DayForm(34, 24, 2, 16, 32, (_part(1, 3, 10), Activity("rast", 2, 12, 20), _part(1, 22, 31)),
            (Extra("focus", 4, 2), Extra("coaching", 2, 1))),
    DayForm(26, 24, 2, 20, 24, (_part(1, 3, 8), Activity("rast", 2, 10, 16), _part(1, 17, 23)),
            (Extra("focus", 4, 1), Extra("coaching", 2, 1))),
    DayForm(17, 24, 2, 24, 17, (_part(1, 5, 11),), (Extra("focus", 4, 0), Extra("coaching", 2, 1))),
    DayForm(26, 24, 2, 20, 24, (_part(1, 3, 8), Activity("rast", 2, 10, 16), _part(1, 17, 23))),
)  # fmt: skip
DAYS_A_WEEK = ((5, 5), (5, 5), (5, 5), (1, 3))


@dataclass(frozen=True)
class FrozenDays:
    """The measurement's rule book: 11 h rest, five days in a row, 36 h once a week, every other
    weekend free. State: 0–4 days in a row less one, 5 one day free, 6 more; rested; weekend."""

    @property
    def gaps(self):
        return Gap(1, 44), Gap(2, 0), Gap(2, 144), Gap(7, 0)

    def starts(self):
        return (6, 0, 0), (6, 0, 1)

    def off(self, state, weekday):
        row, rested, weekend = state
        row, rested, was = (5, rested, row) if row <= 4 else (6, 1, row)
        if weekday == 6:
            weekend = int(was <= 4)
        return ((row, rested, weekend),)

    def work(self, state, weekday):
        row, rested, weekend = state
        late = weekday == 5 or (weekday == 6 and row >= 5)
        if row == 4 or (late and weekend):
            return ()
        now = row + 1 if row <= 3 else 0
        weekend = 1 if weekday >= 5 else weekend
        if row == 6:
            return (((now, rested, weekend), 3),)
        if row == 5:
            return ((now, rested, weekend), 1), ((now, 1, weekend), 2)
        return (((now, rested, weekend), 0),)

    def close(self, state):
        row, rested, weekend = state
        return ((row, 0, weekend),) if rested else ()

    def far(self, state):
        return state[0] == 6


def profile(days, chance, *, evening):
    """Share of a day's contacts by slot, with weekdays, months and noise."""
    made, hours = np.zeros((days, DAY)), np.arange(DAY) / 4.0
    level = (1.22, 1.06, 1.0, 0.97, 0.93, 0.42, 0.30)
    work = np.exp(-(((hours - 10.2) / 1.9) ** 2)) + 0.85 * np.exp(-(((hours - 14.2) / 2.3) ** 2))
    work = work + 0.33 * np.exp(-(((hours - 18.3) / 2.0) ** 2))
    work = work - 0.10 * np.exp(-(((hours - 12.2) / 0.6) ** 2))
    weekend = np.exp(-(((hours - 12) / 3.0) ** 2)) + 0.3 * np.exp(-(((hours - 16) / 2) ** 2))
    if evening:
        work = work + 0.35 * np.exp(-(((hours - 19.0) / 2.0) ** 2))
    work = np.maximum(work, 0.02)
    for day in range(days):
        open_, close = (28, 84) if day % 7 < 5 else (36, 72)
        shape = (work if day % 7 < 5 else weekend).copy()
        shape[:open_] = shape[close:] = 0
        month = 1 + 0.08 * (day % 28 < 3)
        made[day] = shape / shape.sum() * level[day % 7] * month * np.exp(chance.normal(0, 0.03))
    return made


def needed(rates, days):
    """People by skill and slot for 80 % in 20 s and at most 5 % who give up."""
    skills = rates.shape[0]
    each = np.repeat([HANDLING_S[:skills], PATIENCE_S[:skills]], days * DAY, axis=1)
    people = np.zeros(rates.size, np.int64)
    some = rates.ravel() > 0
    load = Load.of(rates.ravel()[some], each[0][some], each[1][some])
    people[some] = least_people(load, Target(0.8, 20.0, gives_up=0.05, occupancy=None))
    return people.reshape(skills, days, DAY)


def company(people: int, weeks: int, seed: int = 1, load: float = 0.97) -> Problem:
    """The frozen scenario. Chance is asked in a fixed order: do not change it."""
    chance = np.random.default_rng(seed)
    large = people >= 200
    groups = GROUPS if large else ([0], [1], [0, 1])
    shares = np.array(GROUP_SHARES if large else (0.45, 0.3, 0.25))
    skills, sites, days = (6, 5, 7 * weeks) if large else (2, 2, 7 * weeks)
    site = _sites(people, sites)
    team, teams = _teams(site, sites)
    group = np.zeros(people, np.int64)
    leading = chance.choice(len(groups), teams, p=shares)
    for n in range(people):
        own = chance.random() < 0.6
        group[n] = leading[team[n]] if own else chance.choice(len(groups), p=shares)
    form = chance.choice(4, people, p=[0.70, 0.12, 0.08, 0.10])
    free, least, most = _free(chance, people, weeks, form)
    wish_off = np.zeros((people, days), np.float32)
    wish_off[chance.random((people, days)) < 0.04] = 4.0
    early_or_late = chance.choice(3, people, p=[0.35, 0.45, 0.2])
    weekend = (chance.random(people) < 0.5).astype(int)
    need = _need(chance, groups, group, (skills, weeks, large), _capacity(form, least, most) * load)
    midnight = np.arange(days)[None] * DAY - 4 * np.array([SITES[s][0] for s in site])[:, None]
    huddle = midnight + (38 + (np.arange(teams) * 3) % 17)[team][:, None]
    return Problem(
        need=need,
        skills=np.array([sum(1 << s for s in g) for g in groups]),
        forms=FORMS,
        rulebooks=(FrozenDays(),),
        group=group,
        form=form,
        rules=np.zeros(people, np.int64),
        midnight=midnight,
        free=free,
        least=least,
        most=most,
        day_price=wish_off,
        start_price=_start_prices(form, early_or_late),
        huddle=huddle,
        before=tuple((6, 0, int(w)) for w in weekend),
    )


def _sites(people, sites):
    share = np.array([s[1] for s in SITES[:sites]])
    share /= share.sum()
    site = np.repeat(np.arange(sites), np.round(share * people).astype(int) + 1)[:people]
    return np.sort(np.resize(site, people))


def _teams(site, sites):
    team, number = np.zeros(site.size, int), 0
    for s in range(sites):
        there = np.where(site == s)[0]
        for part in np.array_split(there, max(1, round(len(there) / 13))):
            team[part] = number
            number += 1
    return team, number


def _free(chance, people, weeks, form):
    free = np.ones((people, 7 * weeks), bool)
    for person in range(people):
        for week in range(weeks):
            drawn = chance.random()
            if drawn < 0.05:
                free[person, week * 7 : week * 7 + 7] = False
            elif drawn < 0.12:
                free[person, week * 7 + chance.integers(0, 7)] = False
    away = (~free).reshape(people, weeks, 7).sum(axis=2)
    low, high = np.array(DAYS_A_WEEK).T
    full = (low == 5)[form][:, None]
    least = np.where(full, np.maximum(0, low[form][:, None] - away), low[form][:, None])
    most = np.where(full, np.maximum(0, high[form][:, None] - away), high[form][:, None])
    least[away == 7] = most[away == 7] = 0
    return free, least, most


def _capacity(form, least, most):
    total = 0.0
    for person, kind in enumerate(form.tolist()):
        shape = FORMS[kind]
        extras = {x.kind: x.a_week for x in shape.extras}
        inside = shape.length - sum(a.slots for a in shape.breaks) - 0.85
        for low, high in zip(least[person], most[person], strict=True):
            days = (low + high) / 2
            away = min(extras.get("focus", 0), days) * 4 + min(extras.get("coaching", 0), days) * 2
            total += days * inside - away
    return total


def _need(chance, groups, group, sizes, capacity):
    skills, weeks, large = sizes
    days, share = 7 * weeks, np.zeros(skills)
    for number, own in enumerate(groups):
        for skill in own:
            share[skill] += np.bincount(group, minlength=len(groups))[number] / len(own)
    share /= share.sum()
    shapes = np.stack([profile(days, chance, evening=s >= 4) for s in range(skills)])
    handling = np.array(HANDLING_S[:skills])
    rates = shapes * (share / 900 / handling * 900)[:, None, None]
    low, high = 0.0, capacity / 0.97 * 2 / days / 0.6
    for _ in range(24):
        middle = (low + high) / 2
        if needed(rates * middle, days).sum() > capacity:
            high = middle
        else:
            low = middle
    made = needed(rates * low, days)
    for skill in range(skills):
        back = 8 if large and skill == 2 else 4
        made[skill] = np.roll(made[skill].ravel(), -back).reshape(days, DAY)
    return made.reshape(skills, days * DAY)


def _start_prices(form, wish):
    prices = np.zeros((form.size, 24), np.float32)
    for person in range(form.size):
        count = FORMS[form[person]].count
        late = np.arange(count) / (count - 1)
        prices[person, :count] = (2.0 * late, np.zeros(count), 2.0 * (1 - late))[wish[person]]
    return prices
