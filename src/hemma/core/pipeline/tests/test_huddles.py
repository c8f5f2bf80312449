"""When Tina's team meets: with as many there as can be, whoever cannot be there named with why, and not at
all on a day on which no time brings two of them together."""

from dataclasses import replace

import numpy as np
import pytest

from hemma.core.pipeline.company import HuddleTimes
from hemma.core.pipeline.plan_checking import judge
from hemma.core.pipeline.plan_huddles import NotThere
from hemma.core.pipeline.tests.firm import DAY, FORM, firm, with_problem
from hemma.core.pipeline.tests.test_plan import planned
from hemma.core.roster import price

EARLY = replace(FORM, first=24, count=1, extras=())  # from six to half past two
LATE = replace(FORM, first=44, count=1, extras=())  # from eleven to half past seven
AMANDA, BENGT, TINA = 0, 1, 2


def one_team(people, times, forms=(EARLY, LATE), which=None, weeks=1, need=None):
    """A team of one site; nobody is needed unless it is said."""
    company = firm(people, weeks=weeks)
    sweden = (company.sites[0],)
    form = np.zeros(people, np.int64) if which is None else np.array(which)
    days = 7 * weeks
    late = np.zeros((len(forms), 24), bool)
    problem = company.problem
    midnight = problem.midnight
    return replace(
        with_problem(
            company, forms=forms, form=form, rules=np.zeros(people, np.int64), watches=(),
            rulebooks=problem.rulebooks[:1], huddle=midnight + times.first,
            before=(problem.rulebooks[0].starts()[0],) * people, day_price=np.zeros((people, days), np.float32),
            need=np.zeros_like(problem.need) if need is None else need,
        ),
        sites=sweden, site=np.zeros(people, np.int64), team=np.zeros(people, np.int64),
        limits=company.limits[:1], late=late, huddles=times, fair=0.0,
    )  # fmt: skip


def clock(plan, team=0):
    """The slots after midnight at which the team meets, by day."""
    return {one.day: one.at % DAY for one in plan.huddles if one.team == team and one.at >= 0}


def there_at(problem, roster, person, slot):
    """Whether somebody is at work then, counted shift by shift."""
    for day in np.flatnonzero(roster.start[person] >= 0).tolist():
        form = problem.forms[problem.form[person]]
        begins = problem.midnight[person, day] + form.first + form.step * roster.start[person, day]
        if begins <= slot < begins + form.length:
            return True
    return False


def test_early_and_late_people_meet_while_both_are_there():
    """From nine to four it may be; all are at work from eleven to half past two alone."""
    company = one_team(6, HuddleTimes(36, 1, 29), which=[0, 0, 0, 1, 1, 1])
    plan = planned(company, 4)[1]
    assert {44 <= at < 58 for at in clock(plan).values()} == {True}
    for one in plan.huddles:
        assert not {why for _, why in one.not_there} - {NotThere.FREE, NotThere.ALONE}


def test_a_team_does_not_meet_where_nobody_of_it_is_at_work():
    """The hours begin at six in the morning; everybody comes at eleven."""
    company = one_team(4, HuddleTimes(24, 2, 16), which=[1] * 4)
    plan = planned(company, 4)[1]
    assert clock(plan)
    assert all(at >= 44 for at in clock(plan).values())
    for one in plan.huddles:
        present = [p for p in range(4) if there_at(plan.problem, plan.roster, p, one.at)]
        assert one.at < 0 or (tuple(present) == one.there and len(present) >= 2)


def test_where_everybody_is_missed_by_customers_the_team_still_meets_when_it_is_there():
    """It opens at eleven and is short all day: before that nobody is missed, for nobody is there."""
    need = np.zeros_like(firm(4).problem.need)
    for day in range(7):
        need[:, day * DAY + 44 : day * DAY + 78] = 3
    company = one_team(4, HuddleTimes(24, 2, 16), which=[1] * 4, need=need)
    plan = planned(company, 4)[1]
    worked = (plan.roster.start >= 0).sum(axis=0)
    for one in plan.huddles:
        assert (one.at >= 0) == (worked[one.day] >= 2)
        assert len(one.there) == (worked[one.day] if worked[one.day] >= 2 else 0)


