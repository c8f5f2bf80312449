"""Petra reads for which wish Amanda is away from the fair share, on the terminal and on the page."""

from datetime import date
from types import SimpleNamespace

from hemma.core.pipeline.plan_fair import Binding, Binds, Uneven
from hemma.run.planner.plan_page import _tables
from hemma.run.planner.plan_telling import uneven, uneven_line

HERE = SimpleNamespace(
    names=["Amanda", "Bengt"],
    grid=SimpleNamespace(dates=[date(2026, 11, 2), date(2026, 11, 3)]),
)


def test_the_wish_is_told_with_its_day_and_worth():
    one = Uneven(0, "weekend", 1.0, 2.6, Binds.WISH, 4.0, (Binding("off", 1),))
    row = uneven(HERE, one)
    assert row["wishes"] == [{"wish": "off", "day": "2026-11-03"}]
    assert uneven_line(row) == (
        "Amanda: 1 weekend, fair 2.6, because of wish (off 2026-11-03; worth 4.0)"
    )


def test_a_wish_for_all_days_and_what_a_step_nearer_costs_are_told():
    standing = uneven(HERE, Uneven(1, "late", 9.0, 6.2, Binds.WISH, 2.0, (Binding("late", -1),)))
    assert "(late on all days; worth 2.0)" in uneven_line(standing)
    dear = uneven(HERE, Uneven(1, "late", 9.0, 6.2, Binds.NEED, costs=31.4))
    assert uneven_line(dear).endswith("because of need, one step nearer costs 31.4 more")


def test_the_page_has_the_wish_beside_the_name():
    one = Uneven(0, "weekend", 1.0, 2.6, Binds.WISH, 4.0, (Binding("off", 1),))
    names = ("conflicts", "short", "wishes", "place_wishes", "huddles", "tours")
    empty = {name: [] for name in names}
    page = "".join(_tables(empty | {"uneven": [uneven(HERE, one)]}))
    assert "off\N{NO-BREAK SPACE}2026-11-03" in page
