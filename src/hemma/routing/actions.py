"""Deciding, offering, and what the asked person answers.

One process decides at a time, any number may run: the decision holds an advisory lock until its
transaction ends. The database refuses what must never be (two open offers of one case or to one
person), so that even a fault here can't hand a case out twice.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hemma.core import routing as policy
from hemma.desk import actions as desk
from hemma.desk.models import Case, Holding
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import NotVisible
from hemma.routing import queries
from hemma.routing.models import Offer, Verdict
from hemma.workday import queries as workday

ANSWER_WITHIN = timedelta(seconds=90)
LOCK = 0x4845_4D4D  # any number, the same in every process


def _gone() -> str:
    return _("This one has gone on to someone else. Nothing is lost.")


class OfferGone(Exception):
    """The offer is no longer open: answered elsewhere, passed on, or too late."""


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
    for decision in policy.decide(facts):
        if decision.reason(policy.ReasonCode.OFFER_OPEN):
            continue
        _remember(decision, queue_of[decision.contact])
        if decision.person is not None:
            _offer(decision, decision.person, queue_of[decision.contact])
            made += 1
    return made


def _take_back(actor: System) -> None:
    """Close open offers that ran out, or whose person or case is no longer there for them."""
    now = clock.now()
    open_offers = Offer.objects.select_for_update(of=("self",)).filter(state=Offer.State.OPEN)
    rows = list(open_offers.select_related("case", "person"))
    modes = workday.modes_now(actor, [row.person_id for row in rows])
    held = set(
        Holding.objects.filter(case__in=[row.case_id for row in rows], until=None).values_list(
            "case_id", flat=True
        )
    )
    for row in rows:
        if (
            row.case.state != Case.State.OPEN
            or row.case_id in held
            or policy.Mode(modes[row.person_id]) not in policy.PolicySettings().modes
        ):
            _close(row, Offer.State.WITHDRAWN)
        elif row.expires_at <= now:
            _close(row, Offer.State.UNANSWERED)


def _close(offer: Offer, state: Offer.State) -> None:
    offer.state = state
    offer.answered_at = clock.now()
    offer.save(update_fields=["state", "answered_at"])
    live.publish(f"person:{offer.person_id}", f"offer:{offer.person_id}")
    live.wake("routing")


def _remember(decision: policy.Decision, queue: int) -> None:
    """Keep the latest decision about a case; say so only when it says something new."""
    reasons = queries.reasons_as_data(decision.reasons)
    known = Verdict.objects.filter(case=decision.contact).first()
    if known and known.person_id == decision.person and _codes(known.reasons) == _codes(reasons):
        return
    Verdict.objects.update_or_create(
        case_id=decision.contact,
        defaults={"at": clock.now(), "person_id": decision.person, "reasons": reasons},
    )
    live.publish(f"queue:{queue}", f"case:{decision.contact}")


def _codes(reasons: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(reason["code"], reason["why_not"]) for reason in reasons]


def _offer(decision: policy.Decision, person: int, queue: int) -> None:
    now = clock.now()
    offer = Offer.objects.create(
        case_id=decision.contact,
        person_id=person,
        offered_at=now,
        expires_at=now + ANSWER_WITHIN,
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


def _mine_and_open(actor: Person, offer_id: int) -> Offer:
    """The open offer, locked. Raises NotVisible for someone else's, OfferGone for a closed one."""
    offer = Offer.objects.select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None or offer.person_id != actor.pk:
        raise NotVisible("routing.offer", f"offer:{offer_id}", offer.person if offer else None)
    if offer.state != Offer.State.OPEN or offer.expires_at <= clock.now():
        raise OfferGone(_gone())
    return offer


@transaction.atomic
def accept(*, actor: Person, offer_id: int) -> Case:
    """Take the offered case in hand. Accepting what one has accepted already is fine."""
    settled = Offer.objects.filter(pk=offer_id, person=actor, state=Offer.State.ACCEPTED)
    done = settled.select_related("case").first()
    if done is not None:
        return done.case
    offer = _mine_and_open(actor, offer_id)
    _close(offer, Offer.State.ACCEPTED)
    case = offer.case
    if desk.take(actor=actor, case=case) != actor:  # somebody took it from the list meanwhile
        raise OfferGone(_gone())
    record(
        kind="routing.accepted",
        retention=Retention.CASE,
        actor=actor,
        subject=actor,
        about=f"case:{case.pk}",
    )
    return case


@transaction.atomic
def decline(*, actor: Person, offer_id: int) -> None:
    """Pass an offer on; nobody asks why."""
    offer = _mine_and_open(actor, offer_id)
    _close(offer, Offer.State.DECLINED)
