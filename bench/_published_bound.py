"""A bound for any size: prices on cover, minutes, weekends and limits at once (Lagrange), so that a tour is
bound by runs and successions alone and everybody's cheapest is found in a moment."""

import numpy as np
from _published_folk import Stretch
from _published_tours import grouped, tour


class Loose:
    """One person's tours when minutes, weekends and limited kinds have a price instead of a limit."""

    def __init__(self, folk, person):
        self.folk, self.one, self.person = folk, folk.made.staff[person], person
        span = Stretch(folk, person, 0, folk.days)
        self.barred, self.left = span.barred, np.minimum(span.left, folk.days)
        shape = span.shape_of((), 0)
        self.member, self.size = shape["member"], shape["size"]
        groups, rows, edge, *_ = shape["how"]
        self.groups, self.rows, self.edge = (*groups[:2], 0 * groups[2], *groups[3:]), rows, edge
        self.hours, self.weekend, self.kind = 0.0, 0.0, np.zeros(len(folk.kinds))
        self.flat = np.zeros(folk.days + 1, np.int64)
        self.saturdays = np.arange(5, folk.days, 7)

    def best(self, price):
        """The cheapest tour for prices (days, kinds), and what no lawful tour is below."""
        cost = self.folk.own[self.person] + price + self.kind + self.hours * self.folk.length / 480
        cost[self.barred] = np.inf
        least, which = grouped(cost, self.member, self.size)
        value, found = tour(
            least, self.groups, self.rows, self.edge, (self.flat, 1, 0, 0),
            (self.flat, 0, 1, False, self.weekend), 1,
        )  # fmt: skip
        on = np.flatnonzero(found >= 0)
        row = np.full(found.size, -1, np.int64)
        row[on] = which[on, found[on]]
        limit = self.one.most_min if self.hours > 0 else self.one.least_min
        return (
            row,
            value
            - self.hours * limit / 480
            - self.weekend * self.one.weekends
            - self.kind @ self.left,
        )

    def slack(self, row):
        """By how much a tour is beyond minutes (shifts of 8 hours, signed), weekends and limits (by kind)."""
        on = row[row >= 0]
        minutes = self.folk.length[on].sum()
        hours = max(0, minutes - self.one.most_min) - max(0, self.one.least_min - minutes)
        if not hours and self.hours:
            hours = minutes - (self.one.most_min if self.hours > 0 else self.one.least_min)
        worked = np.append(row >= 0, False)
        weekends = (worked[self.saturdays] | worked[self.saturdays + 1]).sum() - self.one.weekends
        return hours / 480, weekends, np.bincount(on, minlength=self.left.size) - self.left

    def move(self, slack, step):
        """Prices after a step along the slack; a price of minutes does not cross zero at once."""
        hours, weekends, kinds = slack
        moved = self.hours + step * hours
        self.hours = 0.0 if self.hours * moved < 0 else moved
        self.weekend = max(0.0, self.weekend + step * weekends)
        self.kind = np.maximum(0.0, self.kind + step * kinds)


def bound(folk, high, rounds, left):
    """The best bound of some rounds and its prices (days, kinds) for somebody's shift there.

    `high`: what a plan costs; `left()`: seconds left, asked between rounds. Steps after Polyak, which
    halve when they have not helped for a while; prices keep within what cover's weights allow."""
    people = [Loose(folk, person) for person in range(folk.people)]
    price = -0.5 * folk.under
    low, kept, share, idle = -np.inf, price, 1.0, 0
    way = np.zeros_like(price)
    for _ in range(rounds):
        if left() <= 0:
            break
        there, value, slacks = (
            np.zeros_like(price),
            folk.fixed.sum() - (folk.need * price).sum(),
            [],
        )
        for one in people:
            row, worth = one.best(price)
            value += worth
            on = np.flatnonzero(row >= 0)
            there[on, row[on]] += 1
            slacks.append(one.slack(row))
        idle = 0 if low == -np.inf or value > low + 1e-3 * abs(high - low) else idle + 1
        if value > low:
            low, kept = value, price
        if idle > 6:
            share, idle = share * 0.7, 0
        way = 0.7 * (there - folk.need) + 0.3 * way
        way[((price <= -folk.under) & (way < 0)) | ((price >= folk.over) & (way > 0))] = 0
        norm = (way**2).sum() + sum(h**2 + w**2 + (k * (k > 0)).sum() ** 2 for h, w, k in slacks)
        step = share * max(1.0, high - value) / max(norm, 1.0)
        price = np.clip(price + step * way, -folk.under, folk.over)
        for one, slack in zip(people, slacks, strict=True):
            one.move(slack, step)
    return low, kept
