"""Every notice begins held, and is let through when its person can be reached."""

from datetime import timedelta

from django.db import connection, transaction

from hemma.journal.actions import record
from hemma.journal.models import OutboxMessage, Retention
from hemma.lib import clock, live
from hemma.notices.actions.queueing import queue_push
from hemma.notices.models import Device, Notice, Push, Sort, Word
from hemma.notices.queries import held_now, is_wanted
from hemma.people.models import Person
from hemma.people.queries import people_by_key
from hemma.people.system import SYSTEM, System

SORT_OF = {
    "case.mentioned": Sort.CASE,
    "case.decision_asked": Sort.CASE,
    "case.decision_answered": Sort.CASE,
    "desk.reading_asked": Sort.CASE,
    "desk.reading_told": Sort.CASE,
    "portal.thanks": Sort.CUSTOMER,
    "routing.nobody_fits": Sort.WAITING,
    "routing.looked_after": Sort.PLAN,
    "routing.on_call": Sort.ON_CALL,
    "support.slip_closed": Sort.PLAN,
    "support.slip_told": Sort.SLIP,
    "workday.breaks_missed": Sort.PLAN,
    "workday.gap": Sort.PLAN,
    "workday.stepped_away": Sort.PLAN,
    "workday.past_hours": Sort.PLAN,
    "workday.legal_limit": Sort.PLAN,
    "workday.hours_proposed": Sort.PLAN,
    "workday.eased_ended": Sort.PLAN,
}
KEPT = timedelta(days=90)
LOCK = 7_002_060  # an advisory lock of this database


@transaction.atomic
def take_in(*, actor: System, message: OutboxMessage) -> None:
    """Make a notice of a message of the outbox, unless its person wants the kind in no way."""
    sort = SORT_OF[message.kind]
    if message.person_key is None:
        return
    person = people_by_key(actor, [message.person_key]).get(message.person_key)
    if person is not None and is_wanted(actor, person, sort):
        hold(actor=actor, person=person, sort=sort, kind=message.kind, about=message.about)


def hold(
    *,
    actor: System = SYSTEM,
    person: Person,
    sort: str,
    kind: str,
    about: str,
    word: Word | None = None,
) -> Notice:
    """The journal shows when it was held, and when it was let through."""
    del actor
    notice = Notice.objects.create(
        person=person, sort=sort, kind=kind, about=about, word=word, made_at=clock.now()
    )
    note("notices.held", notice)
    live.wake("notices")
    return notice


@transaction.atomic
def let_through(*, actor: System = SYSTEM) -> int:
    """Show what waits for people who can be reached now; returns how many notices.

    One process at a time, so that two of them do not spend the same room in somebody's hour.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    passed, now = held_now(actor), clock.now()
    for notice in passed:
        # Two processes at once: the row is shown once.
        if not Notice.objects.filter(pk=notice.pk, shown_at=None).update(shown_at=now):
            continue
        note("notices.shown", notice)
        live.publish(f"person:{notice.person_id}", f"notices:{notice.person_id}")
        queue_push(actor=actor, person=notice.person, sort=notice.sort, kind=_push_kind(notice))
    return len(passed)


def _push_kind(notice: Notice) -> Push.Kind:
    if notice.sort == Sort.ON_CALL:
        return Push.Kind.ON_CALL
    is_urgent = notice.word is not None and notice.word.urgent
    return Push.Kind.URGENT if is_urgent else Push.Kind.NEWS


def note(kind: str, notice: Notice) -> None:
    """Into the journal, without a word of what it was about."""
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=None,
        subject=notice.person,
        about=f"notice:{notice.pk}",
        data={"sort": notice.sort},
    )


def forget(*, actor: System = SYSTEM) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete notices and words older than promised, and browsers of who has left; how many."""
    before = clock.now() - KEPT
    gone = Notice.objects.filter(made_at__lt=before).delete()[0]
    gone += Word.objects.filter(written_at__lt=before).delete()[0]
    return gone + Device.objects.filter(person__is_active=False).delete()[0]
