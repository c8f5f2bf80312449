"""Home and office for a site: week by week, each with a bound that no other choice can undercut.

For given prices of seats every team's best meeting day and everybody's best days are exact, and the
sum is below every plan of that week (Lagrange). Prices follow the seats wanted. The plan itself comes
from teams in turn: the best day to meet, everybody's best days in the seats that are left.
"""

from dataclasses import dataclass

import numpy as np

from hemma.core.place.exchange import exchange
from hemma.core.place.facts import WEEK, Flags, Floats, Places, Site, Whole
from hemma.core.place.week import Week, answers, meeting, week_of

_SAFE = 1e-9
_ROOM = (1.0, 0.7, 0.4, 0.2, 0.1, 0.05)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """`price` and `bound` by week: a week's bound holds for every choice of that week, given the
    weeks before it."""

    places: Places
    price: Floats
    bound: Floats

    @property
    def gap(self) -> float:
        """By how much of the bound the plan may be dearer than the best; inf if the bound is 0."""
        low, high = float(self.bound.sum()), float(self.price.sum())
        return 0.0 if high <= low else (high - low) / low if low > 0 else float("inf")


def place(site: Site, rounds: int = 60) -> Placed:
    """`rounds` of seat prices a week. The same site gives the same places."""
    teams = int(site.team.max(initial=-1)) + 1
    office = np.zeros(site.works.shape, bool)
    together = np.zeros((teams, site.weeks), np.int64)
    price, bound, lacking = np.zeros(site.weeks), np.zeros(site.weeks), site.lacking.astype(float)
    for number in range(site.weeks):
        days = slice(number * WEEK, number * WEEK + WEEK)
        week = week_of(site, number, lacking)
        found = _plan(week, site, teams, np.zeros(WEEK))
        low, seat = _bound(week, site, teams, rounds, found[2])
        if found[2] - low > 1e-4:
            found = min(found, _plan(week, site, teams, seat), key=_price)
        office[:, days], together[:, number], price[number] = found
        bound[number] = min(low, price[number])
        works = site.works[:, days]
        had = (works & ~found[0]).sum(axis=1)
        lacking += np.where(works.any(axis=1), site.wanted_home[:, number] - had, 0.0)
    return Placed(Places(office, together), price, bound)


def _price(found: tuple[Flags, Whole, float]) -> float:
    return found[2]


def _bound(week: Week, site: Site, teams: int, rounds: int, high: float) -> tuple[float, Floats]:
    """The best bound found and the prices of seats that gave it; `high`, a plan's price, ends it."""
    seat, best, kept = np.zeros(WEEK), -np.inf, np.zeros(WEEK)
    everybody, step = np.arange(site.people), site.prices.together / 3
    for turn in range(max(1, rounds)):
        price, office = answers(week, seat, site.prices.together)
        meets = meeting(week, price, teams)
        day = np.where(week.member, meets[np.maximum(week.team, 0)] if teams else 0, 0)
        low = float(price[everybody, day].sum() - (seat * week.seats).sum())
        low -= _SAFE * (1 + float(np.abs(price).sum()))
        if low > best:
            best, kept = low, seat
        wanted = (office[everybody, day] & week.shares[:, None]).sum(axis=0) - week.seats
        size = float(np.abs(wanted).max())
        if size == 0 or high - best < 1e-4:
            break
        seat = np.clip(seat + step / (1 + turn / 5) * wanted / size, 0.0, site.prices.seat)
    return best, kept


def _plan(week: Week, site: Site, teams: int, hint: Floats) -> tuple[Flags, Whole, float]:
    """Office (people, 7), meeting days and price: teams in turn, first with the seats' prices as a
    hint to leave room, then sharply until nothing is gained."""
    seating = Seating(week, site, teams)
    for turn in range(16):
        gained = seating.turn(_ROOM[turn] if turn < len(_ROOM) else 0.0, hint * (turn == 0))
        gained = seating.exchange() or gained
        if turn >= len(_ROOM) and not gained:
            break
    return seating.office, seating.meets, seating.total()


