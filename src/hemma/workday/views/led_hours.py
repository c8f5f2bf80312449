"""A team's hours for who leads it, how they go in groups, and the files for pay."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hemma.lib import clock
from hemma.people.models import Role
from hemma.people.visibility import has_role
from hemma.planning.days import monday_of
from hemma.workday import pay, queries
from hemma.workday.views.day import me
from hemma.workday.views.hours import as_file, month_of


@require_GET
def led_hours(request: HttpRequest, team_id: int | None = None) -> HttpResponse:
    """Start, end and rast of a led team week by week, and what waits for an answer."""
    person = me(request)
    team, teams = queries.led_team(person, team_id)
    monday = _monday(request)
    sunday = monday + timedelta(days=6)
    rows = queries.hours_of_team(person, team, monday, sunday)
    context = {
        "team": team,
        "teams": teams,
        "rows": rows,
        "monday": monday,
        "sunday": sunday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "month": monday.strftime("%Y-%m"),
        "waiting": queries.open_corrections(person, [row.person.pk for row in rows]),
        "trend": queries.hours_trend(person, team),
    }
    return render(request, "workday/led_hours.html", context)


def _monday(request: HttpRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = timezone.localtime(clock.now()).date()
    return monday_of(asked)


@require_GET
def trend(request: HttpRequest) -> HttpResponse:
    """How hours go in every team, in groups alone: for managers and safety representatives."""
    person = me(request)
    today = timezone.localtime(clock.now()).date()
    context = {
        "rows": queries.hours_trends(person),
        "pays": has_role(person, Role.MANAGER),
        "month": today.strftime("%Y-%m"),
    }
    return render(request, "workday/hours_trend.html", context)


@require_GET
def pay_file(request: HttpRequest, kind: str, team_id: int | None = None) -> HttpResponse:
    """Hours of a month for pay, as CSV or PAXml: a led team's, or everybody's for the manager."""
    person = me(request)
    first, last = month_of(request)
    found = queries.hours_for_pay(person, team_id, first, last)
    rows = [pay.PayRow(*row) for row in found]
    name = f"hours-{first:%Y-%m}"
    if kind == "csv":
        return as_file(pay.pay_csv(rows), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "paxml":
        local = timezone.localtime(clock.now())
        content = pay.paxml(rows, made_at=local)
        return as_file(content, "application/xml", f"{name}.pax")
    raise Http404
