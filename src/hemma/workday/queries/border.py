"""Whether a person works now by their plan, by their own choice, or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.planning import queries as planning
from hemma.planning.models import Shift
from hemma.workday.models import Worked
from hemma.workday.queries.hours import EARLY

A_WHILE = timedelta(minutes=10)
# After the planned end the page asks whether one goes on; so long it waits for the answer.
ASKED_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Hours:
    """`works`: whether the pages of work are open; `until`: how long that is known to hold."""

    works: bool
    until: datetime


@reads("planning.shift", "workday.hours")
def hours_now(asker: Person) -> Hours:
    """Whether `asker` is in their hours or has said that they go on, and until when that holds."""
    now = clock.now()
    shift = planning.shift_now(asker, asker)
    if shift is not None:
        return Hours(works=True, until=shift.ends_at)
    coming = planning.next_shift(asker, asker)
    if coming is not None and coming.starts_at <= now + EARLY:
        return Hours(works=True, until=coming.starts_at)
    row = Worked.objects.filter(person=asker, ends_at=None).first()
    if row is not None and row.goes_on_until is not None and row.goes_on_until > now:
        return Hours(works=True, until=row.goes_on_until)
    near = Shift.objects.filter(person=asker, ends_at__gt=now - ASKED_FOR, ends_at__lte=now)
    ends = list(near.order_by("-ends_at").values_list("ends_at")[:1])
    if row is not None and ends and now < ends[0][0] + ASKED_FOR:
        return Hours(works=True, until=now + timedelta(minutes=1))
    # Where nobody plans there is no border to keep.
    return Hours(works=planning.nobody_plans_for(asker, asker), until=now + A_WHILE)
