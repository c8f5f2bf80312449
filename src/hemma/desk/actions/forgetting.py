"""Cases whose time is over: what was counted stays, who it was goes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hemma.desk.models import (
    Attachment,
    Case,
    CaseWords,
    Customer,
    Decision,
    Draft,
    Invitation,
    Message,
    Note,
    OutgoingMail,
    Queue,
    RawMail,
    Withheld,
)
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.keeping import USUAL_CASE_MONTHS
from hemma.people.queries import case_months
from hemma.people.system import SYSTEM, System

NOBODY = "nobody@hemma.invalid"
AT_ONCE = 500
MONTH = timedelta(days=365.25 / 12)


def forget_old_cases(*, actor: System = SYSTEM) -> int:
    """Make nobody's the cases solved longer ago than their client's contract says; how many.

    Numbers, times, queue and who answered stay: all figures about the past come out the same.
    """
    gone = 0
    months = case_months(actor)
    for queue in Queue.objects.order_by("pk"):
        keep = months.get(queue.programme, USUAL_CASE_MONTHS)
        before = clock.now() - keep * MONTH
        done = AT_ONCE
        while done == AT_ONCE:
            done = _forget(queue, before)
            gone += done
    lost = RawMail.objects.filter(stored_at__lt=clock.now() - USUAL_CASE_MONTHS * MONTH)
    lost.filter(message=None).delete()
    return gone


@transaction.atomic
def _forget(queue: Queue, before: datetime) -> int:
    over = Case.objects.filter(queue=queue, state=Case.State.SOLVED, solved_at__lt=before)
    over = over.exclude(customer__email=NOBODY).select_for_update(of=("self",))
    cases = {case.pk: case.customer_id for case in over.order_by("pk")[:AT_ONCE]}
    if not cases:
        return 0
    _empty(Message.objects.filter(case__in=cases))
    for written in (Note, Draft, CaseWords):
        written._base_manager.filter(case__in=cases).delete()
    Decision.objects.filter(case__in=cases).update(what="", answer="")
    nobody, _new = Customer.objects.get_or_create(email=NOBODY, defaults={"name": ""})
    Case.objects.filter(pk__in=cases).update(subject="", customer=nobody)
    Customer.objects.filter(pk__in=set(cases.values()), cases=None).delete()
    record(
        kind="desk.cases_forgotten",
        retention=Retention.CASE,
        actor=None,
        about=f"queue:{queue.pk}",
        data={"cases": len(cases)},
    )
    return len(cases)


def _empty(messages: QuerySet[Message]) -> None:
    """Leave of each message that it was there, when, and in which direction."""
    ids = list(messages.values_list("pk", flat=True))
    raws = list(messages.exclude(raw=None).values_list("raw_id", flat=True))
    Attachment.objects.filter(message__in=ids).delete()
    for carried in (OutgoingMail, Invitation, Withheld):
        carried._base_manager.filter(message__in=ids).delete()
    Message.objects.filter(pk__in=ids).update(
        from_name="", from_address="", text="", quoted="", html="", message_id="", raw=None
    )
    RawMail.objects.filter(pk__in=raws).delete()
