"""Day templates: saved from a day that was planned, put on the weekdays of a coming week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemma.core.grid import Interval
from hemma.core.rules import Severity, Timeline, WorkItem, WorkKind, builtin, check
from hemma.lib import clock, law_words
from hemma.people.keeping import country_of
from hemma.people.models import Membership, Person, Team
from hemma.people.visibility import Asker, NotVisible
from hemma.planning.actions.shifts import Part, add_shift
from hemma.planning.actions.telling import check_may_plan
from hemma.planning.days import day_bounds
from hemma.planning.models import ActivityKind, DayTemplate, Shift, TemplatePart
from hemma.planning.queries import PlannedActivity, day_of

AROUND = timedelta(days=14)  # what the law looks at of the plan around the week
_KINDS = {
    ActivityKind.RAST: WorkKind.RAST,
    ActivityKind.PAUSE: WorkKind.PAUS,
    ActivityKind.RECESS: WorkKind.PAUS,
    ActivityKind.FIKA: WorkKind.PAUS,
}


@transaction.atomic
def save_template(
    *,
    actor: Asker,
    team: Team,
    person: Person,
    day: date,
    name: str,
    weekdays: Sequence[int],
    only_for: bool = False,
) -> DayTemplate:
    """Keep `person`'s planned `day` as a template of `team`, for `weekdays` (0 Monday).

    `only_for`: for that person alone. Raises PermissionDenied as planning does, ValidationError
    (codes `empty`, `name`, `weekdays`).
    """
    check_may_plan(actor, person)
    plan = day_of(actor, person, day)
    if plan.shift is None:
        raise ValidationError(_("Nothing is planned on that day."), code="empty")
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise ValidationError(_("Choose at least one weekday."), code="weekdays")
    if DayTemplate.objects.filter(team=team, name=name.strip()).exists():
        raise ValidationError(_("The team has a template of that name."), code="name")
    start = plan.shift.starts_at
    template = DayTemplate.objects.create(
        name=name.strip(),
        team=team,
        person=person if only_for else None,
        starts=start.astimezone(person.zone).time(),
        minutes=_minutes(plan.shift.ends_at - start),
        place_type=plan.shift.place_type,
        weekdays=sorted(set(weekdays)),
        made_at=clock.now(),
    )
    _keep_parts(template, [x for x in plan.activities if x.ends_at <= plan.shift.ends_at], start)
    return template


def _keep_parts(template: DayTemplate, parts: Sequence[PlannedActivity], start: datetime) -> None:
    TemplatePart.objects.bulk_create(
        TemplatePart(
            template=template,
            kind=one.kind,
            from_min=_minutes(one.starts_at - start),
            until_min=_minutes(one.ends_at - start),
        )
        for one in parts
    )


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


@transaction.atomic
def apply_template(
    *, actor: Asker, template: DayTemplate, people: Iterable[Person], monday: date
) -> int:
    """Plan the template's weekdays of the week from `monday`; returns how many days were made.

    A day that has a shift already stays as it is. Everything or nothing: raises ValidationError
    (code `law`, in words with the paragraph) when a rule of law would stop a person's week,
    PermissionDenied for somebody whom `actor` does not plan for.
    """
    made = 0
    for person in people:
        if template.person_id not in (None, person.pk) or not _belongs(person, template):
            raise NotVisible("planning.shift", f"person:{person.pk}")
        before = _stops(person, monday)
        for number in template.weekdays:
            made += _put(actor, template, person, monday + timedelta(days=number))
        broken = [one for one in _stops(person, monday) if one not in before]
        if broken:
            paragraph, why = broken[0]
            raise ValidationError(
                _("%(name)s: %(why)s (%(paragraph)s)"),
                code="law",
                params={"name": person.first_name, "why": why, "paragraph": paragraph},
            )
    return made


def _belongs(person: Person, template: DayTemplate) -> bool:
    return Membership.objects.filter(person=person, until=None, team=template.team_id).exists()


def _put(actor: Asker, template: DayTemplate, person: Person, day: date) -> int:
    first, last = day_bounds(day, person.zone)
    if Shift.objects.filter(person=person, starts_at__gte=first, starts_at__lt=last).exists():
        return 0
    start = datetime.combine(day, template.starts, person.zone)
    add_shift(
        actor=actor,
        person=person,
        starts_at=start,
        ends_at=_after(start, template.minutes),
        place_type=template.place_type,
        activities=[_part(start, one) for one in template.parts.all()],
    )
    return 1


def _after(start: datetime, minutes: int) -> datetime:
    """So many true minutes later: a night's length does not follow the clock."""
    return start.astimezone(clock.now().tzinfo) + timedelta(minutes=minutes)


def _part(start: datetime, one: TemplatePart) -> Part:
    return one.kind, _after(start, one.from_min), _after(start, one.until_min), ""


def _stops(person: Person, monday: date) -> list[tuple[str, str]]:
    """What the law stops in the weeks around: the paragraph, and why in words."""
    start, end = day_bounds(monday, person.zone)[0], day_bounds(monday, person.zone)[1]
    shifts = Shift.objects.filter(
        person=person, ends_at__gt=start - AROUND, starts_at__lt=end + AROUND
    ).prefetch_related("activities")
    rows = [(WorkKind.SHIFT, one.starts_at, one.ends_at) for one in shifts]
    rows += [
        (_KINDS[ActivityKind(part.kind)], part.starts_at, part.ends_at)
        for one in shifts
        for part in one.activities.all()
        if part.kind in _KINDS
    ]
    country = country_of(person).lower()
    pack = country if any(known.id == country for known in builtin().packs) else "eu"
    items = tuple(
        WorkItem(number, kind, Interval(a, b)) for number, (kind, a, b) in enumerate(rows, 1)
    )
    flags = check(Timeline(person.pk, pack, person.zone, items), builtin())
    language = get_language() or "en"
    return [
        (flag.paragraph, law_words.why(language, flag.rule, flag.numbers))
        for flag in flags
        if flag.severity is Severity.STOPS
    ]


@transaction.atomic
def drop_template(*, actor: Asker, template: DayTemplate) -> None:  # noqa: ARG001 - found by them
    """Throw a template away; what was planned from it stays."""
    template.delete()
