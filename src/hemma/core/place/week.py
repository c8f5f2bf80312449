"""One week of one site as numbers, and everybody's best days there for given prices of seats."""

from dataclasses import dataclass

import numpy as np

from hemma.core.place.facts import WEEK, Flags, Floats, Site, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """`forced` (people,) bits of the days that must be in the office, `open_` (people, 7) days that
    may be either; `by_count` (people, 8) what so many days in the office cost; `member` (people,)
    has a team to meet that week."""

    forced: Flags
    open_: Flags
    price: Floats
    by_count: Floats
    member: Flags
    team: Whole
    shares: Flags
    seats: Whole


def week_of(site: Site, number: int, lacking: Floats) -> Week:
    """`lacking` (people,): home days wanted and not had before this week."""
    days = slice(number * WEEK, number * WEEK + WEEK)
    works = site.works[:, days]
    idle = ~works.any(axis=1)
    frame = site.prices.frame * outside(site, number, 0, 0)
    by_count = np.where(idle[:, None], 0.0, frame + unfair(site, number, lacking))
    return Week(
        works & ~site.may_home[:, days],
        works & site.may_home[:, days] & ~site.fixed_home[:, days],
        site.office_price[:, days].astype(float),
        by_count,
        (site.team >= 0) & ~idle,
        site.team,
        ~site.own_seat,
        site.shared_seats[days],
    )


def outside(site: Site, number: int, fewer: int, more: int) -> Floats:
    """(people, 8) days outside of the agreement for so many days in the office, if it asked for
    `fewer` home days or allowed `more` of them."""
    home = _home(site, number)
    under = np.maximum(site.least_home[:, number, None] - fewer - home, 0)
    return np.asarray(under + np.maximum(home - site.most_home[:, number, None] - more, 0), float)


def unfair(site: Site, number: int, lacking: Floats) -> Floats:
    """(people, 8) what being away from the home days wanted costs for so many days in the office."""
    away = lacking[:, None] + site.wanted_home[:, number, None] - _home(site, number)
    return np.asarray(site.prices.fair * away**2, float)


def _home(site: Site, number: int) -> Whole:
    works = site.works[:, number * WEEK : number * WEEK + WEEK]
    return np.asarray(works.sum(axis=1)[:, None] - np.arange(WEEK + 1)[None, :], np.int64)


def answers(week: Week, seat: Floats, together: float) -> tuple[Floats, Flags]:
    """Everybody's best days if a shared seat costs `seat` (7,), for each day the team may meet:
    price (people, 7) and office (people, 7 meeting days, 7 days)."""
    meets = -together * np.eye(WEEK)[None] * week.member[:, None, None]
    cost = (week.price + seat[None] * week.shares[:, None])[:, None, :] + meets
    order = np.argsort(np.where(week.open_[:, None, :], cost, np.inf), axis=2, kind="stable")
    rising = np.take_along_axis(np.where(week.open_[:, None, :], cost, np.inf), order, axis=2)
    begun = np.zeros((*rising.shape[:2], WEEK + 1))
    begun[:, :, 1:] = np.cumsum(rising, axis=2)
    must = week.forced.sum(axis=1)
    count = np.minimum(must[:, None] + np.arange(WEEK + 1)[None], WEEK)
    total = begun + np.take_along_axis(week.by_count, count, axis=1)[:, None, :]
    chosen = np.argmin(total, axis=2)
    price = np.take_along_axis(total, chosen[:, :, None], axis=2)[:, :, 0]
    price += np.where(week.forced[:, None, :], cost, 0.0).sum(axis=2)
    price += together * week.member[:, None]
    office = np.zeros(cost.shape, bool)
    np.put_along_axis(office, order, np.arange(WEEK)[None, None] < chosen[:, :, None], axis=2)
    return price, office | week.forced[:, None, :]


def meeting(week: Week, price: Floats, teams: int) -> Whole:
    """The best day to meet for each team, given everybody's `price` (people, 7)."""
    of = np.zeros((teams, WEEK))
    np.add.at(of, week.team[week.member], price[week.member])
    return np.argmin(of, axis=1)
