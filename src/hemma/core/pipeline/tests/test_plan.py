"""Petra's plan for a whole company: lawful in each country, with places, and able to say why."""

from dataclasses import replace

import numpy as np
import pytest

from hemma.core.pipeline.plan import Planner
from hemma.core.pipeline.plan_checking import judge
from hemma.core.pipeline.plan_explaining import (
    Answer,
    why_not,
    why_not_at,
    why_short,
    why_this_tour,
)
from hemma.core.pipeline.plan_huddles import move_huddles
from hemma.core.pipeline.plan_law import broken, forbidden_starts, lawful_form, limits_of
from hemma.core.pipeline.plan_today import Helps, Today
from hemma.core.pipeline.tests.firm import DAY, FIRST, FORM, firm, with_problem
from hemma.core.roster import Activity, DayForm, faults, price
from hemma.core.rules import Severity, builtin


def planned(company, steps=6, seed=1):
    """A planner after some steps, and its plan."""
    planner = Planner(company, seed)
    planner.first()
    for step in range(steps):
        planner.step(step / steps)
    return planner, planner.finish(5)


@pytest.fixture(scope="module")
def made():
    """A plan that nobody changes."""
    return planned(firm(12, weeks=2))


def test_a_plan_keeps_every_rule_of_each_country_and_costs_what_is_counted(made):
    planner, plan = made
    judged = judge(planner.company, plan.problem, plan.roster, plan.places)
    assert judged.roster == ()
    assert [b for b in judged.law if b.flag.severity is Severity.STOPS] == []
    assert judged.price.total == pytest.approx(plan.cost.total, rel=1e-5)
    assert judged.places == pytest.approx(plan.places.price, abs=1e-6)
    assert plan.places.bound <= plan.places.price + 1e-6


def test_joining_places_with_the_roster_never_makes_both_together_dearer():
    company = firm(12)
    apart = Planner(company)
    apart.first()
    alone = apart.finish(5, joined=False)
    joined = Planner(company)
    joined.first()
    both = joined.finish(5)
    assert both.total <= alone.total + 1e-3
    assert both.first_places == pytest.approx(alone.places.price)


def test_the_same_company_and_seed_get_the_same_plan():
    one, two = planned(firm(8), 3)[1], planned(firm(8), 3)[1]
    assert (one.roster.start == two.roster.start).all()
    assert (one.roster.at == two.roster.at).all()
    assert (one.places.office == two.places.office).all()


def test_spain_asks_for_twelve_hours_between_shifts_and_sweden_for_eleven():
    packs = builtin()
    assert limits_of(packs, "es", FIRST, 15, 5, weekends=False).rest == 48
    assert limits_of(packs, "se", FIRST, 15, 5, weekends=False).rest == 44
    assert limits_of(packs, "no", FIRST, 15, 0, weekends=False).weekly_rest == 140


def test_starts_that_the_law_does_not_let_begin_are_forbidden_and_breaks_come_in_time():
    packs = builtin()
    night = DayForm(34, 72, 8, 3, 32, (Activity("rast", 2, 12, 18),))  # from 18, 20 and 22
    banned = forbidden_starts(night, packs, "se", FIRST, 15)
    assert banned[:3].tolist() == [True, True, True]  # past midnight is the night's core
    early = DayForm(34, 28, 4, 3, 32, (Activity("rast", 2, 8, 30),))
    rast = lawful_form(early, packs, "se", FIRST, 15).breaks[0]
    assert (rast.earliest, rast.latest) == (12, 20)  # five hours on each side at most
    assert not forbidden_starts(FORM, packs, "no", FIRST, 15)[:6].any()


def test_what_the_law_still_stops_is_told_by_person_and_rule():
    """Ordinary hours over the week's limit cannot be mended by other starts."""
    company = firm(4, pack="no")
    long = replace(FORM, length=38, paid=36)
    company = with_problem(company, forms=(long,))
    plan = planned(company, 1)[1]
    told = {(b.flag.rule, company.site[b.person]) for b in plan.law}
    assert ("hours_in_a_week", 1) in told
    assert ("hours_in_a_week", 0) not in told  # Sweden counts four weeks together
    again = broken(company, plan.roster, plan.places.office)
    assert told == {(b.flag.rule, company.site[b.person]) for b in again}
    assert plan.left_out == ()


