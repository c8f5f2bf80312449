"""Petra reads who is more than one away from the fair share of late shifts and weekends, and which wish
or rule it is for."""

from dataclasses import replace

import numpy as np

from hemma.core.pipeline.plan import Planner
from hemma.core.pipeline.plan_fair import Binding, Binds, uneven, wished
from hemma.core.pipeline.tests.firm import DAY, firm, with_problem
from hemma.core.roster import FORBIDDEN

WEEKENDS = (5, 6, 12, 13)
AMANDA = 0


def sharing(fair=20.0, **other):
    """Four who can do the same, two of them wanted on each day of two weekends."""
    made = firm(4, 2)
    need = np.zeros_like(made.problem.need)
    for day in range(14):
        need[0, day * DAY + 32 : day * DAY + 66] = 2
    plain = {
        "need": need, "group": np.zeros(4, np.int64), "watches": (),
        "day_price": np.zeros((4, 14), np.float32),
    }  # fmt: skip
    return replace(with_problem(made, **(plain | other)), fair=fair, huddles=None)


def planned(company, steps=30):
    planner = Planner(company)
    planner.first()
    for n in range(steps):
        planner.step(n / steps)
    return planner


def of_amanda(company):
    """What is told of Amanda's weekends; nothing is left behind by asking."""
    planner = planned(company)
    plan = planner.finish(1)
    start, paid = planner.search.roster().start, planner.search.cost().total
    again = uneven(planner.company, planner.search)
    assert (planner.search.roster().start == start).all()
    assert planner.search.cost().total == paid
    assert [(u.person, u.kind, u.because) for u in again] == [
        (u.person, u.kind, u.because) for u in plan.uneven
    ]
    found = [u for u in plan.uneven if u.person == AMANDA and u.kind == "weekend"]
    assert len(found) == 1
    return found[0]


def test_weekends_are_within_one_of_the_fair_share_where_nothing_stands_against_it():
    assert planned(sharing()).finish(1).uneven == ()


def test_the_wish_that_keeps_amanda_from_her_share_is_named_with_its_day_and_worth():
    wishes = np.zeros((4, 14), np.float32)
    wishes[AMANDA, list(WEEKENDS)] = 900.0
    told = of_amanda(sharing(day_price=wishes))
    assert told.had < told.fair - 1
    assert told.because is Binds.WISH
    assert len(told.wishes) == 1
    assert told.wishes[0].kind == "off"
    assert told.wishes[0].day in WEEKENDS
    assert told.wish_price == 900.0


def test_a_wish_for_hours_on_most_days_is_one_wish_and_one_on_a_few_has_their_days():
    starts = np.zeros((4, 14, 24), np.float32)
    starts[AMANDA, :, 4:6] = 9.0
    starts[1, 3, :2] = 5.0
    days = np.zeros((4, 14), np.float32)
    days[1, 6] = 4.0
    planner = Planner(sharing(start_price=starts, day_price=days))
    planner.first()
    assert wished(planner.company, planner.search, AMANDA) == ([], [Binding("early", -1)])
    of_bengt = [Binding("off", 6)], [Binding("late", 3)]
    assert wished(planner.company, planner.search, 1) == of_bengt


def test_where_the_rules_leave_no_weekend_the_rules_are_told():
    starts = np.zeros((4, 14, 24), np.float32)
    starts[AMANDA, list(WEEKENDS)] = FORBIDDEN
    told = of_amanda(sharing(start_price=starts))
    assert (told.because, told.costs) == (Binds.RULES, None)


def test_where_the_need_is_dearer_than_what_is_unfair_a_step_nearer_has_its_price():
    told = planned(sharing(fair=0.01)).finish(1).uneven
    assert told
    assert {u.because for u in told} == {Binds.NEED}
    assert any(u.costs is not None for u in told)
    assert all(u.costs is None or u.costs > 0 for u in told)
