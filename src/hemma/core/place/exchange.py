"""A seat goes from one to another where that is worth most: what people in turn cannot do, for each
of them finds the seats taken."""

import numpy as np

from hemma.core.place.facts import WEEK, Flags, Floats, Whole
from hemma.core.place.week import Week

_GAIN = 1e-9


def exchange(
    week: Week, office: Flags, meets: Whole, together: float, most: int
) -> tuple[Flags, int]:
    """At most `most` seats change hands; office (people, 7) afterwards and how many did. Each time
    somebody gains a full day from somebody who stays at home then, or comes on a day with room."""
    office, done = office.copy(), 0
    own = _day_price(week, meets, together)
    while done < most:
        found = _best(week, office, own)
        if found is None:
            return office, done
        comes, goes, day, other = found
        office[comes, day], office[goes, day] = True, False
        if other >= 0:
            office[goes, other] = True
        done += 1
    return office, done


def _day_price(week: Week, meets: Whole, together: float) -> Floats:
    """(people, 7): an office day's price with what it is worth to the team."""
    price = week.price.copy()
    if meets.size:
        day = meets[np.maximum(week.team, 0)]
        price[np.flatnonzero(week.member), day[week.member]] -= together
    return price


def _best(week: Week, office: Flags, own: Floats) -> tuple[int, int, int, int] | None:
    """Who comes, who goes, on which day, and on which other the one who goes comes (−1: none)."""
    count, rows = office.sum(axis=1), np.arange(office.shape[0])
    now = week.by_count[rows, count]
    more = week.by_count[rows, np.minimum(count + 1, WEEK)] - now
    fewer = week.by_count[rows, np.maximum(count - 1, 0)] - now
    shares = week.shares[:, None]
    joins = np.where(week.open_ & ~office & shares, own + more[:, None], np.inf)
    may_go = week.open_ & office & shares
    has_room = (office & shares).sum(axis=0) < week.seats
    elsewhere = np.where(week.open_ & ~office & has_room[None], own, np.inf)
    other, moved = np.argmin(elsewhere, axis=1), np.min(elsewhere, axis=1)
    goes = np.where(may_go, np.minimum(fewer, moved)[:, None] - own, np.inf)
    first, last = np.argmin(joins, axis=0), np.argmin(goes, axis=0)
    gain = joins.min(axis=0) + goes.min(axis=0)
    day = int(np.argmin(gain))
    if not gain[day] < -_GAIN or first[day] == last[day]:
        return None
    leaver = int(last[day])
    is_moved = bool(moved[leaver] < fewer[leaver])
    return int(first[day]), leaver, day, int(other[leaver]) if is_moved else -1
