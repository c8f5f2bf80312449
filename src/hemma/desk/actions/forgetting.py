"""Cases whose time is over: what was counted stays, who it was goes."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from hemma.desk import beyond
from hemma.desk.models import (
    Acknowledged,
    Attachment,
    Bounced,
    Case,
    CaseWords,
    Customer,
    CustomerMerge,
    Decision,
    Draft,
    Holding,
    Invitation,
    Message,
    Note,
    OutgoingMail,
    Queue,
    RawMail,
    StaleCase,
    TakeBack,
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
DAY = timedelta(days=1)
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
    Acknowledged.objects.filter(at__lt=clock.now() - DAY).delete()
    CustomerMerge.objects.filter(at__lt=clock.now() - DAY).delete()
    if gone:
        forget_words()
    return gone


@transaction.atomic
def _forget(queue: Queue, before: datetime) -> int:
    over = Case.objects.filter(queue=queue, state=Case.State.SOLVED, solved_at__lt=before)
    over = over.exclude(customer__email=NOBODY).select_for_update(of=("self",))
    cases = {case.pk: case.customer_id for case in over.order_by("pk")[:AT_ONCE]}
    if not cases:
        return 0
    make_nobodys(cases)
    record(
        kind="desk.cases_forgotten",
        retention=Retention.CASE,
        actor=None,
        about=f"queue:{queue.pk}",
        data={"cases": len(cases)},
    )
    return len(cases)


def forget_cases(*, actor: System, cases: QuerySet[Case]) -> int:
    """Close all of `cases` and make them nobody's, whatever their state; how many.

    For a client that leaves. Nobody holds them any more, and no mail of theirs goes out.
    """
    del actor
    done = 0
    while batch := _close_some(cases.exclude(subject="", customer__email=NOBODY)):
        done += batch
    if done:
        forget_words()
    return done


@transaction.atomic
def _close_some(cases: QuerySet[Case]) -> int:
    rows = cases.select_for_update(of=("self",)).order_by("pk")[:AT_ONCE]
    found = {case.pk: case.customer_id for case in rows}
    now = clock.now()
    Holding.objects.filter(case__in=found, until=None).update(until=now)
    still = Case.objects.filter(pk__in=found).exclude(state=Case.State.SOLVED)
    still.update(state=Case.State.SOLVED, waiting_since=None, solved_at=now, changed_at=now)
    make_nobodys(found)
    return len(found)


def make_nobodys(cases: dict[int, int]) -> None:
    """Take everything out of cases (id → customer's id) that a customer wrote or is known by.

    Call it with the cases locked. Customers who have no case left go altogether.
    """
    _empty(Message.objects.filter(case__in=cases))
    for written in (Note, Draft, CaseWords, StaleCase):
        written._base_manager.filter(case_id__in=cases).delete()
    Decision.objects.filter(case__in=cases).update(what="", answer="")
    nobody, _new = Customer.objects.get_or_create(email=NOBODY, defaults={"name": ""})
    Case.objects.filter(pk__in=cases).update(subject="", customer=nobody)
    # The update has marked them to be made findable; there is nothing left to find.
    StaleCase.objects.filter(case_id__in=cases).delete()
    Customer.objects.filter(pk__in=set(cases.values()), cases=None).delete()


def forget_words() -> int:
    """Drop from the vocabulary of the search what stands in no case any more; how many words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM desk_word w WHERE NOT EXISTS (SELECT 1 FROM desk_casewords c"
            " WHERE c.words @@ quote_literal(w.word)::tsquery)"
        )
        return int(cursor.rowcount)


def _empty(messages: QuerySet[Message]) -> None:
    """Leave of each message that it was there, when, and in which direction."""
    ids = list(messages.values_list("pk", flat=True))
    beyond.empty(ids)
    raws = list(messages.exclude(raw=None).values_list("raw_id", flat=True))
    Attachment.objects.filter(message__in=ids).delete()
    for carried in (OutgoingMail, Invitation, Withheld, TakeBack):
        carried._base_manager.filter(message__in=ids).delete()
    Bounced.objects.filter(Q(note__in=ids) | Q(original__in=ids)).update(problem="")
    Message.objects.filter(pk__in=ids).update(
        from_name="", from_address="", text="", quoted="", html="", message_id="", raw=None
    )
    RawMail.objects.filter(pk__in=raws).delete()
