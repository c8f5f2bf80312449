"""What the worker does for this room: the figures, since they need arrays."""

import threading
from datetime import UTC, datetime, timedelta

from hemma.insight import actions
from hemma.lib import clock, loops, wakes

EVERY = timedelta(hours=6)  # by Hemma's clock: a month is told of soon after it is over


def count(stop: threading.Event) -> None:
    """Until `stop`: count periods that are over, files that were read in, and trials."""
    done = datetime.min.replace(tzinfo=UTC)
    for _turn in wakes.turns("insight", stop, every_s=30):
        actions.count_files()
        actions.count_pilots()
        if abs(clock.now() - done) >= EVERY:
            actions.count_due()
            actions.count_focus_due()
            done = clock.now()


loops.register("insight", count)
