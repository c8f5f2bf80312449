"""Which days may follow which: averaged over weeks, and over midnight."""

from dataclasses import dataclass, replace

import numpy as np

from hemma.core.roster import AveragedDays, DayForm, Gap, Limits, faults
from hemma.core.roster.conflicts import smallest
from hemma.core.roster.search import Search
from hemma.core.roster.tests import small
from hemma.core.roster.tests.test_roster import LIMITS, before

AVERAGED = AveragedDays(small.BOOK, 2, ((7, 7),))
HELD = (replace(LIMITS[0], periods=((7, 7),), period_weeks=2),)


def averaged():
    """Three people: three to five days a week, seven in two weeks."""
    made = small.problem(3, days=(3, 5), weeks=2, need=2)
    start = AVERAGED.starts()[0]
    return replace(made, rulebooks=(AVERAGED,), before=(start,) * 3)


def test_days_are_averaged_over_two_weeks():
    made = averaged()
    search = Search(made)
    search.first()
    search.sweep(0.0)
    roster = search.roster()
    assert search.without == 0
    assert (roster.start >= 0).sum(axis=1).tolist() == [7, 7, 7]
    assert (
        faults(made, roster, HELD, before(replace(made, before=small.BOOK.starts()[:1] * 3))) == []
    )
    roster.start[0] = -1
    told = {
        f.kind
        for f in faults(
            made, roster, HELD, before(replace(made, before=small.BOOK.starts()[:1] * 3))
        )
    }
    assert "averaged_days" in told


def test_an_average_that_the_weeks_cannot_reach_is_named():
    made = averaged()
    made.most[1] = 3
    assert smallest(made, 1, (0, 1)) == ("contract_days", "averaged_days")


def test_shifts_over_midnight_keep_the_rest_to_the_day_after():
    night = DayForm(8, 20, 2, 3, 7, (small.FORM.breaks[0],))  # from 20, 22 and 24
    made = small.problem(2, days=(4, 4), forms=(night,))
    made.need[:] = 0
    for day in range(6):
        made.need[0, day * 24 + 22 : day * 24 + 30] = 2
    search = Search(made)
    search.first()
    search.sweep(0.0)
    roster = search.roster()
    assert (roster.start >= 0).sum(axis=1).tolist() == [4, 4]
    assert faults(made, roster, (Limits(rest=11, weekly_rest=36, in_a_row=5),), before(made)) == []
    assert search.cost().under < made.need.sum()
    assert np.all(night.first + night.step * roster.start[roster.start >= 0] + 8 > 24)


@dataclass(frozen=True)
class NoWednesdays:
    """A rule book that nobody has thought of: never on a Wednesday, and a whole day between shifts."""

    @property
    def gaps(self):
        return (Gap(1, 10**3), Gap(2, 0), Gap(7, 0))

    def starts(self):
        return (2,)

    def off(self, state, weekday):
        return (min(2, state + 1),)

    def work(self, state, weekday):
        return () if weekday == 2 else ((0, min(2, state)),)

    def close(self, state):
        return (state,)

    def far(self, state):
        return state == 2


def test_a_rule_of_law_that_the_search_never_knew_is_kept():
    made = small.problem(3, days=(2, 3), weeks=2)
    made = replace(made, rulebooks=(NoWednesdays(),), before=(2,) * 3)
    search = Search(made)
    search.first()
    for _ in range(3):
        search.sweep(0.0)
    worked = search.roster().start >= 0
    assert search.without == 0
    assert (worked.reshape(3, 2, 7).sum(axis=2) >= 2).all()
    assert not worked[:, [2, 9]].any()
    assert not (worked[:, 1:] & worked[:, :-1]).any()
