"""One fault, many cases, one answer to all."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import answering, bulk
from hemma.desk.actions.freedom import lock_free
from hemma.desk.actions.telling import tell
from hemma.desk.actions.undoing import way_back
from hemma.desk.models import Case, Incident, Queue
from hemma.desk.queries.incidents import incident_for
from hemma.desk.queries.scope import cases_of, queues_of
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import NotVisible


@transaction.atomic
def open_incident(*, actor: Person, queue: Queue, title: str) -> Incident:
    """Say that something is wrong for many at once."""
    if not queues_of(actor).filter(pk=queue.pk).exists():
        raise NotVisible("desk.case", f"queue:{queue.pk}")
    if not title.strip():
        raise ValidationError(_("Say what is wrong, in a few words."))
    return Incident.objects.create(queue=queue, title=title.strip()[:200], opened_at=clock.now())


@transaction.atomic
def put_in_incident(*, actor: Person, case: Case, incident: Incident | None) -> UUID:
    """Let a case be about an incident, or about none. Returns the way back."""
    if incident is not None:
        incident_for(actor, incident.pk)
    locked = lock_free(actor, case)
    with way_back(actor, [locked]) as way:
        locked.incident = incident
        locked.save(update_fields=["incident"])
    tell("case.incident", locked, actor=actor)
    return way.token


def answer_all(
    *,
    actor: Person,
    incident: Incident,
    numbers: Iterable[int],
    text: str,
    once: UUID,
    then: str,
    promised_at: datetime | None = None,
) -> bulk.Done:
    """Answer the incident's cases with these numbers alike, each checked as a single answer is.

    One that can't be answered keeps none of the others from it. The same `once` again sends
    nothing twice.
    """
    incident_for(actor, incident.pk)
    answering.check(text, then, promised_at)
    done = bulk.Done()
    cases = cases_of(actor).filter(incident=incident, number__in=list(numbers)).order_by("pk")
    for case in cases:
        with bulk.counted(done, case):
            answering.answer(
                actor=actor,
                case=case,
                text=text,
                once=uuid5(once, str(case.pk)),
                then=then,
                promised_at=promised_at,
            )
    return done


@transaction.atomic
def close_incident(*, actor: Person, incident: Incident) -> None:
    """Say that it is over; its cases stay as they are."""
    found = incident_for(actor, incident.pk)
    Incident.objects.filter(pk=found.pk, closed_at=None).update(closed_at=clock.now())
