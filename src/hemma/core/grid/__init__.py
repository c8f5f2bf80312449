"""A grid of time slots that stays right over clock changes.

Rules, once and for all:

- A slot is a real stretch of time between two UTC instants. Its label is local.
- Slots begin where the local clock shows a multiple of the slot length, and at every clock
  change. A slot is therefore `slot_min` long, or shorter beside a change that is not a multiple of
  it (Lord Howe's half hour with slots of 60 minutes). No slot ever spans a clock change.
- A day begins at the first instant of its local date and ends where the next day begins: 23, 24,
  25 hours, or none at all where a zone has skipped a date.
- One local time means one instant: of two, the first; of none (skipped), the instant of the
  change. So order is kept, and what ends at 02:30 meets what begins at 02:30.
"""

from hemma.core.grid.interval import Interval
from hemma.core.grid.local import day_start, instant_of, instants_of, local_interval
from hemma.core.grid.slots import (
    SLOT_LENGTHS_MIN,
    Counted,
    OutsideGrid,
    Overlap,
    Slot,
    TimeGrid,
)

__all__ = [
    "SLOT_LENGTHS_MIN",
    "Counted",
    "Interval",
    "OutsideGrid",
    "Overlap",
    "Slot",
    "TimeGrid",
    "day_start",
    "instant_of",
    "instants_of",
    "local_interval",
]
