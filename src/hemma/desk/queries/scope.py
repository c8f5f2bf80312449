"""The one place that says which cases exist for whom: those of one's own and one's led teams."""

from django.db.models import QuerySet

from hemma.desk.models import Case, Queue
from hemma.people.models import Person
from hemma.people.visibility import Asker, reads, standing


@reads("desk.case")
def cases_of(asker: Asker) -> QuerySet[Case]:
    """Every case that exists for `asker`."""
    if not isinstance(asker, Person):
        return Case.objects.all()
    return Case.objects.filter(queue__team__in=standing(asker).seen_teams)


@reads("desk.case")
def queues_of(asker: Asker) -> QuerySet[Queue]:
    """Every queue whose cases exist for `asker`."""
    if not isinstance(asker, Person):
        return Queue.objects.all()
    return Queue.objects.filter(team__in=standing(asker).seen_teams)


@reads("desk.case")
def queue_ids_of(asker: Asker) -> list[int]:
    """Ids of those queues, in order."""
    return list(queues_of(asker).order_by("pk").values_list("pk", flat=True))