def test_rules_that_cannot_be_kept_together_are_named_and_the_rest_is_planned():
    company = firm(4)
    least = company.problem.least.copy()
    least[2, 0] = 7
    plan = planned(with_problem(company, least=least, most=np.maximum(least, 5)), 1)[1]
    (conflict,) = plan.conflicts
    assert (conflict.person, conflict.days) == (2, 7)
    assert "contract_days" in conflict.rules
    assert len(conflict.rules) == 2
    assert ((plan.roster.start >= 0).sum(axis=1) >= 5).all()
    assert plan.left_out == ()


def test_a_team_that_tries_another_hour_and_stays_leaves_the_count_of_people_as_it_was():
    """Moves that do not pay are taken back: what the search counts is what the checker counts."""
    planner = Planner(firm(12, weeks=2))
    planner.first()
    for _ in range(4):
        move_huddles(planner.company, planner.search)
        search = planner.search
        counted = price(search.problem, search.roster())
        assert search.cost().under == counted.under
        assert search.cost().total == pytest.approx(counted.total, rel=1e-5)


def test_an_existing_plan_changes_little():
    company = firm(8)
    old = planned(company, 4)[1].roster.start.astype(np.int64)
    need = company.problem.need.copy()
    need[:, 2 * DAY : 3 * DAY] += 1
    other = with_problem(company, need=need)
    calm = planned(replace(other, existing=old, keep=30.0), 4)[1]
    free = planned(replace(other, existing=old, keep=0.0), 4)[1]
    assert calm.changed < free.changed


def test_why_it_is_short_is_told_by_where_people_are(made):
    planner, _plan = made
    slot = int(np.argmin(planner.search.spare()))
    told = why_short(planner.search, slot)
    problem = planner.search.problem
    able = int(((problem.skills[problem.group] & told.skills) != 0).sum())
    assert told.there + sum(n for _, n in told.elsewhere) == able
    assert told.needed - told.there == -planner.search.spare()[slot]
    if told.person >= 0:  # who could come is not at work then
        day = slot // DAY
        start = int(planner.search.tour(told.person)[0][day])
        begins = day * DAY + FORM.first + FORM.step * start
        assert start < 0 or not begins <= slot < begins + FORM.length
    before = planner.search.cost().total
    why_short(planner.search, slot)
    assert planner.search.cost().total == pytest.approx(before)


def test_why_not_a_wish_tells_what_it_would_cost_and_leaves_the_plan_alone(made):
    planner, plan = made
    before = planner.search.roster()
    day = int(np.flatnonzero(plan.roster.start[3] >= 0)[0])
    told = why_not(planner.search, 3, day)
    assert told.answer in (Answer.DEARER, Answer.CHEAPER_LATER)
    assert told.instead.tour[day] < 0
    free = int(np.flatnonzero(plan.roster.start[3] < 0)[0])
    assert why_not(planner.search, 3, free).answer is Answer.GRANTED
    tour = why_this_tour(planner.search, 3)
    assert [d for d, _ in tour] == np.flatnonzero(plan.roster.start[3] >= 0).tolist()
    assert (planner.search.roster().start == before.start).all()


def test_a_wish_that_cannot_be_is_told_with_the_rules():
    company = firm(4)
    free = company.problem.free.copy()
    free[1, 5:] = False
    planner, plan = planned(with_problem(company, free=free), 1)
    day = int(np.flatnonzero(plan.roster.start[1] >= 0)[0])
    told = why_not(planner.search, 1, day)
    assert told.answer is Answer.IMPOSSIBLE
    assert set(told.rules) == {"contract_days", "absence"}


def test_within_the_day_begun_breaks_stay_and_no_hours_change(made):
    planner, plan = made
    now = DAY + 50
    today = Today(planner.company, plan.roster, now)
    everybody = np.arange(12)
    before = today.search.roster()
    gone = np.flatnonzero(before.start[:, 1] >= 0)[:2]
    today.away(gone)
    short = today.missing()
    assert today.replace_breaks(everybody) > 0
    after = today.search.roster()
    assert today.missing() <= short
    stay = np.setdiff1d(everybody, gone)
    assert (after.start[stay] == before.start[stay]).all()
    begins = DAY + FORM.first + FORM.step * before.start[:, 1]
    for person in stay[before.start[stay, 1] >= 0].tolist():
        for at, was in zip(after.at[person, 1, :3], before.at[person, 1, :3], strict=True):
            assert at == was or begins[person] + at >= now


