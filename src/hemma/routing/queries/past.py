"""A week that has been, as facts for a replay: what came, who was planned, when it was open.

Only what the plan says about people: which modes somebody chose is theirs, and not looked at.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts
from hemma.core.routing.replay import Planned, Rules, Spans, Week
from hemma.desk import queries as desk
from hemma.desk.models import Case, Holding, Message, Queue
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.visibility import Asker, reads
from hemma.planning.models import Absence, Activity, ActivityKind, Shift
from hemma.routing.models import Capacity, OnCall, OutOfHours, QueueRules
from hemma.routing.queries.facts import settings_of
from hemma.routing.queries.languages import Speaking, speaking
from hemma.routing.queries.rules import rules_in_force

LENGTH = timedelta(days=7)
# What one answer takes where the week does not tell: between these, whatever was measured.
USUAL_S, LEAST_S, MOST_S = 600.0, 120.0, 3600.0
ENOUGH = 20  # answers, before their middle says anything


@reads(
    "desk.case",
    "planning.shift",
    "people.skills",
    "people.languages",
    "routing.on_call",
    "routing.limit",
)
def week_of(asker: Asker, queue: Queue, until: datetime) -> Week:
    """The seven days before `until` in all queues of the queue's team, in a fixed number of queries."""
    since = until - LENGTH
    queues = [row for row in desk.queues(asker) if row.team_id == queue.team_id]
    ids = [row.id for row in queues]
    members = people.agents_by_team(asker, [queue.team_id])
    own = {person: set(ids) for person, _team in members}
    called = _called(ids, since, until)
    asked = {person: set(spans) for person, spans in called.items()} | own
    spoken = speaking(asker, asked, {row.id: row.language for row in queues})
    return Week(
        starts_s=since.timestamp(),
        ends_s=until.timestamp(),
        people=_people(asker, own, called, spoken, since, until),
        contacts=_contacts(ids, spoken, since, until),
        opening={row.id: _opening(row, since, until) for row in queues},
        handling_s=_handling_s(ids, since, until),
    )


@reads("desk.case")
def rules_for(asker: Asker, week: Week, changed: QueueRules | None = None) -> Rules:
    """The rules of the week's queues as they are, with `changed` in the place of its queue's."""
    rules = rules_in_force(asker, week.opening)
    if changed is not None:
        rules[changed.queue_id] = changed
    asks = [queue for queue, one in rules.items() if one.out_of_hours == OutOfHours.ON_CALL]
    return Rules({queue: settings_of(one) for queue, one in rules.items()}, frozenset(asks))


def last_midnight(zone_name: str) -> datetime:
    """When the day began, where the queue is: a replay takes whole days."""
    here = clock.now().astimezone(ZoneInfo(zone_name))
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def _opening(row: desk.QueueRow, since: datetime, until: datetime) -> Spans:
    found = []
    for begin, end in row.opening.intervals(since):
        if begin >= until:
            break
        found.append((begin.timestamp(), end.timestamp()))
    return tuple(found) if row.opening.spans else ((since.timestamp(), until.timestamp()),)


def _contacts(
    queues: list[int], spoken: Speaking, since: datetime, until: datetime
) -> tuple[ContactFacts, ...]:
    earlier = Holding.objects.filter(
        case__customer=OuterRef("customer"), since__lt=OuterRef("opened_at")
    ).order_by("-since", "-pk")
    rows = (
        Case.objects.filter(
            queue__in=queues,
            opened_at__gte=since,
            opened_at__lt=until,
            channel__in=[Case.Channel.MAIL, Case.Channel.FORM],
        )
        .annotate(
            promise=Coalesce(F("first_promised_at"), F("promised_at")),
            earlier=Subquery(earlier.values("person")[:1]),
            written_in=F("arrival__language"),
            priority=F("arrival__priority"),
        )
        .select_related("queue__skill")
        .order_by("opened_at", "pk")
    )
    return tuple(_contact(row, spoken) for row in rows)


def _contact(row: Any, spoken: Speaking) -> ContactFacts:
    """`row` is a case with what `_contacts` says beside it."""
    skill, promise = row.queue.skill, row.promise
    return ContactFacts(
        id=row.pk,
        channel=Channel.MAIL,
        queue=row.queue_id,
        waiting_since_s=row.opened_at.timestamp(),
        target_s=max(1.0, row.queue.answer_within.total_seconds()),
        promised_s=promise.timestamp() if promise else None,
        skills={skill.code: row.queue.min_level} if skill else {},
        language=spoken.asked(row.queue_id, row.written_in or row.queue.language),
        urgency=row.priority or 0,
        earlier_person=row.earlier,
    )


