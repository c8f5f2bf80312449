"""Facts for the router, and what it decided, for those it concerns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Facts,
    Mode,
    PersonFacts,
    QueueFacts,
)
from hemma.desk import queries as desk
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.models import Person
from hemma.people.visibility import Asker, reads
from hemma.planning import queries as planning
from hemma.routing.models import Offer, Verdict
from hemma.workday import queries as workday

MAIL_AT_ONCE = 4  # cases of mail a person has in hand before no more are offered
FAIRNESS_DAY = timedelta(hours=16)  # longer than a shift, shorter than the night between two


@reads("workday.mode", "planning.shift", "people.skills", "desk.case", "routing.offer")
def facts(asker: Asker) -> Facts:
    """Everything a decision may look at, read in a fixed number of queries.

    Only queues where something waits, and only the people of their teams: in a large company most
    have nothing to do with most decisions.
    """
    now = clock.now()
    waiting = desk.waiting(asker)
    busy = {one.queue_id for one in waiting}
    queues = [queue for queue in desk.queues(asker) if queue.id in busy] if busy else []
    return Facts(
        now_s=now.timestamp(),
        people=_people(asker, queues, now),
        contacts=_contacts(waiting),
        queues=tuple(QueueFacts(id=queue.id, open_now=queue.open_at(now)) for queue in queues),
    )


def _people(
    asker: Asker, queues: Iterable[desk.QueueRow], now: datetime
) -> tuple[PersonFacts, ...]:
    teams: dict[int, set[int]] = defaultdict(set)
    for queue in queues:
        teams[queue.team_id].add(queue.id)
    of_person: dict[int, set[int]] = defaultdict(set)
    for person, team in people.agents_by_team(asker, teams):
        of_person[person] |= teams[team]
    ids = list(of_person)
    modes = workday.modes_now(asker, ids)
    shifts = planning.shifts_now(asker, ids)
    skills = people.skills_of(asker, ids)
    held = desk.held_counts(asker, ids)
    offers = _offers_of_today(now)
    return tuple(
        PersonFacts(
            id=person,
            mode=Mode(modes[person]),
            works_until_s=shifts[person].ends_at.timestamp() if person in shifts else None,
            queues=frozenset(of_person[person]),
            skills=skills.get(person, {}),
            load={Channel.MAIL: held.get(person, 0) + offers[person].open},
            capacity={Channel.MAIL: MAIL_AT_ONCE},
            open_offers=offers[person].open,
            assigned_today=offers[person].taken,
            available_today_s=(
                (now - shifts[person].starts_at).total_seconds() if person in shifts else 0.0
            ),
            last_assigned_s=offers[person].last_s,
        )
        for person in ids
    )


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


def _contacts(waiting: Iterable[desk.WaitingCase]) -> tuple[ContactFacts, ...]:
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


@reads("routing.offer")
def my_offer(asker: Asker) -> Offer | None:
    """What `asker` is asked to take right now."""
    if not isinstance(asker, Person):
        return None
    return (
        Offer.objects.filter(person=asker, state=Offer.State.OPEN, expires_at__gt=clock.now())
        .select_related("case__customer", "case__queue")
        .first()
    )


@reads("routing.offer")
def offer_to(asker: Asker, offer_id: int) -> Offer | None:
    """An offer made to `asker`, whatever has become of it."""
    if not isinstance(asker, Person):
        return None
    return Offer.objects.filter(pk=offer_id, person=asker).select_related("case").first()


@reads("routing.verdict", "desk.case")
def verdict_on(asker: Asker, number: int) -> Verdict | None:
    """The latest decision about a case that `asker` may see."""
    case: Case = desk.case_for(asker, number)
    return Verdict.objects.filter(case=case).select_related("person").first()


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
