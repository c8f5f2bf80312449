"""Notes of overtime, extra time and being on call: one's own, and for the safety representative."""

import csv
import io
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hemma.lib import clock
from hemma.routing import words
from hemma.routing.queries import overtime
from hemma.routing.views import me
from hemma.workday.overtime import Sort
from hemma.workday.pay import in_hours


def _month(request: HttpRequest) -> tuple[date, date]:
    today = timezone.localtime(clock.now()).date()
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        first = today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own notes of a month."""
    return _page(request, me(request).pk)


@require_GET
def of_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody's notes of a month, for their safety representative."""
    return _page(request, person_id)


def _page(request: HttpRequest, person_id: int) -> HttpResponse:
    asker, (first, last) = me(request), _month(request)
    notes = overtime.notes_of(asker, person_id, first, last)
    context = {
        "notes": notes,
        "own": notes.person.pk == asker.pk,
        "rows": [(one, words.noted(one.sort)) for one in notes.rows],
        "sums": [(words.noted(sort), notes.sum_of(sort)) for sort in Sort],
        "limits": [(one, words.limit(one.name)) for one in notes.limits],
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
    }
    return render(request, "routing/overtime.html", context)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the site who has notes in a month, for the safety representative."""
    first, last = _month(request)
    found = overtime.people_with_notes(me(request), first, last)
    context = {
        "rows": [(one, [one.sum_of(sort) for sort in Sort]) for one in found],
        "sorts": [words.noted(sort) for sort in Sort],
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
    }
    return render(request, "routing/overtime_people.html", context)


@require_GET
def file(request: HttpRequest, person_id: int) -> HttpResponse:
    """The notes of a year as CSV, a line a note; clock times of the workplace's zone."""
    today = timezone.localtime(clock.now()).date()
    notes = overtime.notes_of(me(request), person_id, today.replace(month=1, day=1), today)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("date", "sort", "start", "end", "hours", "utc_offset"))
    for one in notes.rows:
        start, end = (at.astimezone(notes.person.zone) for at in (one.starts_at, one.ends_at))
        row = (start.date(), one.sort, f"{start:%H:%M}", end.strftime("%Y-%m-%d %H:%M"))
        writer.writerow((*row, in_hours(one.length), f"{start:%z}"))
    answer = HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="overtime-{today.year}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
