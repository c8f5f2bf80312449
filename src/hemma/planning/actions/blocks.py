"""Parts of a day that are put into its queue time: one's own focus and recess, a break once more.

They take queue time only: what else is planned stays where it is.
"""

from datetime import datetime, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.system import System
from hemma.people.visibility import NotVisible
from hemma.planning.actions.telling import tell
from hemma.planning.models import Activity, ActivityKind, Shift
from hemma.planning.queries import OWN_KINDS, own_block

OWN_A_DAY = {ActivityKind.FOCUS: timedelta(minutes=90), ActivityKind.RECESS: timedelta(minutes=45)}
SHORTEST = timedelta(minutes=5)

type Window = tuple[datetime, datetime]


@transaction.atomic
def book_block(*, actor: Person, kind: str, starts_at: datetime, length: timedelta) -> Activity:
    """Put a focus phase or a recess into `actor`'s own queue time; nobody has to approve it.

    Raises ValidationError (codes `kind`, `past`, `shift`, `room`, `enough`) in words.
    """
    if kind not in OWN_KINDS:
        raise ValidationError(_("There is no such activity."), code="kind")
    ends_at = starts_at + length
    if starts_at < clock.now() or length < SHORTEST:
        raise ValidationError(_("Choose a time that lies ahead."), code="past")
    shift = _locked(actor, starts_at)
    if shift is None or ends_at > shift.ends_at:
        raise ValidationError(_("That is outside of your hours."), code="shift")
    if not any(a <= starts_at and ends_at <= b for a, b in free_in(shift)):
        raise ValidationError(
            _("Something else is planned then. Choose a time in the queue."), code="room"
        )
    mine = shift.activities.filter(kind=kind)
    had = sum((one.ends_at - one.starts_at for one in mine), timedelta())
    limit = OWN_A_DAY[ActivityKind(kind)]
    if had + length > limit:
        raise ValidationError(
            _("That makes more than %(minutes)d minutes today. Ask whoever plans for more."),
            code="enough",
            params={"minutes": limit // timedelta(minutes=1)},
        )
    made = carve(shift, kind, starts_at, ends_at)
    tell_part("planning.block_booked", actor, actor, made)
    return made


@transaction.atomic
def take_block_back(*, actor: Person, activity_id: int) -> None:
    """Make a focus phase or recess of one's own that lies ahead queue time again."""
    row = Activity.objects.select_for_update(of=("self",)).filter(pk=activity_id).first()
    if row is None or row.shift.person_id != actor.pk or row.kind not in OWN_KINDS:
        raise NotVisible("planning.activity", f"activity:{activity_id}")
    if row.starts_at <= clock.now():
        raise ValidationError(_("It has begun already."), code="past")
    row.kind, row.label, row.widened_min = ActivityKind.QUEUE, "", 0
    row.save(update_fields=["kind", "label", "widened_min"])
    tell_part("planning.block_taken_back", actor, actor, row)


@transaction.atomic
def move_block(*, actor: Person, activity_id: int, starts_at: datetime) -> Activity:
    """Move a focus phase or recess of one's own that lies ahead to other queue time of the shift.

    Nobody has to approve it. Raises NotVisible for anything else, ValidationError (codes `past`,
    `shift`, `room`) in words.
    """
    own_block(actor, activity_id)
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=row.shift_id)
    ends_at, now = starts_at + (row.ends_at - row.starts_at), clock.now()
    if row.starts_at <= now or starts_at < now:
        raise ValidationError(_("Choose a time that lies ahead."), code="past")
    if starts_at < shift.starts_at or ends_at > shift.ends_at:
        raise ValidationError(_("That is outside of your hours."), code="shift")
    kind, widened_min = row.kind, row.widened_min
    # Its own time is queue time again first, so that a move of a few minutes has room.
    row.kind, row.widened_min = ActivityKind.QUEUE, 0
    row.save(update_fields=["kind", "widened_min"])
    if not any(a <= starts_at and ends_at <= b for a, b in free_in(shift)):
        raise ValidationError(
            _("Something else is planned then. Choose a time in the queue."), code="room"
        )
    made = carve(shift, kind, starts_at, ends_at)
    made.widened_min = widened_min
    made.save(update_fields=["widened_min"])
    tell_part("planning.block_moved", actor, actor, made)
    return made


@transaction.atomic
def place_break(
    *,
    actor: System,
    person: Person,
    kind: str,
    length: timedelta,
    after: datetime,
    before: datetime,
) -> Activity | None:
    """Place a missed break anew, as early after `after` as there is queue time, ended by `before`.

    Where it does not fit whole, the longest stretch until then is taken; None when there is none.
    """
    after = after.replace(second=0, microsecond=0)  # as people tell time, and at once
    shift = _locked(person, after)
    if shift is None:
        return None
    found = [(max(a, after), min(b, before)) for a, b in free_in(shift)]
    found = [(a, b) for a, b in found if b - a >= SHORTEST]
    whole = next(((a, a + length) for a, b in found if b - a >= length), None)
    chosen = whole or max(found, key=lambda one: one[1] - one[0], default=None)
    if chosen is None:
        return None
    made = carve(shift, kind, *chosen, instead=True)
    tell_part("planning.break_placed_again", actor, person, made)
    return made


def _locked(person: Person, at: datetime) -> Shift | None:
    rows = Shift.objects.select_for_update(of=("self",))
    return rows.filter(person=person, starts_at__lte=at, ends_at__gt=at).first()


def free_in(shift: Shift) -> list[Window]:
    """Stretches of the shift in which nothing but the queue is planned, in order."""
    taken = shift.activities.exclude(kind=ActivityKind.QUEUE).order_by("starts_at")
    edges: list[Window] = [(shift.starts_at, shift.starts_at)]
    edges += [(one.starts_at, one.ends_at) for one in taken]
    edges.append((shift.ends_at, shift.ends_at))
    return [(left[1], right[0]) for left, right in pairwise(edges) if right[0] > left[1]]


def carve(
    shift: Shift, kind: str, start: datetime, end: datetime, *, instead: bool = False
) -> Activity:
    """The part, with the queue time around it cut to make room."""
    cut_queue(shift, start, end)
    return Activity.objects.create(
        shift=shift, kind=kind, starts_at=start, ends_at=end, instead=instead
    )


def cut_queue(shift: Shift, start: datetime, end: datetime) -> None:
    """Take the stretch out of the shift's queue time."""
    for queue in shift.activities.filter(
        kind=ActivityKind.QUEUE, starts_at__lt=end, ends_at__gt=start
    ):
        left, right, label = (queue.starts_at, start), (end, queue.ends_at), queue.label
        queue.delete()
        Activity.objects.bulk_create(
            Activity(shift=shift, kind=ActivityKind.QUEUE, starts_at=a, ends_at=b, label=label)
            for a, b in (left, right)
            if a < b
        )


def tell_part(kind: str, actor: Person | System, person: Person, row: Activity) -> None:
    """Journal what became of a part of somebody's day, and have pages and the router look again."""
    tell(
        kind,
        actor=actor,
        person=person,
        about=f"shift:{row.shift_id}",
        data={"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()},
    )
