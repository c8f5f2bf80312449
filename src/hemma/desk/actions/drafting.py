"""Answers that are being written, and who else looks at a case."""

from datetime import timedelta

from django.db import transaction

from hemma.desk.actions.noting import seen
from hemma.desk.models import Case, Draft, Looking
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.people.models import Person

LOOKS_FOR = timedelta(seconds=75)  # a page says so every 30 s


@transaction.atomic
def keep_draft(*, actor: Person, case: Case, text: str) -> None:
    """Keep what `actor` is writing, whoever has the case; empty words end the draft."""
    seen(actor, case)
    if not text.strip():
        Draft.objects.filter(case=case, person=actor).delete()
        return
    Draft.objects.update_or_create(
        case=case, person=actor, defaults={"text": mask(text)[:100_000], "at": clock.now()}
    )


@transaction.atomic
def look(*, actor: Person, case: Case) -> None:
    """Say that `actor` has the case open; those who have it open too are told, nobody else."""
    seen(actor, case)
    now = clock.now()
    gone = Looking.objects.filter(case=case, until__lt=now).delete()[0]
    _row, is_new = Looking.objects.update_or_create(
        case=case, person=actor, defaults={"until": now + LOOKS_FOR}
    )
    if is_new or gone:
        live.publish(f"queue:{case.queue_id}", f"looking:{case.pk}")


@transaction.atomic
def look_away(*, actor: Person, case: Case) -> None:
    """Say that `actor` has closed it."""
    seen(actor, case)
    if Looking.objects.filter(case=case, person=actor).delete()[0]:
        live.publish(f"queue:{case.queue_id}", f"looking:{case.pk}")


@transaction.atomic
def forget_looks(*, actor: Person | None = None) -> None:
    """Throw away everybody's looks that are over."""
    del actor
    Looking.objects.filter(until__lt=clock.now()).delete()
