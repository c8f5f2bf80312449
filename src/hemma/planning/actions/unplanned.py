"""Hours of people for whom nobody plans: theirs from when they begin until customers can come no more."""

from django.db import transaction

from hemma.lib import clock
from hemma.people.models import Person, Place
from hemma.planning import queries
from hemma.planning.actions.telling import tell
from hemma.planning.models import Shift


@transaction.atomic
def begin_unplanned(*, actor: Person) -> Shift | None:
    """Give `actor`, who comes to work just now, hours until their last queue closes today.

    None, and nothing changes, where somebody plans for them, they are away, or all is closed: the
    border between work and leisure stays where it is.
    """
    until = queries.unplanned_until(actor)
    if until is None:
        return None
    # Nobody has said from where: home and office are only ever what somebody said.
    shift = Shift.objects.create(
        person=actor, starts_at=clock.now(), ends_at=until, place_type=Place.OTHER, unplanned=True
    )
    tell(
        "planning.shift_begun",
        actor=actor,
        person=actor,
        about=f"shift:{shift.pk}",
        data={"starts_at": shift.starts_at.isoformat(), "ends_at": until.isoformat()},
    )
    return shift
