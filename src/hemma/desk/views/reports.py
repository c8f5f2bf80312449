"""The page of figures, and the same as a file."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemma.desk import queries, spreadsheets
from hemma.desk.forms.customers import PeriodForm
from hemma.desk.queries.reports import COLUMNS, Line
from hemma.desk.views.cases import me
from hemma.lib import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _words() -> dict[str, str]:
    """Each column's heading."""
    return {
        "name": _("Queue or programme"),
        "opened": _("Came"),
        "solved": _("Solved"),
        "answered_h": _("First answer, hours (middle)"),
        "slow_h": _("First answer, hours (nine of ten within)"),
        "kept": _("Promises kept, %"),
        "at_once": _("Solved by the first answer, %"),
        "open_now": _("Open now"),
        "day": _("under a day"),
        "three_days": _("1 to 3 days"),
        "week": _("3 to 7 days"),
        "older": _("over 7 days"),
    }


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Volume, answer times, promises and backlog, by queue or programme; nobody's own figures."""
    person = me(request)
    today = timezone.localtime(clock.now()).date()
    usual: dict[str, Any] = {"first": today - timedelta(days=27), "last": today, "by": "queue"}
    asked = {name: request.GET.get(name) or value for name, value in usual.items()}
    form = PeriodForm(asked)
    chosen = form.cleaned_data if form.is_valid() else usual
    lines = queries.report(person, chosen["first"], chosen["last"], chosen["by"])
    head = _words()
    wanted = request.GET.get("as", "")
    if form.is_valid() and wanted in {"csv", "xlsx"}:
        return _file(wanted, lines, head)
    bars = queries.volume(person, chosen["first"], chosen["last"])
    context = {
        "form": form,
        "lines": lines,
        "head": [head[name] for name in COLUMNS],
        "bars": bars,
        "most": max((one.opened for one in bars), default=0),
        "last_bar": bars[-1] if bars else None,
        "kept_query": f"first={chosen['first']}&last={chosen['last']}&by={chosen['by']}",
    }
    return render(request, "desk/reports.html", context, status=200 if form.is_valid() else 422)


def _file(wanted: str, lines: list[Line], head: dict[str, str]) -> HttpResponse:
    rows = [[getattr(line, name) for name in COLUMNS] for line in lines]
    titles = [head[name] for name in COLUMNS]
    write = spreadsheets.as_csv if wanted == "csv" else spreadsheets.as_xlsx
    kind = "text/csv; charset=utf-8" if wanted == "csv" else XLSX
    response = HttpResponse(write(titles, rows), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="hemma-cases.{wanted}"'
    return response
