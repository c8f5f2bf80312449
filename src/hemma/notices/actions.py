"""Telling people, within the border of their working hours; writing to a colleague."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import OutboxMessage, Retention
from hemma.lib import clock, live
from hemma.notices.models import Muted, Notice, Sort, Word
from hemma.notices.queries import held_now, leads_person, neighbour
from hemma.people.models import Person
from hemma.people.queries import people_by_key
from hemma.people.system import SYSTEM, System
from hemma.workday.queries import State

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
    "workday.breaks_missed": Sort.PLAN,
    "workday.gap": Sort.PLAN,
    "workday.stepped_away": Sort.PLAN,
    "workday.past_hours": Sort.PLAN,
    "workday.legal_limit": Sort.PLAN,
    "workday.hours_proposed": Sort.PLAN,
    "workday.eased_ended": Sort.PLAN,
}
# Nobody mutes what is written to them by hand, or the list they are on by agreement.
MUTABLE = (Sort.CASE, Sort.CUSTOMER, Sort.WAITING, Sort.PLAN)
KEPT = timedelta(days=90)


@transaction.atomic
def take_in(*, actor: System, message: OutboxMessage) -> None:
    """Make a notice of a message of the outbox, unless its person does not want the kind."""
    sort = SORT_OF[message.kind]
    if message.person_key is None:
        return
    person = people_by_key(actor, [message.person_key]).get(message.person_key)
    if person is None or Muted.objects.filter(person=person, sort=sort).exists():
        return
    _hold(person, sort, message.kind, message.about)


def _hold(person: Person, sort: str, kind: str, about: str, word: Word | None = None) -> Notice:
    """Every notice begins held; the journal shows when it was, and when it was let through."""
    notice = Notice.objects.create(
        person=person, sort=sort, kind=kind, about=about, word=word, made_at=clock.now()
    )
    _note("notices.held", notice)
    live.wake("notices")
    return notice


@transaction.atomic
def let_through(*, actor: System = SYSTEM) -> int:
    """Show what waits for people who can be reached now; returns how many notices."""
    passed = held_now(actor)
    for notice in passed:
        # Two processes at once: the row is shown once.
        if not Notice.objects.filter(pk=notice.pk, shown_at=None).update(shown_at=clock.now()):
            continue
        _note("notices.shown", notice)
        live.publish(f"person:{notice.person_id}", f"notices:{notice.person_id}")
    return len(passed)


def _note(kind: str, notice: Notice) -> None:
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=None,
        subject=notice.person,
        about=f"notice:{notice.pk}",
        data={"sort": notice.sort},
    )


@transaction.atomic
def write_word(*, actor: Person, person: Person, text: str, urgent: bool = False) -> Word:
    """Leave `person` a word. It arrives when they can be reached, whoever writes.

    `urgent` is for who leads the person: it reaches them in focus, never at rest or when off.
    Raises NotVisible for somebody whom `actor` does not work with, ValidationError (codes `empty`,
    `urgent`).
    """
    to = neighbour(actor, person.pk)
    if not text.strip():
        raise ValidationError(_("Write something first."), code="empty")
    leads = leads_person(actor, person.pk)
    if urgent and not leads:
        raise ValidationError(_("Only who leads somebody writes urgently to them."), code="urgent")
    word = Word.objects.create(
        writer=actor,
        person=person,
        text=text,
        written_at=clock.now(),
        urgent=urgent,
        after_hours=leads and to.reach.state is State.OFF,
    )
    _hold(person, Sort.WORD, "notices.word", f"word:{word.pk}", word)
    return word


@transaction.atomic
def read_all(*, actor: Person) -> None:
    """`actor` has seen what is shown."""
    rows = Notice.objects.filter(person=actor, shown_at__isnull=False, read_at=None)
    if rows.update(read_at=clock.now()):
        live.publish(f"person:{actor.pk}", f"notices:{actor.pk}")


@transaction.atomic
def choose(*, actor: Person, wanted: set[str]) -> None:
    """Of what can be turned off, `actor` wants these kinds and no others."""
    Muted.objects.filter(person=actor, sort__in=wanted).delete()
    for sort in MUTABLE:
        if sort not in wanted:
            Muted.objects.get_or_create(person=actor, sort=sort)


def forget(*, actor: System = SYSTEM) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete notices and words older than promised; returns how many."""
    before = clock.now() - KEPT
    gone = Notice.objects.filter(made_at__lt=before).delete()[0]
    return gone + Word.objects.filter(written_at__lt=before).delete()[0]
