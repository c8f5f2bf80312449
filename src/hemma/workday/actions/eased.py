"""Lower demands for a while: openly longer promises, wider pauses, one case at a time, and an end."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk import actions as desk
from hemma.desk import queries as cases
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Membership, Person, Team
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import NotVisible, standing
from hemma.planning import actions as planning
from hemma.planning.days import day_bounds
from hemma.workday.models import Eased

LONGEST = timedelta(days=92)
AHEAD = timedelta(days=14)  # so far pauses are widened in the plan; what comes later follows
LONGER = 1.5  # what a team's customers are promised then, of the usual time


@transaction.atomic
def ease_team(*, actor: Person, team: Team, last_day: date, why: str) -> Eased:
    """From now until the end of `last_day` less is asked of `team`: every queue promises longer.

    Raises NotVisible unless `actor` leads the team, ValidationError (codes `why`, `day`, `eased`).
    """
    if team.pk not in standing(actor).led:
        raise NotVisible("workday.eased", f"team:{team.pk}")
    if Eased.objects.filter(team=team, ended_at=None).exists():
        raise ValidationError(_("It is eased already. End that first."), code="eased")
    row = _period(actor, last_day, why)
    row.team = team
    row.before = {}
    for queue in cases.queues_of_team(SYSTEM, team):
        row.before[str(queue.pk)] = int(queue.answer_within.total_seconds())
        longer = timedelta(seconds=round(queue.answer_within.total_seconds() * LONGER))
        desk.set_answer_within(actor=actor, queue=queue, answer_within=longer)
    row.save()
    _note("workday.eased", row, actor)
    return row


@transaction.atomic
def ease_person(*, actor: Person, person: Person, last_day: date, why: str) -> Eased:
    """From now until the end of `last_day` `person` has one case at a time. Raises as `ease_team`."""
    led = Membership.objects.filter(person=person, until=None, team__in=standing(actor).led)
    if not led.exists():
        raise NotVisible("workday.eased", f"person:{person.pk}")
    if Eased.objects.filter(person=person, ended_at=None).exists():
        raise ValidationError(_("It is eased already. End that first."), code="eased")
    row = _period(actor, last_day, why)
    row.person = person
    row.save()
    _note("workday.eased", row, actor)
    return row


@transaction.atomic
def keep_wide(*, actor: System = SYSTEM) -> int:
    """Widen the pauses of whoever is eased, also in what is planned meanwhile; returns how many."""
    now, wide = clock.now(), 0
    for row in Eased.objects.filter(ended_at=None, ends_at__gt=now):
        until = min(row.ends_at, now + AHEAD)
        wide += planning.widen_pauses(actor=actor, people=_whom(row), until=until)
    return wide


def _whom(row: Eased) -> set[int]:
    """Those a period is for (ids)."""
    if row.person_id is not None:
        return {row.person_id}
    members = Membership.objects.filter(team=row.team_id, until=None)
    return set(members.values_list("person_id", flat=True))


def _narrow(row: Eased) -> None:
    """Pauses are as they were planned again, unless another period still holds for the person."""
    others = Eased.objects.filter(ended_at=None, ends_at__gt=clock.now()).exclude(pk=row.pk)
    still = {person for other in others for person in _whom(other)}
    planning.narrow_pauses(actor=SYSTEM, people=_whom(row) - still)


def _period(actor: Person, last_day: date, why: str) -> Eased:
    if why not in Eased.Why.values:
        raise ValidationError(_("Choose one of the three."), code="why")
    now = clock.now()
    ends_at = day_bounds(last_day, actor.zone)[1]
    if not now < ends_at <= now + LONGEST:
        raise ValidationError(_("Choose a last day within three months."), code="day")
    return Eased(why=why, starts_at=now, ends_at=ends_at, last_day=last_day, set_by=actor)


@transaction.atomic
def end_eased(*, actor: Person, eased_id: int) -> None:
    """End a period before its last day. Raises NotVisible unless `actor` leads whom it is about."""
    row = Eased.objects.select_for_update(of=("self",)).filter(pk=eased_id, ended_at=None).first()
    if row is None or not _leads(actor, row):
        raise NotVisible("workday.eased", f"eased:{eased_id}")
    _end(row, actor)


def _leads(actor: Person, row: Eased) -> bool:
    led = standing(actor).led
    if row.team_id is not None:
        return row.team_id in led
    return Membership.objects.filter(person=row.person, until=None, team__in=led).exists()


@transaction.atomic
def end_what_is_over(*, actor: System = SYSTEM) -> int:
    """End the periods whose last day is over, and tell those they were for; returns how many."""
    rows = Eased.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at=None, ends_at__lte=clock.now()
    )
    ended = list(rows)
    for row in ended:
        _end(row, actor)
    return len(ended)


def _end(row: Eased, actor: Person | System) -> None:
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    for queue in cases.queues_of_team(SYSTEM, row.team) if row.team is not None else ():
        before = row.before.get(str(queue.pk))
        longer = before and timedelta(seconds=round(before * LONGER))
        # Whoever has chosen another time meanwhile means it.
        if before and queue.answer_within == longer:
            desk.set_answer_within(
                actor=actor, queue=queue, answer_within=timedelta(seconds=before)
            )
    _narrow(row)
    for person in Person.objects.filter(pk__in=_whom(row) | {row.set_by_id}, is_active=True):
        put_in_outbox(kind="workday.eased_ended", person=person, about=f"eased:{row.pk}")
    _note("workday.eased_ended", row, None if isinstance(actor, System) else actor)


def _note(kind: str, row: Eased, actor: Person | None) -> None:
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=actor,
        subject=row.person,
        about=f"eased:{row.pk}",
        data={"last_day": row.last_day.isoformat(), "why": row.why},
    )
    live.publish(f"team:{row.team_id}" if row.team_id else f"person:{row.person_id}")
    live.wake("routing")
    live.wake("hours")
