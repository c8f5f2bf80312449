"""Who has what in hand."""

from collections.abc import Iterable

from django.db.models import Count

from hemma.desk.models import Case, Holding
from hemma.desk.queries.scope import cases_of
from hemma.people.models import Person
from hemma.people.visibility import Asker, reads, visible_people


@reads("desk.holding")
def holder_of(asker: Asker, case: Case) -> Person | None:
    """Who has the case in hand now, if `asker` may know."""
    holding = (
        Holding.objects.filter(
            case=case, until=None, person__in=visible_people(asker, "desk.holding")
        )
        .select_related("person")
        .first()
    )
    return holding.person if holding else None


@reads("desk.holding")
def holdings_by_person(asker: Asker) -> dict[int, list[Case]]:
    """Person id → the cases they have in hand that exist for `asker`, next promise first."""
    rows = (
        Holding.objects.filter(
            until=None,
            person__in=visible_people(asker, "desk.holding"),
            case__in=cases_of(asker).exclude(state=Case.State.SOLVED),
        )
        .select_related("case__customer", "case__queue")
        .order_by("case__promised_at", "case_id")
    )
    found: dict[int, list[Case]] = {}
    for holding in rows:
        found.setdefault(holding.person_id, []).append(holding.case)
    return found


@reads("desk.holding")
def held_counts(asker: Asker, people: Iterable[int]) -> dict[int, int]:
    """Person id → how many cases that wait for us they have in hand; nobody with none."""
    rows = (
        Holding.objects.filter(
            until=None,
            case__state=Case.State.OPEN,
            person__in=visible_people(asker, "desk.holding").filter(pk__in=set(people)),
        )
        .values_list("person_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)
