"""Changing one's mode, and forgetting modes in time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.queries import audiences_about
from hemma.people.system import SYSTEM, System
from hemma.workday.models import CHOSEN, Mode, ModeSpell
from hemma.workday.queries import KEPT


@transaction.atomic
def set_mode(*, actor: Person, mode: str) -> Mode:
    """Put `actor` in `mode`, by their own choice alone; the same mode again changes nothing.

    No reason is asked, ever. Raises ValidationError for a mode that can't be chosen.
    """
    if mode not in CHOSEN:
        raise ValidationError(_("There is no such mode to choose."), code="mode")
    # The person's row, because the first time there is no spell to lock yet. Two browsers at once
    # come one after the other, and the last one's choice holds.
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    now = clock.now()
    known = ModeSpell.objects.filter(person=actor, until=None).first()
    if (known.mode if known else Mode.OFF) == mode:
        return Mode(mode)
    if known:
        now = max(
            now, known.since
        )  # a clock that was set back must not end a spell before it began
        known.until = now
        known.save(update_fields=["until"])
    ModeSpell.objects.create(person=actor, mode=mode, since=now)
    _tell(actor, mode)
    return Mode(mode)


@transaction.atomic
def end_modes(*, actor: System, person: Person) -> bool:  # noqa: ARG001 - the system's own doing
    """Someone has left: they are in no mode any more. Returns whether they were in one."""
    now = clock.now()
    known = ModeSpell.objects.select_for_update().filter(person=person, until=None).first()
    if known is None:
        return False
    known.until = max(now, known.since)
    known.save(update_fields=["until"])
    record(
        kind="workday.mode_ended",
        retention=Retention.MODE,
        actor=None,
        subject=person,
    )
    live.publish(f"person:{person.pk}")
    live.wake("routing")
    return True


def _tell(actor: Person, mode: str) -> None:
    record(
        kind="workday.mode_chosen",
        retention=Retention.MODE,
        actor=actor,
        subject=actor,
        data={"mode": mode},
    )
    for audience in audiences_about(SYSTEM, actor):
        live.publish(audience)
    live.wake("routing")


def forget_old_modes(*, actor: System) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete spells that ended more than seven days ago; returns how many."""
    gone, _rows = ModeSpell.objects.filter(until__lt=clock.now() - KEPT).delete()
    return gone