def _handling_s(queues: list[int], since: datetime, until: datetime) -> float:
    """The middle time from taking a case to its first answer, of the team as a whole."""
    rows = (
        Holding.objects.filter(case__queue__in=queues, since__gte=since, since__lt=until)
        .annotate(
            answered=Min(
                "case__messages__at",
                filter=Q(case__messages__direction=Message.Direction.OUT)
                & Q(case__messages__at__gt=F("since")),
            )
        )
        .exclude(answered=None)
        .values_list("since", "answered")
    )
    took: list[float] = sorted((answered - taken).total_seconds() for taken, answered in rows)
    if len(took) < ENOUGH:
        return USUAL_S
    return min(MOST_S, max(LEAST_S, took[len(took) // 2]))


def _people(
    asker: Asker,
    queues_of: dict[int, set[int]],
    called: dict[int, dict[int, Spans]],
    spoken: Speaking,
    since: datetime,
    until: datetime,
) -> tuple[Planned, ...]:
    """`queues_of` the team's own people; the others are called in alone."""
    ids = sorted(queues_of | called)
    hours, open_spans = _hours(ids, since, until)
    skills, room = people.skills_of(asker, ids), _room(ids)
    return tuple(
        Planned(
            PersonFacts(
                id=person,
                mode=Mode.OFF,
                queues=frozenset(queues_of.get(person, ())),
                skills=skills.get(person, {}),
                languages=spoken.of_person[person],
                capacity={Channel.MAIL: room.get(person, settings.MAIL_AT_ONCE)},
            ),
            hours=hours.get(person, ()),
            open=open_spans.get(person, ()),
            on_call=called.get(person, {}),
        )
        for person in ids
    )


def _room(ids: list[int]) -> dict[int, int]:
    rows = Capacity.objects.filter(person__in=ids, channel=Channel.MAIL)
    return dict(rows.values_list("person_id", "at_once"))


def _called(queues: list[int], since: datetime, until: datetime) -> dict[int, dict[int, Spans]]:
    found: dict[int, dict[int, Spans]] = defaultdict(dict)
    rows = OnCall.objects.filter(queue__in=queues, starts_at__lt=until, ends_at__gt=since)
    for row in rows.filter(person__is_active=True).order_by("starts_at"):
        span = (row.starts_at.timestamp(), row.ends_at.timestamp())
        of = found[row.person_id]
        of[row.queue_id] = (*of.get(row.queue_id, ()), span)
    return found


def _hours(
    ids: list[int], since: datetime, until: datetime
) -> tuple[dict[int, Spans], dict[int, Spans]]:
    """Working hours and the parts of them in the queue, without days away. A shift that nobody has
    planned the parts of is in the queue all through."""
    inside = Q(starts_at__lt=until, ends_at__gt=since)
    shifts = list(Shift.objects.filter(inside, person__in=ids).order_by("starts_at"))
    away: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for gone in Absence.objects.filter(inside, person__in=ids):
        away[gone.person_id].append((gone.starts_at.timestamp(), gone.ends_at.timestamp()))
    parts: dict[int, list[Activity]] = defaultdict(list)
    for part in Activity.objects.filter(shift__in=shifts).order_by("starts_at"):
        parts[part.shift_id].append(part)
    hours: dict[int, Spans] = defaultdict(tuple)
    queue: dict[int, Spans] = defaultdict(tuple)
    for shift in shifts:
        gone_then = away[shift.person_id]
        own = parts.get(shift.pk)
        inside_queue = [p for p in own if p.kind == ActivityKind.QUEUE] if own else [shift]
        hours[shift.person_id] += without(_spans([shift]), gone_then)
        queue[shift.person_id] += without(_spans(inside_queue), gone_then)
    return hours, queue


def _spans(rows: Iterable[Shift | Activity]) -> Spans:
    return tuple((row.starts_at.timestamp(), row.ends_at.timestamp()) for row in rows)


def without(spans: Spans, gone: Iterable[tuple[float, float]]) -> Spans:
    """The spans less what lies in `gone`.

    >>> without(((0, 10), (20, 30)), [(5, 22)])
    ((0, 5), (22, 30))
    """
    for first, last in gone:
        cut: list[tuple[float, float]] = []
        for start, end in spans:
            cut += [(start, min(end, first))] if start < first else []
            cut += [(max(start, last), end)] if end > last else []
        spans = tuple((start, end) for start, end in cut if start < end)
    return spans
