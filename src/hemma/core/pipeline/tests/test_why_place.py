"""Why Amanda is at home or in the office against her wish, in a plan for a whole company."""

from dataclasses import replace

import numpy as np
import pytest

from hemma.core.pipeline.plan_checking import place_price
from hemma.core.pipeline.plan_explaining import Answer
from hemma.core.pipeline.plan_why_place import WhyPlaces
from hemma.core.pipeline.tests.firm import firm
from hemma.core.pipeline.tests.test_plan import planned
from hemma.core.place import Holds


@pytest.fixture(scope="module")
def made():
    """A plan of twelve, and those who can tell why; Madrid has one seat for everybody but one."""
    company = firm(12, weeks=2)
    spain = replace(company.sites[1], seats=np.ones(14, np.int64))
    company = replace(company, sites=(company.sites[0], spain))
    plan = planned(company, 2)[1]
    return company, plan, WhyPlaces(company, plan.roster, plan.places)


def test_a_wish_that_is_granted_or_for_a_free_day_has_nothing_to_tell(made):
    _, plan, why = made
    free = int(np.flatnonzero(plan.roster.start[3] < 0)[0])
    assert why.wish(3, free, "home", 4.0) is None
    day = int(np.flatnonzero(plan.places.office[3])[0])
    assert why.wish(3, day, "office", 4.0) is None


def test_each_code_of_a_company_says_what_the_company_says(made):
    """Every working day of everybody is asked for; what is told is counted again by hand."""
    company, plan, why = made
    works, office, homes = plan.roster.start >= 0, plan.places.office, company.homes
    told = set()
    for person, day in np.argwhere(works).tolist():
        wished = "home" if office[person, day] else "office"
        one = why.wish(person, day, wished, 1.0)
        if not homes.may_home[person, day]:
            assert (one.answer, one.ways[0][0].code) == (Answer.IMPOSSIBLE, Holds.NO_AGREEMENT)
            told.add(Holds.NO_AGREEMENT)
            continue
        week = slice(day - day % 7, day - day % 7 + 7)
        mine, at = company.site == company.site[person], company.site[person]
        for held in {held for way in one.ways for held in way}:
            told.add(held.code)
            if held.code is Holds.SEATS:
                kept = np.flatnonzero(mine & homes.own_seat & works[:, held.day])
                assert held.who == tuple(kept.tolist())
                assert held.is_ == (office[:, held.day] & mine & ~homes.own_seat).sum()
                assert held.of == max(0, company.sites[at].seats[held.day] - kept.size)
                assert held.is_ >= held.of
            if held.code in (Holds.MOST_HOME, Holds.LEAST_HOME):
                assert held.is_ == (works[person, week] & ~office[person, week]).sum()
            if held.code is Holds.TEAM_DAY:
                crew = (company.team == company.team[person]) & mine
                assert held.is_ == (office[:, held.day] & crew).sum()
    assert told >= {Holds.NO_AGREEMENT, Holds.SEATS, Holds.TEAM_DAY}


def test_what_the_other_place_costs_is_the_price_of_a_plan_with_it(made):
    """The last week of one who has no seat to share, changed by hand alone, is no cheaper."""
    company, plan, why = made
    for person, day in np.argwhere(plan.roster.start >= 0).tolist():
        if day < 7 or not company.homes.may_home[person, day]:
            continue
        one = why.wish(person, day, "home" if plan.places.office[person, day] else "office", 0.0)
        office = plan.places.office.copy()
        office[person, day] = ~office[person, day]
        other = replace(plan.places, office=office)
        by_hand = place_price(company, plan.roster, other) - plan.places.price
        assert one.more <= by_hand + 1e-6


def test_weeks_with_fewer_home_days_than_wanted_say_what_holds():
    company = firm(12)
    homes = replace(company.homes, wanted_home=np.full(12, 3.0), most_home=np.full(12, 1))
    company = replace(company, homes=homes)
    plan = planned(company, 1)[1]
    (week,) = WhyPlaces(company, plan.roster, plan.places).weeks(2)
    assert week.wished == "more_home_days"
    assert plan.places.office[2, week.day]
    assert (Holds.MOST_HOME,) in [tuple(held.code for held in way) for way in week.ways]
    assert week.answer is Answer.DEARER
