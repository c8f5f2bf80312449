"""The checker alone, on a week of Amanda's written by hand: each thing that can be wrong, brought in one by
one, is named and nothing else is; and each part of the price is worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from hemma.core.roster import (
    FORBIDDEN,
    Activity,
    Before,
    DayForm,
    Extra,
    Fairness,
    FaultKind,
    LawfulDays,
    Limits,
    Problem,
    Roster,
    Watch,
    faults,
    price,
)

DAY = 24  # slots of an hour
FORM = DayForm(
    8, 6, 2, 4, 7, (Activity("paus", 1, 1, 2), Activity("rast", 1, 5, 6)), (Extra("focus", 2, 1),)
)
HELD = Limits(11, 36, 5, every_other_weekend=True, periods=((5, 9),), period_weeks=2)
KEPT = Before(0, worked_weekend=True)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def asked(days=14):
    """One person, two weeks; nobody is needed and nothing else is wished."""
    shape = 1, days
    return Problem(
        np.zeros((1, days * DAY), np.int64), np.ones(1, np.int64), (FORM,), (LawfulDays(11, 36, 5),),
        np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64),
        (np.arange(days) * DAY)[None], np.ones(shape, bool), np.full((1, days // 7), 3),
        np.full((1, days // 7), 5), np.zeros(shape, np.float32), np.zeros((*shape, 24), np.float32),
        np.full(shape, -1), (LawfulDays(11, 36, 5).starts()[0],),
    )  # fmt: skip


def written(days=14, worked=(MON, TUE, WED, THU, 7, 8, 9)):
    """From six to two, a pause, focus on the first day of each week, the meal late."""
    start = np.full((1, days), -1, np.int16)
    extra, at = np.zeros((1, days), np.int8), np.full((1, days, 4), -1, np.int8)
    for day in worked:
        start[0, day] = 0
        at[0, day, :2] = 1, 6
    for day in {week * 7 + MON for week in range(days // 7)} & set(worked):
        extra[0, day], at[0, day, 3] = 1, 3
    return Roster(start, extra, at)


def changed(roster, **cells):
    """A copy with `start`, `extra` or `at` cells of the person put to other values."""
    made = {name: getattr(roster, name).copy() for name in ("start", "extra", "at")}
    for name, values in cells.items():
        for place, value in values.items():
            made[name][(0, *np.atleast_1d(place).tolist())] = value
    return Roster(**made)


def with_cell(problem, name, place, value):
    """The problem with one cell of the person's array put to another value."""
    array = getattr(problem, name).copy()
    array[(0, *np.atleast_1d(place).tolist())] = value
    return replace(problem, **{name: array})


def must(day):
    """Has to work that day."""
    asked_for = np.zeros((1, 14), bool)
    asked_for[0, day] = True
    return replace(asked(), must=asked_for)


def longer_row():
    """Six days running, in a contract that would allow it."""
    return with_cell(asked(), "most", 0, 6), written(worked=(MON, TUE, WED, THU, FRI, SAT, 7, 8, 9))