class Seating:
    """Who sits where in one week, while it gets better."""

    def __init__(self, week: Week, site: Site, teams: int) -> None:
        self.week, self.prices = week, site.prices
        self.office = week.forced.copy()
        self.meets = np.zeros(teams, np.int64)
        self.used = (self.office & week.shares[:, None]).sum(axis=0)
        self.groups = [np.flatnonzero(week.member & (week.team == one)) for one in range(teams)]
        single = np.flatnonzero(~week.member & (week.open_.any(axis=1)))
        self.singles = [int(one) for one in single]

    def begin(self, office: Flags, meets: Whole) -> None:
        """Go on from these places (people, 7) and meeting days, as far as they may be."""
        self.office = (office & self.week.open_) | self.week.forced
        self.meets[:] = meets
        self.used = (self.office & self.week.shares[:, None]).sum(axis=0)

    def settle(self) -> float:
        """Everybody and every team in turn until nothing is gained; the price."""
        for _ in range(16):
            gained = self.turn(0.0, np.zeros(WEEK))
            if not (self.exchange() or gained):
                break
        return self.total()

    def turn(self, room: float, price: Floats) -> bool:
        """Everybody once; whether anything was gained. `room`: what the last seats of a day cost
        beyond `price`, in colleagues missing, so that people leave them to each other."""
        gained = False
        for number, group in enumerate(self.groups):
            hint = price + self._crowded(group, room)
            before = self._now(group, int(self.meets[number]), hint)
            at_first = self.office[group].copy()
            tried = [(self._seat(group, day, hint), day) for day in range(WEEK)]
            best, day = min(tried)
            if best < before - 1e-9:
                self._seat(group, day, hint)
                self.meets[number], gained = day, True
            else:
                self._put(group, at_first)
        for one in self.singles:
            just, at_first = np.array([one]), self.office[[one]].copy()
            hint = price + self._crowded(just, room)
            before = self._now(just, -1, hint)
            if self._seat(just, -1, hint) < before - 1e-9:
                gained = True
            else:
                self._put(just, at_first)
        return gained

    def _crowded(self, group: Whole, room: float) -> Floats:
        """(7,) grows steeply with the part of the seats that all others have taken."""
        mine = (self.office[group] & self.week.shares[group, None]).sum(axis=0)
        part = np.clip((self.used - mine) / np.maximum(self.week.seats, 1), 0.0, 1.0)
        return np.asarray(room * self.prices.together * part**8)

    def exchange(self) -> bool:
        """Seats change hands; whether any did."""
        found = exchange(
            self.week, self.office, self.meets, self.prices.together, 4 * len(self.office)
        )
        self._put(np.arange(len(self.office)), found[0])
        return found[1] > 0

    def total(self) -> float:
        """The price of the whole week."""
        everybody, price = np.arange(self.office.shape[0]), 0.0
        for number, group in enumerate(self.groups):
            price += self._own(group, int(self.meets[number]))
        price += self._own(np.setdiff1d(everybody, np.concatenate([*self.groups, []])), -1)
        return price + self._excess()

    def _excess(self) -> float:
        return self.prices.seat * float(np.maximum(self.used - self.week.seats, 0).sum())

    def _own(self, group: Whole, day: int) -> float:
        group = group.astype(np.int64)
        office, week = self.office[group], self.week
        price = float((office * week.price[group]).sum())
        price += float(week.by_count[group, office.sum(axis=1)].sum())
        if day >= 0:
            price += self.prices.together * float((~office[:, day]).sum())
        return price

    def _now(self, group: Whole, day: int, hint: Floats) -> float:
        taken = (self.office[group] & self.week.shares[group, None]).sum(axis=0)
        return self._own(group, day) + self._excess() + float((taken * hint).sum())

    def _put(self, group: Whole, office: Flags) -> None:
        shares = self.week.shares[group, None]
        self.used = self.used + (office & shares).sum(axis=0)
        self.used = self.used - (self.office[group] & shares).sum(axis=0)
        self.office[group] = office

    def _seat(self, group: Whole, day: int, hint: Floats) -> float:
        """Take the group out, and put them back one by one at their best; the price of that."""
        self._put(group, self.week.forced[group])
        for one in group.tolist():
            self._best_days(one, day, hint)
        return self._now(group, day, hint)

    def _best_days(self, one: int, day: int, hint: Floats) -> None:
        week, shares = self.week, bool(self.week.shares[one])
        full = (self.used >= week.seats).tolist()
        offers = []
        for at in np.flatnonzero(week.open_[one]).tolist():
            price = float(week.price[one, at]) - (self.prices.together if at == day else 0.0)
            if shares:
                price += float(hint[at]) + (self.prices.seat if full[at] else 0.0)
            offers.append((price, at))
        offers.sort()
        must, sum_, best, count = int(week.forced[one].sum()), 0.0, np.inf, 0
        for taken in range(len(offers) + 1):
            sum_ += offers[taken - 1][0] if taken else 0.0
            whole = sum_ + float(week.by_count[one, must + taken])
            if whole < best - 1e-12:
                best, count = whole, taken
        for _, at in offers[:count]:
            self.office[one, at] = True
            self.used[at] += shares
