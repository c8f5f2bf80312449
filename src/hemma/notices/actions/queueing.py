"""Putting a push into the queue: what comes close together becomes one."""

from datetime import timedelta

from hemma.lib import clock, live
from hemma.notices.models import Device, Push, Way
from hemma.notices.queries import habit_of, wishes_for
from hemma.people.models import Person
from hemma.people.system import System


def queue_push(*, actor: System, person: Person, sort: str, kind: Push.Kind) -> None:
    """Have `person`'s browsers told, if they want this sort there. Only news is bundled."""
    if sort not in wishes_for(actor, person, Way.PUSH):
        return
    now = clock.now()
    pause = timedelta(minutes=habit_of(actor, person).push_every)
    for device in Device.objects.filter(person=person):
        waits = kind == Push.Kind.NEWS and device.told_at is not None
        at = max(now, device.told_at + pause) if waits and device.told_at else now
        # One that waits already says for both that there is something to read.
        Push.objects.get_or_create(
            device=device, kind=kind, defaults={"made_at": now, "next_try_at": at}
        )
    live.wake("pushes")
