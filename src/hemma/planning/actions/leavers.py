"""Nothing is planned for somebody who has left; what the law no longer asks for goes."""

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.keeping import years_after
from hemma.people.models import Person
from hemma.people.queries import people_by_record_years
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker
from hemma.planning.models import Activity, Shift


@transaction.atomic
def end_plans(*, actor: Asker, person: Person) -> int:
    """Someone has left: shifts to come are taken away, the one going on ends now; how many.

    What was worked stays as it was: it belongs to the working-time record.
    """
    now = clock.now()
    coming = Shift.objects.filter(person=person, starts_at__gte=now)
    running = Shift.objects.filter(person=person, starts_at__lt=now, ends_at__gt=now)
    changed = coming.count() + running.count()
    if not changed:
        return 0
    coming.delete()
    Activity.objects.filter(shift__in=running, starts_at__gte=now).delete()
    Activity.objects.filter(shift__in=running, ends_at__gt=now).update(ends_at=now)
    running.update(ends_at=now)
    record(
        kind="planning.shifts_ended",
        retention=Retention.RECORD,
        actor=None if isinstance(actor, System) else actor,
        subject=person,
        about=f"person:{person.pk}",
        data={"shifts": changed},
    )
    live.publish(f"person:{person.pk}")
    live.wake("routing")
    return changed


def forget_old_shifts(*, actor: System) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete shifts whose time in the working-time record is over, by each one's country."""
    gone = 0
    for years, people in people_by_record_years(SYSTEM).items():
        before = years_after(clock.now(), -years)
        rows = Shift.objects.filter(person__in=people, ends_at__lt=before)
        gone += rows.delete()[1].get("planning.Shift", 0)
    return gone
