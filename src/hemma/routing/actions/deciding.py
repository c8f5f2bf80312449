"""Deciding and offering.

One process decides at a time, any number may run: the decision holds an advisory lock until its
transaction ends. The database refuses what must never be (two open offers of one case or to one
person), so that even a fault here can't hand a case out twice.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from hemma.core import routing as policy
from hemma.desk.models import Case, Holding
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.planning import queries as planning
from hemma.routing import queries
from hemma.routing.actions import alarms
from hemma.routing.models import Offer, OnCall, QueueRules, Verdict
from hemma.workday import queries as workday

ANSWER_WITHIN = timedelta(seconds=90)
LOCK = 0x4845_4D4D  # any number, the same in every process


@transaction.atomic
def decide(*, actor: System = SYSTEM) -> int:
    """Take back offers that no longer stand, then offer what waits; returns how many were made.

    Returns 0 at once when another process is deciding.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    _take_back(actor)
    made = 0
    facts = queries.facts(actor)
    queue_of = {contact.id: contact.queue for contact in facts.contacts}
    open_queues = {queue.id for queue in facts.queues if queue.open_now}
    rules = queries.rules_in_force(actor, queue_of.values())
    known = {row.case_id: row for row in Verdict.objects.filter(case__in=queue_of)}
    decisions = policy.decide(facts)
    here = _still_here(actor, decisions, rules, queue_of)
    for decision in decisions:
        if decision.person is not None and decision.person not in here:
            continue  # just went elsewhere: whatever they did has woken the next turn
        if decision.reason(policy.ReasonCode.OFFER_OPEN):
            continue
        queue = queue_of[decision.contact]
        verdict = _remember(decision, queue, known.get(decision.contact))
        if decision.person is not None:
            _offer(decision, decision.person, queue, rules.get(queue))
            made += 1
        elif verdict.alarmed_at is None:
            if queue in open_queues:
                alarms.when_nobody_fits(verdict, decision)
            else:
                alarms.out_of_hours(verdict, rules.get(queue))
    return made


def _still_here(
    actor: System,
    decisions: Iterable[policy.Decision],
    rules: dict[int, QueueRules],
    queue_of: dict[int, int],
) -> set[int]:
    """Those chosen who are in an allowed mode this very moment, and stay so until the commit.

    Whoever changes mode locks their own row first. So nobody is ever offered anything after they
    have gone, however slow the database was since the facts were read. Nobody is waited for.
    """
    chosen = {one.person: queue_of[one.contact] for one in decisions if one.person is not None}
    ids = sorted(chosen)
    mine = Person.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=ids)
    locked = list(mine.order_by("pk").values_list("pk", flat=True))
    shifts = planning.shifts_now(actor, locked)
    modes = workday.modes_by_plan(actor, {person: shifts.get(person) for person in locked})
    return {
        person
        for person, mode in modes.items()
        if policy.Mode(mode) in _allowed(rules.get(chosen[person]))
    }


def _allowed(rules: QueueRules | None) -> frozenset[policy.Mode]:
    return (queries.settings_of(rules) if rules else policy.PolicySettings()).modes


def _take_back(actor: System) -> None:
    """Close open offers that ran out, or whose person or case is no longer there for them."""
    now = clock.now()
    open_offers = Offer.objects.select_for_update(of=("self",)).filter(state=Offer.State.OPEN)
    rows = list(open_offers.select_related("case", "person"))
    ids = [row.person_id for row in rows]
    working = planning.shifts_now(actor, ids)
    modes = workday.modes_by_plan(actor, {person: working.get(person) for person in ids})
    on_call = set(
        OnCall.objects.filter(person__in=ids, starts_at__lte=now, ends_at__gt=now).values_list(
            "person_id", flat=True
        )
    )
    rules = queries.rules_in_force(actor, [row.case.queue_id for row in rows])
    held = set(
        Holding.objects.filter(case__in=[row.case_id for row in rows], until=None).values_list(
            "case_id", flat=True
        )
    )
    for row in rows:
        allowed = _allowed(rules.get(row.case.queue_id))
        stands = policy.OpenOffer(
            mode=policy.Mode(modes[row.person_id]),
            at_work=row.person_id in working or row.person_id in on_call,
            contact_waits=row.case.state == Case.State.OPEN and row.case_id not in held,
            expires_s=row.expires_at.timestamp(),
        )
        ending = policy.ending_of(stands, allowed, now.timestamp())
        if ending is not None:
            close(row, ending)


def close(offer: Offer, state: str) -> None:
    """End an open offer; its person's page and the router hear of it."""
    offer.state = state
    offer.answered_at = clock.now()
    offer.save(update_fields=["state", "answered_at"])
    record(
        kind=f"routing.{state}",
        retention=Retention.CASE,
        actor=None,
        subject=offer.person,
        about=f"case:{offer.case_id}",
    )
    live.publish(f"person:{offer.person_id}", f"offer:{offer.person_id}")
    live.wake("routing")


def _remember(decision: policy.Decision, queue: int, known: Verdict | None) -> Verdict:
    """Keep the latest decision about a case; say so only when it says something new."""
    reasons = queries.reasons_as_data(decision.reasons)
    if known and known.person_id == decision.person and _codes(known.reasons) == _codes(reasons):
        return known
    verdict, _new = Verdict.objects.update_or_create(
        case_id=decision.contact,
        defaults={"at": clock.now(), "person_id": decision.person, "reasons": reasons},
    )
    live.publish(f"queue:{queue}", f"case:{decision.contact}")
    return verdict


def _codes(reasons: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(reason["code"], reason["why_not"]) for reason in reasons]


def _offer(decision: policy.Decision, person: int, queue: int, rules: QueueRules | None) -> None:
    now = clock.now()
    within = timedelta(seconds=rules.answer_within_s) if rules else ANSWER_WITHIN
    offer = Offer.objects.create(
        case_id=decision.contact,
        person_id=person,
        offered_at=now,
        expires_at=now + within,
        reasons=queries.reasons_as_data(decision.reasons),
    )
    record(
        kind="routing.offered",
        retention=Retention.CASE,
        actor=None,
        subject=offer.person,
        about=f"case:{decision.contact}",
        data={"version": decision.version, "reasons": offer.reasons},
    )
    live.publish(f"person:{person}", f"offer:{person}")
    live.publish(f"queue:{queue}")
