"""The border: may this reach somebody now, until when, and if not, from when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hemma.lib import clock
from hemma.notices import digest
from hemma.notices.models import Device, Habit, Notice, Push, Sort, Way, Wish
from hemma.notices.queries import budget
from hemma.people.models import Membership, Person
from hemma.people.visibility import Asker, reads, standing
from hemma.planning import queries as planning
from hemma.routing import queries as routing
from hemma.workday import queries as workday

BEFORE_SHIFT = timedelta(minutes=15)
CALLED_FOR = timedelta(minutes=10)
LOOK_AGAIN = timedelta(minutes=15)
# They do not wait for room in an hour that is full: a person who is called, a promise that nobody
# can keep, hours that the law counts. So does what a leader wrote as urgent. They count as well.
AT_ONCE = frozenset({Sort.ON_CALL.value, Sort.WAITING.value, Sort.SLIP.value})
SOON = timedelta(minutes=1)  # too short before the next stop to send anything


@dataclass(frozen=True, slots=True)
class Gate:
    """`until`: open, and till when; None: shut. `opens_at`: when to ask again; None: never."""

    until: datetime | None = None
    opens_at: datetime | None = None


@reads("notices.notice")
def held_now(asker: Asker) -> list[Notice]:
    """Notices that wait and whose person can be reached now: at work, or called by the list.

    Through focus comes only what their leader wrote as urgent; through an hour that is full what
    cannot wait.
    """
    waiting = Notice.objects.filter(shown_at=None)
    called = routing.on_call_now(asker)
    # At night most of what waits is for people who are off: it is not even read.
    whose = set(waiting.values_list("person", flat=True))
    near = planning.shifts_now(asker, whose).keys() | called
    held = list(waiting.filter(person__in=near).select_related("person__site", "word"))
    people = {one.person_id for one in held}
    reached = workday.reach_of(asker, people)
    focused = {one for one in people if _at_work_in_quiet(reached[one])}
    full = budget.budgets(asker, people)
    heard = budget.sorts_that_interrupt(asker, people)
    return [
        one
        for one in held
        if (
            reached[one.person_id].state == workday.State.HERE
            and (full[one.person_id].opens_at is None or _comes_at_once(one, heard[one.person_id]))
        )
        or (one.sort == Sort.ON_CALL and one.person_id in called)
        or (one.word is not None and one.word.urgent and one.person_id in focused)
    ]


def _comes_at_once(notice: Notice, heard: set[str]) -> bool:
    """Whether it comes although the hour is full: it cannot wait, or it interrupts nobody.

    `heard`: the kinds that reach its person at work, on the page or on the phone.
    """
    urgent = notice.word is not None and notice.word.urgent
    return urgent or notice.sort in AT_ONCE or notice.sort not in heard


def _at_work_in_quiet(reach: workday.Reach) -> bool:
    """Whether they are in focus or work in peace, within their hours; nobody who rests."""
    return reach.state is workday.State.BUSY and not reach.rests


@reads("workday.mode", "planning.shift")
def gate(asker: Asker, person: Person, kind: str) -> Gate:
    """Whether a push of this kind may reach `person` now."""
    if kind == Push.Kind.REMINDER:
        return _before_shift(asker, person)
    now = clock.now()
    if kind == Push.Kind.ON_CALL and person.pk in routing.on_call_now(asker):
        return Gate(until=now + CALLED_FOR)
    reach = workday.reach_of(asker, [person.pk]).get(person.pk)
    shift = planning.shifts_now(asker, [person.pk]).get(person.pk)
    if reach is None:
        return Gate()
    if shift is None or reach.state is workday.State.OFF:
        trial_or_call = kind in {Push.Kind.TRIAL, Push.Kind.ON_CALL}
        return Gate(opens_at=None if trial_or_call else reach.opens_at or now + timedelta(days=1))
    if reach.state is workday.State.HERE:
        return Gate(
            until=min(shift.next_stop_at or shift.ends_at, shift.ends_at), opens_at=now + SOON
        )
    if kind == Push.Kind.URGENT and _at_work_in_quiet(reach):
        return Gate(until=shift.activity_ends_at or shift.ends_at, opens_at=now + SOON)
    return Gate(opens_at=reach.opens_at or now + LOOK_AGAIN)


def _before_shift(asker: Asker, person: Person) -> Gate:
    starts_at = planning.next_starts(asker, [person.pk]).get(person.pk)
    if starts_at is None or starts_at - clock.now() > BEFORE_SHIFT:
        return Gate()
    return Gate(until=starts_at)


@reads("planning.shift")
def starting_soon(asker: Asker) -> list[tuple[Person, datetime]]:
    """Who wants to be reminded of their shift, has a browser for it, and begins soon."""
    wish = Wish.objects.filter(sort=Sort.REMINDER, way=Way.PUSH, wanted=True)
    told = Device.objects.filter(person__in=wish.values("person"), person__is_active=True)
    people = {one.person_id: one.person for one in told.select_related("person__site")}
    starts = planning.next_starts(asker, people)
    soon = clock.now() + BEFORE_SHIFT
    return [(people[one], at) for one, at in sorted(starts.items()) if at <= soon]


@reads("workday.mode", "planning.shift")
def digests_due(asker: Asker) -> list[tuple[int, datetime]]:
    """Whose mail is due now, and the beginning of the shift it belongs to."""
    rows = Habit.objects.filter(mail_at__isnull=False, person__is_active=True)
    habits = {one.person_id: one for one in rows.select_related("person__site")}
    shifts = planning.shifts_now(asker, habits)
    reached = workday.reach_of(asker, shifts)
    now = clock.now()
    due = []
    for one, shift in sorted(shifts.items()):
        habit = habits[one]
        zone = habit.person.zone
        at = habit.mail_at and digest.due_at(
            habit.mail_at, shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
        )
        at_work = one in reached and reached[one].state is not workday.State.OFF
        if at and at <= now and at_work and habit.mailed_for != shift.starts_at:
            due.append((one, shift.starts_at))
    return due


@reads("workday.mode", "planning.shift")
def may_be_mailed(asker: Asker, person: Person) -> bool:
    """Whether `person` is at work now; a mail disturbs no focus, but it does disturb rest."""
    reach = workday.reach_of(asker, [person.pk]).get(person.pk)
    works = person.is_active and reach is not None and reach.state is not workday.State.OFF
    return works and person.pk in planning.shifts_now(asker, [person.pk])


@reads("people.membership")
def may_break_focus(asker: Person, person: Person) -> bool:
    """Whether `asker` leads a team of `person`'s, as its leader or their substitute."""
    led = standing(asker).led
    inside = Membership.objects.filter(person=person, team__in=led, until=None)
    return person.pk != asker.pk and inside.exists()
