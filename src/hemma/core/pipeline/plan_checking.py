"""Judges any plan for a company: the roster, the law, the places, and what had to be kept. Shares no
code with any search; each site is put together here once more, person by person, for its checker."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from hemma.core.pipeline.company import Company, PlacePlan
from hemma.core.pipeline.plan_law import Broken, broken
from hemma.core.place.checking import Fault as PlaceFault
from hemma.core.place.checking import faults as faults_of_places
from hemma.core.place.checking import price as price_of_places
from hemma.core.place.facts import Places, Site
from hemma.core.roster import Cost, Fault, Problem, Roster, faults, price


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong, and what the plan costs, counted anew: `price` the roster's, `places` theirs."""

    roster: tuple[Fault, ...]
    law: tuple[Broken, ...]
    placed: tuple[tuple[str, PlaceFault], ...]
    price: Cost
    places: float


def judge(company: Company, problem: Problem, roster: Roster, places: PlacePlan) -> Judged:
    """`problem` is what was planned in the end (`Plan.problem`); the company's own has the limits."""
    return Judged(
        tuple(faults(problem, roster, company.limits, company.before)),
        tuple(broken(company, roster, places.office)),
        tuple(place_faults(company, roster, places)),
        price(problem, roster),
        place_price(company, roster, places),
    )


def place_faults(
    company: Company, roster: Roster, plan: PlacePlan
) -> Iterator[tuple[str, PlaceFault]]:
    """What is wrong with the places, by site; a fault's person counts in the whole company."""
    for name, people, site, chosen in _sites(company, roster, plan):
        for fault in faults_of_places(site, chosen):
            person = people[fault.person] if fault.person >= 0 else -1
            yield name, replace(fault, person=person)


def place_price(company: Company, roster: Roster, plan: PlacePlan) -> float:
    """What the places cost, counted anew."""
    return sum(
        price_of_places(site, chosen).total for _, _, site, chosen in _sites(company, roster, plan)
    )


def _sites(
    company: Company, roster: Roster, plan: PlacePlan
) -> Iterator[tuple[str, list[int], Site, Places]]:
    """Each site with anybody: its name, its people, and what its checker is to look at."""
    pairs = sorted(
        {(int(t), int(s)) for t, s in zip(company.team, company.site, strict=True) if t >= 0}
    )
    for number, facts in enumerate(company.sites):
        people = [p for p, at in enumerate(company.site.tolist()) if at == number]
        if people:
            meeting = [n for n, (_, at) in enumerate(pairs) if at == number]
            teams = [pairs[n][0] for n in meeting]
            site = _site(company, roster, people, teams, facts.seats)
            office = np.array([plan.office[person] for person in people], bool)
            together = np.array([plan.meets[n] for n in meeting], np.int64)
            weeks = company.problem.days // 7
            yield facts.name, people, site, Places(office, together.reshape(len(meeting), weeks))


def _site(
    company: Company, roster: Roster, people: list[int], teams: list[int], seats: np.ndarray
) -> Site:
    homes, days, weeks = company.homes, company.problem.days, company.problem.days // 7
    works, least = np.zeros((len(people), days), bool), np.zeros((len(people), weeks), np.int64)
    most, wanted = least.copy(), np.zeros((len(people), weeks))
    fixed, may = works.copy(), works.copy()
    team = np.full(len(people), -1)
    for n, person in enumerate(people):
        for day in range(days):
            works[n, day] = roster.start[person, day] >= 0
            may[n, day] = homes.may_home[person, day]
            fixed[n, day] = homes.may_home[person, day] and homes.fixed_home[person, day]
        for week in range(weeks):
            worked = sum(bool(x) for x in works[n, week * 7 : week * 7 + 7])
            least[n, week] = min(int(homes.least_home[person]), worked)
            most[n, week] = homes.most_home[person]
            wanted[n, week] = homes.wanted_home[person]
        if company.team[person] >= 0:
            team[n] = teams.index(int(company.team[person]))
    return Site(
        works, may, fixed, np.array([homes.office_price[p] for p in people]), least, most, wanted,
        team, np.array([homes.own_seat[p] for p in people], bool),
        np.array([homes.lacking[p] for p in people], float), seats, homes.prices,
    )  # fmt: skip
