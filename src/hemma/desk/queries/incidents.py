"""Incidents and their cases."""

from django.db.models import Count, Q, QuerySet

from hemma.desk.models import Case, Incident
from hemma.desk.queries.scope import cases_of, queues_of
from hemma.people.visibility import Asker, NotVisible, reads


def _incidents(asker: Asker) -> QuerySet[Incident]:
    return Incident.objects.filter(queue__in=queues_of(asker)).select_related("queue__team")


@reads("desk.case")
def incident_for(asker: Asker, incident_id: int) -> Incident:
    """An incident that exists for `asker`. Raises NotVisible (404) otherwise."""
    found = _incidents(asker).filter(pk=incident_id).first()
    if found is None:
        raise NotVisible("desk.case", f"incident:{incident_id}")
    return found


@reads("desk.case")
def incidents(asker: Asker) -> list[Incident]:
    """Incidents under way first, then the latest that are over; `waiting` counts open cases."""
    waiting = Count("cases", filter=Q(cases__state=Case.State.OPEN))
    rows = _incidents(asker).annotate(waiting=waiting, all_cases=Count("cases"))
    return list(rows.order_by("closed_at", "-opened_at")[:50])


@reads("desk.case")
def open_incidents(asker: Asker) -> list[Incident]:
    """Incidents under way, newest first."""
    return list(_incidents(asker).filter(closed_at=None).order_by("-opened_at"))


@reads("desk.case")
def cases_of_incident(asker: Asker, incident: Incident) -> list[Case]:
    """Its cases that exist for `asker`, those that wait first."""
    rows = cases_of(asker).filter(incident=incident).select_related("customer", "queue")
    return list(rows.order_by("-waiting_since", "pk"))