def test_volunteers_are_asked_by_what_they_would_give_and_only_within_the_law(made):
    planner, plan = made
    now = DAY + 44
    today = Today(planner.company, plan.roster, now)
    working = np.flatnonzero(today.search.roster().start[:, 1] >= 0)
    today.away(working[:4])
    offers = today.volunteers(now, DAY + 76)
    assert offers
    assert all(offer.gives > 0 for offer in offers)
    worth = [offer.costs - offer.gives for offer in offers]
    assert worth == sorted(worth)
    assert not {offer.person for offer in offers} & set(working[:4].tolist())
    assert {offer.helps for offer in offers} <= set(Helps)
    before = today.search.roster().start.copy()
    today.replan(np.arange(12))
    after = today.search.roster().start
    assert (after[:, 0] == before[:, 0]).all()
    assert (after[:, 7:] == before[:, 7:]).all()


def test_a_wish_for_other_hours_is_granted_or_told_with_what_it_would_cost(made):
    planner, plan = made
    day = int(np.flatnonzero(plan.roster.start[3] >= 0)[0])
    start, count = int(plan.roster.start[3, day]), FORM.count
    here = (np.arange(count) != start).astype(np.float32)
    assert why_not_at(planner.search, 3, day, "early", here).answer is Answer.GRANTED
    told = why_not_at(planner.search, 3, day, "early", 1 - here)
    assert told.answer in (Answer.DEARER, Answer.CHEAPER_LATER, Answer.IMPOSSIBLE)
    if told.instead is not None:
        assert told.instead.tour[day] not in (start, -1)


def test_a_site_planned_anew_within_the_week_keeps_every_rule_and_what_is_owed_of_focus(made):
    """Focus had before now is had; what is still owed goes into the open days; the week after stays."""
    planner, plan = made
    company = planner.company
    for now in (DAY + 50, 3 * DAY + 40):
        today = Today(company, plan.roster, now)
        need = company.problem.need.copy()
        need[:, 4 * DAY : 5 * DAY] = 0  # nobody on Friday, all on Saturday
        need[:, 5 * DAY + 30 : 5 * DAY + 76] += 6
        today.demand(need)
        assert today.replan(np.arange(12)) > 0
        after = today.whole()
        assert faults(company.problem, after, company.limits, company.before) == []
        behind = slice(0, now // DAY)
        for name in ("start", "extra", "at"):
            old, new = getattr(plan.roster, name), getattr(after, name)
            assert (old[:, behind] == new[:, behind]).all()
            assert (old[:, 7:] == new[:, 7:]).all()


def test_each_way_to_help_is_offered_with_what_it_gives():
    """On Tuesday morning far more are needed until night: focus later, overtime and other days are all
    found, and what moving somebody's focus gives is what the checker counts without it."""
    planner, plan = planned(firm(12, weeks=2))
    company, now = planner.company, DAY + 32
    need = company.problem.need.copy()
    need[:, DAY + 34 : DAY + 90] += 3
    today = Today(company, plan.roster, now)
    today.demand(need)
    offers = today.volunteers(now, DAY + 96, most=200)
    assert {offer.helps for offer in offers} == set(Helps)
    here = replace(company.problem, need=need)
    before = price(here, plan.roster)
    for offer in offers:
        assert now <= offer.since < offer.until <= DAY + 96
        assert 0 < offer.slots <= offer.until - offer.since
        works = plan.roster.start[offer.person, 1] >= 0
        assert works == (offer.helps is not Helps.SWAP)
        if offer.helps is Helps.LATER_FOCUS:
            extra = plan.roster.extra.copy()
            extra[offer.person, 1] = 0
            after = price(here, replace(plan.roster, extra=extra))
            assert before.under - after.under == offer.slots
            gives = before.missing - after.missing - here.prices.over * (after.over - before.over)
            assert offer.gives == pytest.approx(gives, abs=1e-3)
        if offer.helps is Helps.SWAP and offer.instead >= 0:
            assert plan.roster.start[offer.person, offer.instead] >= 0
            assert offer.instead > 1
            assert offer.instead // 7 == 0
        if offer.helps is Helps.OVERTIME:
            form = company.problem.forms[company.problem.form[offer.person]]
            ends = company.begins(plan.roster, offer.person, 1) + form.length
            assert offer.since == ends
            assert offer.costs == pytest.approx(offer.until - offer.since)
