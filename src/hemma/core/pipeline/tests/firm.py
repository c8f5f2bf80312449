"""A small firm of two sites in Sweden and Spain, a week of it, with everything that a plan minds."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from hemma.core.grid import TimeGrid
from hemma.core.pipeline.company import Company, Homes, HuddleTimes, SiteFacts
from hemma.core.pipeline.plan_law import book_of, limits_of
from hemma.core.place import Prices as PlacePrices
from hemma.core.roster import Activity, Before, DayForm, Extra, Problem, Watch
from hemma.core.rules import builtin

FIRST = date(2026, 11, 2)
STOCKHOLM, MADRID = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Madrid")
DAY = 96
FORM = DayForm(
    34, 28, 4, 6, 32,
    (Activity("paus", 1, 3, 10), Activity("rast", 2, 12, 19), Activity("paus", 1, 22, 30)),
    (Extra("focus", 4, 1),),
)  # fmt: skip


def firm(people: int = 8, weeks: int = 1, seed: int = 0, pack: str = "es") -> Company:
    """Half of them in Sweden, half in the country of `pack`; everybody full time."""
    chance = np.random.default_rng(seed)
    grid, packs, days = TimeGrid(STOCKHOLM, FIRST, 7 * weeks), builtin(), 7 * weeks
    sites = (
        SiteFacts("Malmö", STOCKHOLM, "se", np.full(days, people)),
        SiteFacts("Madrid", MADRID, pack, np.full(days, max(1, people // 4))),
    )
    limits = tuple(limits_of(packs, s.pack, FIRST, 15, 5, weekends=False) for s in sites)
    site = (np.arange(people) >= people // 2).astype(np.int64)
    need = np.zeros((2, days * DAY), np.int64)
    for day in range(days):
        need[:, day * DAY + 30 : day * DAY + 76] = people // 3 if day % 7 < 5 else people // 8
    leads = np.arange(people) % 4 == 0
    late = np.zeros((1, 24), bool)
    late[0, 4:] = True
    return Company(
        Problem(
            need, np.array([1, 2, 3]), (FORM,), tuple(book_of(one) for one in limits),
            chance.integers(0, 3, people), np.zeros(people, np.int64), site,
            np.tile(np.arange(days) * DAY, (people, 1)), np.ones((people, days), bool),
            np.full((people, weeks), 5), np.full((people, weeks), 5),
            (chance.random((people, days)) < 0.1).astype(np.float32) * 4,
            np.zeros((people, days, 24), np.float32), np.full((people, days), -1),
            tuple(book_of(limits[s]).starts()[0] for s in site),
            watches=(Watch(leads, ~leads & False, need.sum(axis=0) > 0, 2.0),),
        ),
        grid, packs, sites, site, np.arange(people) // 4, homes(people, days), limits,
        (Before(),) * people, late, np.zeros((people, 2)), 1.0, None, 0.0, HuddleTimes(36, 1, 6),
    )  # fmt: skip


def homes(people: int, days: int) -> Homes:
    """Everybody but the first of each four may be at home one to three days a week."""
    may = np.repeat((np.arange(people) % 4 != 0)[:, None], days, axis=1)
    most = np.where(may[:, 0], 3, 0)
    least = np.where(may[:, 0], 1, 0)
    return Homes(
        may, np.zeros_like(may), np.zeros(may.shape), least, most, (least + most) / 2,
        np.arange(people) == 1, np.zeros(people), PlacePrices(),
    )  # fmt: skip


def with_problem(company: Company, **other: object) -> Company:
    """The same with other parts of the problem."""
    return replace(company, problem=replace(company.problem, **other))
