"""Small problems, and their best roster by trying every tour of everybody."""

from itertools import combinations, product

import numpy as np

from hemma.core.roster import Activity, DayForm, Extra, LawfulDays, Problem, Roster, price

DAY = 24
FORM = DayForm(8, 6, 2, 3, 7, (Activity("rast", 1, 3, 5),))
FOCUSED = DayForm(8, 6, 2, 2, 7, (Activity("rast", 1, 3, 4),), (Extra("focus", 2, 1),))
BOOK = LawfulDays(rest=11, weekly_rest=36, in_a_row=5)


def problem(
    people: int,
    *,
    seed: int = 0,
    forms=(FORM,),
    book=BOOK,
    days=(1, 2),
    weeks: int = 1,
    skills: int = 2,
    need: int = 2,
    free_share: float = 1.0,
) -> Problem:
    """`people` with random skills, wishes and needs; hours are slots, so a day has 24."""
    chance = np.random.default_rng(seed)
    length = 7 * weeks
    wanted = np.zeros((skills, length * DAY), np.int64)
    for day in range(length):
        open_ = slice(day * DAY + 6, day * DAY + 18)
        wanted[:, open_] = chance.integers(0, need + 1, (skills, 12))
    midnight = np.arange(length)[None] * DAY + np.zeros((people, 1), np.int64)
    huddle = np.where(chance.random((people, 1)) < 0.5, midnight + 10, -1)
    free = chance.random((people, length)) < free_share
    room = free.reshape(people, weeks, 7).sum(axis=2)
    return Problem(
        need=wanted,
        skills=np.arange(1, 1 << skills),
        forms=forms,
        rulebooks=(book,),
        group=chance.integers(0, (1 << skills) - 1, people),
        form=chance.integers(0, len(forms), people),
        rules=np.zeros(people, np.int64),
        midnight=midnight,
        free=free,
        least=np.minimum(days[0], room),
        most=np.minimum(days[1], room),
        day_price=chance.integers(0, 3, (people, length)).astype(np.float32),
        start_price=chance.integers(0, 2, (people, 24)).astype(np.float32),
        huddle=huddle,
        before=tuple(book.starts()[int(x)] for x in chance.integers(0, 2, people)),
    )


def days_of(made: Problem, person: int):
    """Every way a day may look: start, extra, places of breaks (nothing may overlap)."""
    form = made.forms[made.form[person]]
    ways = [(-1, 0, (-1, -1, -1, -1))]
    for start, extra in product(range(form.count), range(len(form.extras) + 1)):
        rast = form.breaks[0]
        places = range(form.length) if extra else (-1,)
        for at, more in product(range(rast.earliest, rast.latest + 1), places):
            ways.append((start, extra, (at, -1, -1, more)))
    return ways


def working(made: Problem, person: int, ways):
    """Every choice of as many working days as the contract allows, with every look of each."""
    for number in range(int(made.most[person].sum()) + 1):
        for days in combinations(range(made.days), number):
            for chosen in product(ways[1:], repeat=number):
                yield days, chosen


def one_person(made: Problem, person: int, tour) -> Roster:
    """A roster in which only this person works."""
    start = np.full((made.people, made.days), -1, np.int16)
    extra = np.zeros((made.people, made.days), np.int8)
    at = np.full((made.people, made.days, 4), -1, np.int8)
    for day, (begins, kind, places) in enumerate(tour):
        start[person, day], extra[person, day], at[person, day] = begins, kind, places
    return Roster(start, extra, at)


def together(rosters) -> Roster:
    """Everybody's own tours in one roster."""
    start = np.max([r.start for r in rosters], axis=0)
    return Roster(
        start, np.max([r.extra for r in rosters], axis=0), np.max([r.at for r in rosters], axis=0)
    )


def cost(made: Problem, rosters) -> float:
    """What all of it costs."""
    return price(made, together(rosters)).total
