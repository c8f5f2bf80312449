"""Figures of a period, made once it is over."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

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

    if not isinstance(actor, System):
        raise NotVisible("insight.groups")
    today = clock.now().date()
    spans = periods.due(today, record_begins(actor) or today)
    return _count_each(Subject.WORK, spans, count_work)


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
    weeks = periods.weeks_due(clock.now().date(), begins)
    return _count_each(Subject.FOCUS, (one for one in weeks if one[1] <= until), count_focus)


def _count_each(
    subject: Subject,
    spans: Iterable[tuple[date, date]],
    count: Callable[[date, date], dict[str, Any] | None],
) -> int:
    """Store what is counted of each span that has not been told of; how many were."""
    made = 0
    for first, last in spans:
        if Reading.objects.filter(subject=subject, first=first, last=last).exists():
            continue
        data = count(first, last)
        if data is not None:
            _, new = Reading.objects.get_or_create(
                subject=subject,
                first=first,
                last=last,
                file=None,
                defaults={"made_at": clock.now(), "data": data},
            )
            made += new
    return made
