"""Figures of a period, made once it is over."""

from hemma.insight import periods
from hemma.insight.models import Reading, Subject
from hemma.lib import clock
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import NotVisible
from hemma.workday.queries import focus_seen, record_begins


def count_due(*, actor: System = SYSTEM) -> int:
    """Count every period that is over and has not been told of; returns how many were stored.

    For the worker: loads arrays. A period in which nobody answered a customer is left out.
    """
    from hemma.insight.counting.work import count_work

    made = 0
    if not isinstance(actor, System):
        raise NotVisible("insight.groups")
    today = clock.now().date()
    for first, last in periods.due(today, record_begins(actor) or today):
        if Reading.objects.filter(subject=Subject.WORK, first=first, last=last).exists():
            continue
        data = count_work(first, last)
        if data is not None:
            _, new = Reading.objects.get_or_create(
                subject=Subject.WORK,
                first=first,
                last=last,
                file=None,
                defaults={"made_at": clock.now(), "data": data},
            )
            made += new
    return made


def count_focus_due(*, actor: System = SYSTEM) -> int:
    """Count every week of focus that is over and was added up whole; returns how many were stored.

    For the worker: loads arrays.
    """
    from hemma.insight.counting.focus import count_focus

    if not isinstance(actor, System):
        raise NotVisible("insight.groups")
    seen = focus_seen(actor)
    if seen is None:
        return 0
    begins, until = seen
    made = 0
    for first, last in periods.weeks_due(clock.now().date(), begins):
        if last > until or Reading.objects.filter(subject=Subject.FOCUS, first=first).exists():
            continue
        data = count_focus(first, last)
        if data is not None:
            _, new = Reading.objects.get_or_create(
                subject=Subject.FOCUS,
                first=first,
                last=last,
                file=None,
                defaults={"made_at": clock.now(), "data": data},
            )
            made += new
    return made
