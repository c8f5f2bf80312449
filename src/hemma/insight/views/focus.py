"""Focus in the teams: a part of the pages about hours, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemma.desk import spreadsheets
from hemma.insight import queries
from hemma.insight.focus import heads, sections
from hemma.insight.views.figures import XLSX, me


@require_GET
def focus(request: HttpRequest) -> HttpResponse:
    """Fragment: how much of each team's time was planned for focus, and was it, week by week."""
    found = sections(queries.focus_weeks(me(request)))
    return render(request, "insight/focus.html", {"sections": found, "heads": heads()})


@require_GET
def focus_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV or XLSX: teams and weeks, hidden ones with their reason."""
    found = sections(queries.focus_weeks(me(request)))
    wanted = "xlsx" if request.GET.get("as") == "xlsx" else "csv"
    titles = [_("Team"), *heads(), _("Hidden because")]
    rows = [
        [one.name, row.week, *(row.cells or [""] * (len(heads()) - 1)), row.hidden]
        for one in found
        for row in one.rows
    ]
    write = spreadsheets.as_xlsx if wanted == "xlsx" else spreadsheets.as_csv
    kind = XLSX if wanted == "xlsx" else "text/csv; charset=utf-8"
    response = HttpResponse(write(titles, rows), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="hemma-focus.{wanted}"'
    return response
