"""Changing one's mode, being there or not, and forgetting modes in time."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.queries import audiences_about
from hemma.people.system import SYSTEM, System
from hemma.planning import actions as planning
from hemma.workday.actions import chat, gaps
from hemma.workday.actions import record as hours
from hemma.workday.actions.todos import forget_todos
from hemma.workday.models import AT_WORK, CHOSEN, Mode, ModeSpell, Presence
from hemma.workday.queries import KEPT, LOST_AFTER

TODOS_KEPT = timedelta(days=90)


@transaction.atomic
def set_mode(*, actor: Person, mode: str) -> Mode:
    """Put `actor` in `mode`, by their own choice alone; the same mode again changes nothing.

    No reason is asked, ever. Raises ValidationError for a mode that can't be chosen.
    """
    if mode not in CHOSEN:
        raise ValidationError(_("There is no such mode to choose."), code="mode")
    return _enter(actor, mode, chosen=True)


@transaction.atomic
def leave_part(*, actor: Person) -> bool:
    """`actor` takes cases although the plan says focus or a meeting now; whether they were in the queue.

    Nothing else is changed, so that `follow_plan` takes it back whole.
    """
    return _choose_anew(actor, clock.now())


@transaction.atomic
def follow_plan(*, actor: Person) -> Mode:
    """`actor` is in the queue, and out of it whenever the plan says so: as before they left a part."""
    if not _choose_anew(actor, None):
        _enter(actor, Mode.READY)
    return Mode.READY


def _choose_anew(actor: Person, chosen_at: datetime | None) -> bool:
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    mine = ModeSpell.objects.filter(person=actor, until=None, mode=Mode.READY)
    if not mine.update(chosen_at=chosen_at):
        return False
    _heard_of(actor, Mode.READY)
    _refresh(actor)
    return True


@transaction.atomic
def start_day(*, actor: Person) -> Mode:
    """`actor` is here: softly, with the warm-up first. *Ready* ends it early, time ends it anyway."""
    return _enter(actor, Mode.WARMUP)


@transaction.atomic
def begin_contact(*, actor: Person) -> Mode:
    """`actor` talks with a customer: nothing else comes, and no nudge is shown."""
    return _enter(actor, Mode.IN_CONTACT)


@transaction.atomic
def end_contact(*, actor: Person) -> Mode:
    """The talk is over; without one, nothing changes."""
    known = ModeSpell.objects.filter(person=actor, until=None).first()
    if known is None or known.mode != Mode.IN_CONTACT:
        return Mode(known.mode) if known else Mode.OFF
    before = ModeSpell.objects.filter(person=actor, until=known.since).order_by("-since").first()
    mode = _enter(actor, Mode.READY)
    if before is not None and before.mode == Mode.READY and before.chosen_at is not None:
        # The queue was chosen before the talk: a talk that runs into focus does not end it.
        ModeSpell.objects.filter(person=actor, until=None).update(chosen_at=before.chosen_at)
    return mode


def _enter(actor: Person, mode: str, *, chosen: bool = False) -> Mode:
    # The person's row, because the first time there is no spell to lock yet. Two browsers at once
    # come one after the other, and the last one's choice holds.
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if mode in AT_WORK:
        planning.begin_unplanned(actor=actor)
    now = clock.now()
    _heard_of(actor, mode)
    hours.follow(actor, mode)
    known = ModeSpell.objects.filter(person=actor, until=None).first()
    if (known.mode if known else Mode.OFF) == mode:
        return Mode(mode)
    if known:
        now = max(
            now, known.since
        )  # a clock that was set back must not end a spell before it began
        known.until = now
        known.save(update_fields=["until"])
    ModeSpell.objects.create(person=actor, mode=mode, since=now, chosen_at=now if chosen else None)
    gaps.follow(actor, mode)
    chat.follow(actor, mode)
    planning.follow_day(actor=actor, home=mode == Mode.OFF)
    _tell(actor, mode)
    return Mode(mode)


@transaction.atomic
def end_modes(*, actor: System, person: Person) -> bool:  # noqa: ARG001 - the system's own doing
    """Someone has left: they are in no mode any more. Returns whether they were in one."""
    now = clock.now()
    known = ModeSpell.objects.select_for_update().filter(person=person, until=None).first()
    if known is None:
        return False
    known.until = max(now, known.since)
    known.save(update_fields=["until"])
    hours.follow(person, Mode.OFF)
    chat.follow(person, Mode.OFF)
    planning.follow_day(actor=person, home=True)
    record(
        kind="workday.mode_ended",
        retention=Retention.MODE,
        actor=None,
        subject=person,
    )
    live.publish(f"person:{person.pk}")
    live.wake("routing")
    return True


@transaction.atomic
def close_forgotten(*, actor: System = SYSTEM) -> list[Person]:
    """End the days nobody said goodbye to, in the record and for everyone who looks; whose."""
    closed = hours.close_forgotten(actor=actor)
    for person in closed:
        end_modes(actor=actor, person=person)
    return closed


def _heard_of(actor: Person, mode: str) -> None:
    """A choice is an answer too; whoever goes home is not listened for any more."""
    mine = Presence.objects.filter(person=actor)
    if mode == Mode.OFF:
        mine.delete()
    else:
        mine.update(answered_at=clock.now(), is_lost=False)


@transaction.atomic
def answer_beat(*, actor: Person) -> None:
    """One of `actor`'s browsers is there. Which one, how many and for how long is not kept."""
    known = Presence.objects.select_for_update().filter(person=actor).first()
    Presence.objects.update_or_create(
        person=actor, defaults={"answered_at": clock.now(), "is_lost": False}
    )
    if known is not None and known.is_lost:
        _refresh(actor)


@transaction.atomic
def notice_lost(*, actor: System) -> int:  # noqa: ARG001 - nothing is journalled, on purpose
    """Have pages and the router see whose line has gone down; returns how many.

    It says nothing about the person, so it is written down nowhere.
    """
    quiet = Presence.objects.select_for_update(of=("self",), skip_locked=True).filter(
        is_lost=False,
        answered_at__lt=clock.now() - LOST_AFTER,
        person__mode_spells__until=None,
        person__mode_spells__mode__in=AT_WORK,
    )
    rows = list(quiet.select_related("person"))
    Presence.objects.filter(pk__in=[row.pk for row in rows]).update(is_lost=True)
    for row in rows:
        _refresh(row.person)
    return len(rows)


@transaction.atomic
def sick_today(*, actor: Person) -> None:
    """`actor` is away for the rest of today: no reason, nothing more comes, the mode is off."""
    planning.call_in_sick(actor=actor)
    set_mode(actor=actor, mode=Mode.OFF)


@transaction.atomic
def here_after_all(*, actor: Person) -> None:
    """Take *sick today* back; the mode is chosen when one starts."""
    planning.back_again(actor=actor)


def _refresh(person: Person) -> None:
    for audience in audiences_about(SYSTEM, person):
        live.publish(audience)
    live.wake("routing")


def _tell(actor: Person, mode: str) -> None:
    record(
        kind="workday.mode_chosen",
        retention=Retention.MODE,
        actor=actor,
        subject=actor,
        data={"mode": mode},
    )
    _refresh(actor)


def forget_old_modes(*, actor: System) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete spells that ended more than seven days ago; returns how many."""
    before = clock.now() - KEPT
    gone, _rows = ModeSpell.objects.filter(until__lt=before).delete()
    return gone + gaps.forget(before) + forget_todos(clock.now() - TODOS_KEPT)
