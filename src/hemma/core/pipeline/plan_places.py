"""Home and office joined with the roster: sites are placed one by one on what the roster is, and the
roster is asked once more where a seat or a team's day would be cheaper than the shift it has."""

import numpy as np
from numpy.typing import NDArray

from hemma.core.pipeline.company import Company, PlacePlan
from hemma.core.place import Placed, Site, place
from hemma.core.roster import Roster

_ROUNDS = 20


def crews(company: Company) -> NDArray[np.int64]:
    """(people,) who of a team are at one site: they meet there; −1 for nobody's."""
    both = company.team * len(company.sites) + company.site
    found = np.searchsorted(np.unique(both[company.team >= 0]), both)
    return np.asarray(np.where(company.team >= 0, found, -1), np.int64)


def site_of(company: Company, roster: Roster, number: int) -> tuple[NDArray[np.int64], Site]:
    """One site's people, and what is known before their places are chosen."""
    who, homes = np.flatnonzero(company.site == number), company.homes
    weeks = company.problem.days // 7
    works = roster.start[who] >= 0
    crew = crews(company)[who]
    team = np.where(crew >= 0, np.searchsorted(np.unique(crew[crew >= 0]), crew), -1)
    return who, Site(
        works, homes.may_home[who], homes.fixed_home[who] & homes.may_home[who],
        homes.office_price[who], _by_week(homes.least_home[who], works, weeks),
        np.repeat(homes.most_home[who, None], weeks, axis=1),
        np.repeat(homes.wanted_home[who, None], weeks, axis=1), team, homes.own_seat[who],
        homes.lacking[who], company.sites[number].seats, homes.prices,
    )  # fmt: skip


def _by_week(least: NDArray[np.int64], works: NDArray[np.bool_], weeks: int) -> NDArray[np.int64]:
    """No more home days are asked for than days worked."""
    days = works.reshape(works.shape[0], weeks, 7).sum(axis=2)
    return np.minimum(least[:, None], days)


def places(company: Company, roster: Roster, rounds: int = _ROUNDS) -> PlacePlan:
    """Home and office for everybody."""
    office = np.zeros(roster.start.shape, bool)
    crew = crews(company)
    meets = np.full((int(crew.max(initial=-1)) + 1, company.problem.days // 7), -1, np.int64)
    paid = proven = 0.0
    for number in range(len(company.sites)):
        who, site = site_of(company, roster, number)
        if who.size == 0:
            continue
        found: Placed = place(site, rounds)
        office[who] = found.places.office
        own = np.unique(crew[who])
        meets[own[own >= 0]] = found.places.together
        paid += float(found.price.sum())
        proven += float(found.bound.sum())
    return PlacePlan(office, meets, paid, proven)


def hints(company: Company, roster: Roster, plan: PlacePlan) -> NDArray[np.float64]:
    """(people, days) what places add to the price of working a day: less on the day the team meets,
    more where all seats are taken and the person would need one."""
    homes, prices = company.homes, company.homes.prices
    found = np.zeros(roster.start.shape)
    weeks, days = company.problem.days // 7, np.arange(company.problem.days)
    for crew in range(plan.meets.shape[0]):
        who = np.flatnonzero(crews(company) == crew)
        for week in range(weeks):
            found[who, week * 7 + int(plan.meets[crew, week])] -= prices.together
    for number, facts in enumerate(company.sites):
        who = np.flatnonzero(company.site == number)
        shared = plan.office[who] & ~homes.own_seat[who, None]
        kept = ((roster.start[who] >= 0) & homes.own_seat[who, None]).sum(axis=0)
        full = days[shared.sum(axis=0) >= np.maximum(facts.seats - kept, 0)]
        needs = ~homes.may_home[np.ix_(who, full)] & ~homes.own_seat[who, None]
        found[np.ix_(who, full)] += np.where(needs, prices.seat, 0.0)
    return found
