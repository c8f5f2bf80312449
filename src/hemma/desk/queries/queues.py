"""What waits, where, and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery

from hemma.desk.models import Case, Holding, OpeningSpan, Queue
from hemma.desk.opening import Opening, Span
from hemma.desk.queries.scope import cases_of, queues_of
from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Team
from hemma.people.system import System
from hemma.people.visibility import Asker, reads


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue as the router sees it."""

    id: int
    name: str
    team_id: int
    language: str
    opening: Opening

    def open_at(self, at: datetime) -> bool:
        """Whether the queue is open at `at` (aware)."""
        return self.opening.is_open(at)


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """An open case that nobody has in hand, with what a decision about it may look at.

    `skill` is a skill's code or None; `language` the one it is written in, or its queue's where
    that is not known (yet); `urgency` 0 as usual to 3 before everything else, by the sorting
    rules; `earlier_person_id` who last had a case of this customer in hand.
    """

    case_id: int
    number: int
    queue_id: int
    skill: str | None
    min_level: int
    language: str
    urgency: int
    waiting_since: datetime
    promised_at: datetime | None
    answer_within: timedelta
    earlier_person_id: int | None


@dataclass(frozen=True, slots=True)
class Health:
    """How a queue is doing now: plain counts of things, nothing about people."""

    queue: Queue
    unheld: int
    in_hand: int
    late: int
    waiting_since: datetime | None
    is_open: bool


def _opening(queue: Queue, spans: list[OpeningSpan]) -> Opening:
    return Opening(queue.zone, tuple(Span(s.weekday, s.opens, s.closes) for s in spans))


@reads("desk.case")
def opening_of(_asker: Asker, queue: Queue) -> Opening:
    """The opening hours of one queue."""
    return _opening(queue, list(queue.opening.all()))


@once_a_page
@reads("desk.case")
def queues(asker: Asker) -> list[QueueRow]:
    """Every queue that exists for `asker`, with its opening hours."""
    return [
        QueueRow(
            id=queue.pk,
            name=queue.name,
            team_id=queue.team_id,
            language=queue.language,
            opening=_opening(queue, list(queue.opening.all())),
        )
        for queue in queues_of(asker).prefetch_related("opening").order_by("pk")
    ]


@reads("desk.case")
def waiting(asker: Asker) -> list[WaitingCase]:
    """Open cases without a holder, longest wait first. One query, however many there are."""
    held = Holding.objects.filter(case=OuterRef("pk"), until=None)
    earlier = Holding.objects.filter(case__customer=OuterRef("customer")).order_by("-since", "-pk")
    rows = (
        cases_of(asker)
        .filter(~Exists(held), state=Case.State.OPEN)
        .exclude(snoozed_until__gt=clock.now())
        .select_related("queue__skill")
        .annotate(
            earlier_person=Subquery(earlier.values("person")[:1]),
            written_in=F("arrival__language"),
            priority=F("arrival__priority"),
        )
        .order_by("waiting_since", "pk")
    )
    return [
        WaitingCase(
            case_id=case.pk,
            number=case.number,
            queue_id=case.queue_id,
            skill=case.queue.skill.code if case.queue.skill else None,
            min_level=case.queue.min_level,
            language=case.written_in or case.queue.language,
            urgency=case.priority or 0,
            waiting_since=case.waiting_since or case.opened_at,
            promised_at=case.promised_at,
            answer_within=case.queue.answer_within,
            earlier_person_id=case.earlier_person,
        )
        for case in rows
    ]


@reads("desk.case")
def queue_health(asker: Asker, team: Team | None = None) -> list[Health]:
    """How the queues that exist for `asker` are doing, of one team or all; by name."""
    now = clock.now()
    wanted = queues_of(asker).prefetch_related("opening").order_by("name")
    if team is not None:
        wanted = wanted.filter(team=team)
    held = Holding.objects.filter(case=OuterRef("pk"), until=None)
    counts = (
        cases_of(asker)
        .filter(state=Case.State.OPEN)
        .annotate(is_held=Exists(held))
        .values("queue")
        .annotate(
            unheld=Count("pk", filter=Q(is_held=False)),
            in_hand=Count("pk", filter=Q(is_held=True)),
            late=Count("pk", filter=Q(promised_at__lt=now)),
            since=Min("waiting_since", filter=Q(is_held=False)),
        )
    )
    by_queue: dict[int, dict[str, Any]] = {row["queue"]: dict(row) for row in counts}
    return [
        Health(
            queue=queue,
            unheld=by_queue.get(queue.pk, {}).get("unheld") or 0,
            in_hand=by_queue.get(queue.pk, {}).get("in_hand") or 0,
            late=by_queue.get(queue.pk, {}).get("late") or 0,
            waiting_since=by_queue.get(queue.pk, {}).get("since"),
            is_open=_opening(queue, list(queue.opening.all())).is_open(now),
        )
        for queue in wanted
    ]


@reads("desk.case")
def waiting_by_queue(asker: Asker) -> dict[str, int]:
    """Queue name → cases that wait for us, in hand or not."""
    open_now = Count("cases", filter=Q(cases__state=Case.State.OPEN))
    return dict(queues_of(asker).annotate(n=open_now).values_list("name", "n"))


@reads("desk.case")
def queues_of_team(_asker: System, team: Team) -> list[Queue]:
    """A team's queues by number, for Hemma's own work on all of them."""
    return list(Queue.objects.filter(team=team).order_by("pk"))