def test_when_no_time_brings_two_together_the_team_does_not_meet_and_each_is_told_why():
    """They may meet from three to four; Amanda has gone home and Bengt alone is there."""
    company = one_team(2, HuddleTimes(60, 1, 4), which=[0, 1])
    plan = planned(company, 4)[1]
    assert clock(plan) == {}
    assert {one.there for one in plan.huddles} == {()}
    both = [
        dict(one.not_there) for one in plan.huddles if (plan.roster.start[:, one.day] >= 0).all()
    ]
    assert both
    assert all(set(why.values()) == {NotThere.ALONE} for why in both)
    assert (plan.problem.huddle == -1).all()  # nobody is taken from customers to meet nobody


def test_who_cannot_be_there_is_named_with_why():
    """Three come early, one late and one is away on Monday; they may meet at nine alone."""
    company = one_team(5, HuddleTimes(36, 1, 1), which=[0, 0, 0, 1, 0])
    free = company.problem.free.copy()
    free[4, 0] = False
    least = np.minimum(company.problem.least, free.reshape(5, 1, 7).sum(axis=2))
    plan = planned(with_problem(company, free=free, least=least), 2)[1]
    monday = [one for one in plan.huddles if one.day == 0]
    roster = plan.roster
    for one in plan.huddles:
        for person, why in one.not_there:
            if why is NotThere.STARTS_LATER:
                assert (person, roster.start[person, one.day] >= 0) == (3, True)
            elif why is NotThere.ABSENT:
                assert (person, one.day) == (4, 0)
            elif why is not NotThere.ALONE:
                assert why is NotThere.FREE
                assert roster.start[person, one.day] < 0
        assert len(one.there) + len(one.not_there) == 5
    assert not monday or (4, NotThere.ABSENT) in monday[0].not_there


def test_those_who_may_choose_begin_in_time_for_the_team():
    """Tina could begin at nine or at ten, and half past nine is when the others can meet."""
    either = replace(FORM, first=36, step=4, count=2, extras=())
    forms = (replace(FORM, first=12, count=1, length=28, paid=26, extras=()), either)
    company = one_team(3, HuddleTimes(38, 1, 1), forms=forms, which=[0, 0, 1])
    with_price = planned(company, 4)[1]
    why = {why for one in with_price.huddles for p, why in one.not_there if p == TINA}
    assert why <= {NotThere.FREE, NotThere.ALONE}
    met = [one.day for one in with_price.huddles if TINA in one.there]
    assert len(met) >= 3
    assert {int(with_price.roster.start[TINA, day]) for day in met} == {0}


def test_what_missing_a_huddle_costs_is_in_the_price_once_and_told_apart():
    company = one_team(5, HuddleTimes(36, 1, 1, missed=2.5), which=[0, 0, 0, 1, 0])
    planner, plan = planned(company, 4)
    absent = sum(
        why in (NotThere.STARTS_LATER, NotThere.HAS_ENDED)
        for one in plan.huddles if one.at >= 0 for _, why in one.not_there
    )  # fmt: skip
    assert absent > 0
    assert plan.missed == pytest.approx(2.5 * absent)
    counted = price(plan.problem, plan.roster)
    assert counted.total == pytest.approx(plan.cost.total, rel=1e-5)
    assert judge(planner.company, plan.problem, plan.roster, plan.places).roster == ()
    without = price(replace(plan.problem, start_price=company.problem.start_price), plan.roster)
    assert counted.total - without.total == pytest.approx(plan.missed, rel=1e-4)


def test_a_bound_holds_with_teams_that_meet():
    planner, plan = planned(firm(12, weeks=2), 6)
    bound = planner.bound()
    for _ in range(40):
        bound.tighten()
    assert bound.best <= plan.cost.total
    assert bound.best > 0.5 * plan.cost.total


def test_who_stops_at_once_has_teams_that_meet_too():
    """No step was taken: the hours of the teams are still chosen."""
    company = one_team(4, HuddleTimes(24, 2, 16), which=[1] * 4)
    planner, plan = planned(company, 0)
    assert planner.settled
    assert all(at >= 44 for at in clock(plan).values())
