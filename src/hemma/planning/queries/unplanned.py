"""Hours of people for whom nobody plans."""

from datetime import datetime, timedelta

from hemma.desk import queries as desk
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.planning.models import Absence, Shift
from hemma.planning.queries.shifts import nobody_plans_for

LONGEST = timedelta(hours=9)


@reads("planning.shift", "planning.absence")
def unplanned_until(asker: Person) -> datetime | None:
    """Until when `asker` would work who begins now: their last queue's closing, nine hours at most.

    None in a shift, where somebody plans for them, while they are away, and when all is closed.
    """
    now = clock.now()
    running = Shift.objects.filter(person=asker, starts_at__lte=now, ends_at__gt=now)
    away = Absence.objects.filter(person=asker, starts_at__lte=now, ends_at__gt=now)
    if running.exists() or away.exists() or not nobody_plans_for(asker, asker):
        return None
    ends = [row.opening.closes(now) for row in desk.queues(asker) if row.opening.is_open(now)]
    closes = max((end for end in ends if end is not None), default=None)
    return min(closes, now + LONGEST) if closes is not None else None
