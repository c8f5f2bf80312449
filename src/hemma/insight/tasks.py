"""What the worker does for this room: the figures, since they need arrays."""

import threading
from datetime import timedelta

from hemma.insight import actions
from hemma.lib import loops, wakes

EVERY = timedelta(hours=6)  # by Hemma's clock: a month is told of soon after it is over


def count(stop: threading.Event) -> None:
    """Until `stop`: count periods that are over, files that were read in, and trials."""
    count_periods = wakes.seldom(EVERY, _count_periods)
    for _turn in wakes.turns("insight", stop, every_s=30):
        actions.count_files()
        actions.count_pilots()
        count_periods()


def _count_periods() -> None:
    actions.count_due()
    actions.count_focus_due()


loops.register("insight", count)