WRONG = {
    "a day off that is worked": (
        lambda: (with_cell(asked(), "free", TUE, value=False), written(), HELD, KEPT),
        {(FaultKind.NOT_FREE_TO_WORK, TUE, 1, 0)},
    ),
    "a day fewer than the contract's": (
        lambda: (asked(), written(worked=(MON, TUE, 7, 8, 9)), HELD, KEPT),
        {(FaultKind.DAYS_IN_WEEK, MON, 2, 5)},
    ),
    "a day more than the contract's": (
        lambda: (with_cell(asked(), "most", 0, 3), written(), HELD, KEPT),
        {(FaultKind.DAYS_IN_WEEK, MON, 4, 3)},
    ),
    "a start that the form has not": (
        lambda: (asked(), changed(written(), start={THU: 4}), HELD, KEPT),
        {(FaultKind.START, THU, 4, 4)},
    ),
    "a pause too early": (
        lambda: (asked(), changed(written(), at={(TUE, 0): 0}), HELD, KEPT),
        {(FaultKind.BREAK, TUE, 0, 2)},
    ),
    "a meal too late": (
        lambda: (asked(), changed(written(), at={(TUE, 1): 7}), HELD, KEPT),
        {(FaultKind.BREAK, TUE, 7, 6)},
    ),
    "focus before the pause": (
        lambda: (asked(), changed(written(), at={(MON, 0): 2, (MON, 3): 0}), HELD, KEPT),
        {(FaultKind.BREAK, MON, 0, 6)},
    ),
    "focus into the meal": (
        lambda: (asked(), changed(written(), at={(MON, 3): 5}), HELD, KEPT),
        {(FaultKind.BREAK, MON, 5, 6), (FaultKind.OVERLAP, MON, 2, 1)},
    ),
    "a pause during the huddle": (
        lambda: (with_cell(asked(), "huddle", TUE, TUE * DAY + 7), written(), HELD, KEPT),
        {(FaultKind.OVERLAP, TUE, 2, 1)},
    ),
    "a fixed day that is free": (
        lambda: (must(FRI), written(), HELD, KEPT),
        {(FaultKind.MUST_WORK, FRI, 0, 1)},
    ),
    "a start that may not be": (
        lambda: (with_cell(asked(), "start_price", (WED, 0), FORBIDDEN), written(), HELD, KEPT),
        {(FaultKind.FORBIDDEN_START, WED, 0, 0)},
    ),
    "focus that is owed and not had": (
        lambda: (asked(), changed(written(), extra={MON: 0}), HELD, KEPT),
        {(FaultKind.EXTRAS_IN_WEEK, MON, 0, 1)},
    ),
    "focus twice": (
        lambda: (asked(), changed(written(), extra={TUE: 1}, at={(TUE, 3): 3}), HELD, KEPT),
        {(FaultKind.EXTRAS_IN_WEEK, MON, 2, 1)},
    ),
    "a short night": (
        lambda: (asked(), changed(written(), start={TUE: 3}), HELD, KEPT),
        {(FaultKind.REST, WED, 10, 11)},
    ),
    "a week without its long rest": (
        lambda: (
            with_cell(asked(), "most", 0, 7), written(worked=(*range(7), 7, 8, 9)),
            replace(HELD, in_a_row=0, every_other_weekend=False, periods=()), KEPT,
        ),
        {(FaultKind.WEEKLY_REST, MON, 16, 36)},
    ),
    "too many days in a row": (
        lambda: (*longer_row(), replace(HELD, every_other_weekend=False), KEPT),
        {(FaultKind.DAYS_IN_A_ROW, SAT, 6, 5)},
    ),
    "too many days in a row with those before": (
        lambda: (asked(), written(), HELD, Before(2)),
        {(FaultKind.DAYS_IN_A_ROW, THU, 6, 5)},
    ),
    "two weekends in a row": (
        lambda: (asked(), written(worked=(MON, TUE, SAT, 7, 8, 9)), HELD, KEPT),
        {(FaultKind.WEEKENDS, SAT, 2, 1)},
    ),
    "too few days on average": (
        lambda: (asked(), written(), replace(HELD, periods=((8, 9),)), KEPT),
        {(FaultKind.AVERAGED, MON, 7, 8)},
    ),
    "too many days on average": (
        lambda: (asked(), written(), replace(HELD, periods=((5, 6),)), KEPT),
        {(FaultKind.AVERAGED, MON, 7, 6)},
    ),
}  # fmt: skip


def told(problem, roster, held, before):
    """What the checker says."""
    found = faults(problem, roster, (held,), (before,))
    return {(f.kind, f.day, f.is_, f.allowed) for f in found}


def test_amandas_two_weeks_have_nothing_wrong():
    assert told(asked(), written(), HELD, KEPT) == set()


@pytest.mark.parametrize("what", WRONG)
def test_one_wrong_thing_is_named_and_nothing_else(what):
    made, expected = WRONG[what]
    assert told(*made()) == expected


def test_each_kind_of_fault_has_been_brought_in():
    assert {kind for _, named in WRONG.values() for kind, *_ in named} == set(FaultKind)


def test_each_part_of_the_price_is_what_a_hand_counts():
    """Seven shifts of seven paid hours. Two are wanted all Monday from six to two."""
    problem, roster = asked(), written()
    need = problem.need.copy()
    need[0, 6:14] = 2
    problem = replace(problem, need=need)
    plain = price(problem, roster)
    # Monday: eight hours less a pause, a meal and two of focus are four, each one short; the other
    # four are two short. All other days' hours are too many: six each, four on the second Monday.
    assert (plain.under, plain.over, plain.pay) == (4 * 1 + 4 * 2, 5 * 6 + 4, 7 * 7.0)
    wished = with_cell(with_cell(problem, "day_price", TUE, 4.0), "start_price", (WED, 0), 2.5)
    assert price(wished, roster).wishes == 6.5
    steps = np.tile(np.array([1.0, 5.0], np.float32), (need.shape[1], 1))
    assert price(replace(problem, steps=steps), roster).missing == 4 * 1 + 4 * 6
    nobody = Watch(np.zeros(1, bool), np.zeros(1, bool), need[0] > 0, 2.0)
    leads = replace(nobody, gives=np.ones(1, bool))
    fresh = Watch(np.zeros(1, bool), np.ones(1, bool), need[0] < 0, 3.0)
    assert price(replace(problem, watches=(nobody,)), roster).alone == 2.0 * 8
    assert price(replace(problem, watches=(leads,)), roster).alone == 2.0 * 4
    assert price(replace(problem, watches=(fresh,)), roster).alone == 3.0 * (4 * 2 + 6 * 5)
    late = np.zeros((1, 24), bool)
    late[0, 0] = True
    fair = Fairness(late, np.array([[1.0, 2.0]]), np.array([[5.0, 1.0]]), 0.5)
    assert price(replace(problem, fairness=fair), roster).unfair == 0.5 * ((8 - 5) ** 2 + 1)
    total = price(problem, roster)
    assert total.total == total.missing + 0.5 * total.over + total.pay
