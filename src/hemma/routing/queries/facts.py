"""Facts for the router, and what it decided, for those it concerns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Facts,
    Mode,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    SkillChoice,
)
from hemma.desk import queries as desk
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, reads
from hemma.planning import queries as planning
from hemma.routing.models import Capacity, Offer, OnCall, OutOfHours, PersonalLimit, QueueRules
from hemma.routing.queries.languages import Speaking, speaking
from hemma.routing.queries.rules import rules_in_force
from hemma.workday import queries as workday

FAIRNESS_DAY = timedelta(hours=16)  # longer than a shift, shorter than the night between two


@reads(
    "workday.mode",
    "workday.open_today",
    "workday.eased",
    "planning.shift",
    "people.skills",
    "people.languages",
    "desk.case",
    "routing.offer",
    "routing.limit",
)
def facts(asker: Asker) -> Facts:
    """Everything a decision may look at, read in a fixed number of queries.

    Only queues where something waits, and only the people of their teams: in a large company most
    have nothing to do with most decisions.
    """
    now = clock.now()
    waiting = desk.waiting(asker)
    busy = {one.queue_id for one in waiting}
    queues = [queue for queue in desk.queues(asker) if queue.id in busy] if busy else []
    rules = rules_in_force(asker, busy)
    on_call = _on_call(rules, now)
    of_person, called = _appointed(asker, queues, on_call)
    spoken = speaking(asker, _asked_for(of_person, on_call), {q.id: q.language for q in queues})
    return Facts(
        now_s=now.timestamp(),
        people=_people(asker, of_person, called, spoken, now),
        contacts=_contacts(waiting, spoken),
        queues=tuple(
            QueueFacts(
                id=queue.id,
                open_now=queue.open_at(now),
                on_call=frozenset(on_call.get(queue.id, ())),
                settings=settings_of(rules[queue.id]) if queue.id in rules else None,
            )
            for queue in queues
        ),
    )


def settings_of(rules: QueueRules) -> PolicySettings:
    """The policy's settings that a version of a queue's rules stands for."""
    modes = {Mode.READY, Mode.WRAP_UP} if rules.also_in_wrap_up else {Mode.READY}
    return PolicySettings(
        version=rules.version,
        modes=frozenset(modes),
        skill_choice=SkillChoice(rules.skill_choice),
        prefer_earlier_person=rules.prefer_earlier_person,
    )


def _on_call(rules: dict[int, QueueRules], now: datetime) -> dict[int, dict[int, datetime]]:
    """Queue → person → until when, for queues that ask someone on call while they are closed."""
    asking = [queue for queue, one in rules.items() if one.out_of_hours == OutOfHours.ON_CALL]
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    if asking:
        rows = OnCall.objects.filter(queue__in=asking, starts_at__lte=now, ends_at__gt=now)
        for row in rows.filter(person__is_active=True):
            found[row.queue_id][row.person_id] = row.ends_at
    return found


def _people(
    asker: Asker,
    of_person: dict[int, set[int]],
    called: dict[int, datetime],
    spoken: Speaking,
    now: datetime,
) -> tuple[PersonFacts, ...]:
    ids = list(of_person)
    shifts = planning.shifts_now(asker, ids)
    been_open = workday.open_for_s(SYSTEM, ids, now - FAIRNESS_DAY)
    modes = workday.modes_by_plan(asker, {person: shifts.get(person) for person in ids})
    skills = people.skills_of(asker, ids)
    held = desk.held_counts(asker, ids)
    offers = _offers_of_today(now)
    limits = _limits(ids, now)
    capacity = _capacity(ids)
    made = []
    for person in ids:
        shift, today = shifts.get(person), offers[person]
        until = shift.ends_at if shift else called.get(person)
        stop = shift.next_stop_at if shift else None
        made.append(
            PersonFacts(
                id=person,
                mode=Mode(modes[person]),
                works_until_s=until.timestamp() if until else None,
                next_stop_s=stop.timestamp() if stop else None,
                queues=frozenset(of_person[person]),
                skills=skills.get(person, {}),
                languages=spoken.of_person[person],
                load={Channel.MAIL: held.get(person, 0) + today.open},
                capacity=capacity[person],
                personal_limit=limits.get(person),
                open_offers=today.open,
                assigned_today=today.taken,
                available_today_s=_open_in(shift, been_open.get(person, 0.0), now),
                last_assigned_s=today.last_s,
            )
        )
    return tuple(made)


def _open_in(shift: planning.ShiftFacts | None, been_open_s: float, now: datetime) -> float:
    """How long somebody has been open for work in this shift."""
    return min(been_open_s, (now - shift.starts_at).total_seconds()) if shift else 0.0


def _appointed(
    asker: Asker, queues: Iterable[desk.QueueRow], on_call: dict[int, dict[int, datetime]]
) -> tuple[dict[int, set[int]], dict[int, datetime]]:
    """Whom each may be asked about: person → queues, and until when for those on call."""
    teams: dict[int, set[int]] = defaultdict(set)
    for queue in queues:
        teams[queue.team_id].add(queue.id)
    of_person: dict[int, set[int]] = defaultdict(set)
    for person, team in people.agents_by_team(asker, teams):
        of_person[person] |= teams[team]
    called: dict[int, datetime] = {}
    for by_person in on_call.values():
        for person, until in by_person.items():
            of_person.setdefault(person, set())
            called[person] = max(until, called.get(person, until))
    return of_person, called


def _asked_for(
    of_person: dict[int, set[int]], on_call: dict[int, dict[int, datetime]]
) -> dict[int, set[int]]:
    """All queues each may be asked about, those they are on call for among them."""
    found = {person: set(queues) for person, queues in of_person.items()}
    for queue, by_person in on_call.items():
        for person in by_person:
            found[person].add(queue)
    return found


def _limits(ids: list[int], now: datetime) -> dict[int, int]:
    rows = PersonalLimit.objects.filter(person__in=ids, until__gt=now)
    eased = dict.fromkeys(workday.eased_people(SYSTEM) & set(ids), 1)
    return dict(rows.values_list("person_id", "at_most")) | eased


def _capacity(ids: list[int]) -> dict[int, dict[Channel, int]]:
    usual = {Channel.MAIL: settings.MAIL_AT_ONCE}
    found = {person: dict(usual) for person in ids}
    rows = Capacity.objects.filter(person__in=ids)
    for person, channel, at_once in rows.values_list("person_id", "channel", "at_once"):
        found[person][Channel(channel)] = at_once
    return found


@dataclass(slots=True)
class _Today:
    """What one person was offered and took today."""

    open: int = 0
    taken: int = 0
    last_s: float | None = None


def _offers_of_today(now: datetime) -> dict[int, _Today]:
    since = now - FAIRNESS_DAY
    rows = Offer.objects.filter(offered_at__gte=since).values_list(
        "person_id", "state", "offered_at"
    )
    today: dict[int, _Today] = defaultdict(_Today)
    for person, state, at in rows:
        if state == Offer.State.OPEN:
            today[person].open += 1
        if state == Offer.State.ACCEPTED:
            today[person].taken += 1
            today[person].last_s = max(today[person].last_s or 0.0, at.timestamp())
    return today


def _contacts(waiting: Iterable[desk.WaitingCase], spoken: Speaking) -> tuple[ContactFacts, ...]:
    rows = list(waiting)
    answers = _answers([row.case_id for row in rows])
    return tuple(
        ContactFacts(
            id=row.case_id,
            channel=Channel.MAIL,
            queue=row.queue_id,
            waiting_since_s=row.waiting_since.timestamp(),
            target_s=max(1.0, row.answer_within.total_seconds()),
            promised_s=row.promised_at.timestamp() if row.promised_at else None,
            skills={row.skill: row.min_level} if row.skill else {},
            language=spoken.asked(row.queue_id, row.language),
            urgency=row.urgency,
            earlier_person=row.earlier_person_id,
            offered_to=answers[row.case_id].open_to,
            declined_by=frozenset(answers[row.case_id].declined),
            unanswered_by=frozenset(answers[row.case_id].unanswered),
        )
        for row in rows
    )


@dataclass(slots=True)
class _Answers:
    """Who was asked about one case before, and what came of it."""

    open_to: int | None
    declined: set[int]
    unanswered: set[int]


def _answers(cases: list[int]) -> dict[int, _Answers]:
    found: dict[int, _Answers] = defaultdict(lambda: _Answers(None, set(), set()))
    rows = Offer.objects.filter(case__in=cases).values_list("case_id", "person_id", "state")
    for case, person, state in rows:
        if state == Offer.State.OPEN:
            found[case].open_to = person
        elif state == Offer.State.DECLINED:
            found[case].declined.add(person)
        elif state == Offer.State.UNANSWERED:
            found[case].unanswered.add(person)
    return found


def reasons_as_data(reasons: Iterable[Any]) -> list[dict[str, Any]]:
    """Reasons of a decision as they are stored: codes and numbers."""
    return [
        {
            "code": str(reason.code),
            "numbers": {name: round(value, 3) for name, value in reason.numbers},
            "why_not": str(reason.why_not) if reason.why_not else None,
        }
        for reason in reasons
    ]
