"""The four sides of a period, how they are counted, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemma.desk import spreadsheets
from hemma.insight import queries
from hemma.insight.balance import Balance, Line, heads, side_names
from hemma.insight.measures import MEASURES
from hemma.insight.telling import tell_file
from hemma.insight.visibility import evaluates
from hemma.people.models import Person
from hemma.people.visibility import NotVisible

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def me(request: HttpRequest) -> Person:
    """Who asks. Raises NotVisible for nobody."""
    if not isinstance(request.user, Person):
        raise NotVisible("insight.groups")
    return request.user


def _period(request: HttpRequest) -> int | None:
    asked = request.GET.get("period", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """All four sides together, what the place did apart from choice, and every group told of."""
    person = me(request)
    found = queries.balance(person, _period(request))
    context = {
        "found": found,
        "readings": queries.readings(person),
        "heads": heads(),
        "subjects": [(one, tell_file(one)) for one in queries.told_of_files(person)],
        "decision": next(iter(queries.decisions(person)), None),
        "empty_sides": side_names(),
        "evaluates": evaluates(person),
    }
    return render(request, "insight/home.html", context)


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """What is counted, by which formula, and what the figures cannot know."""
    queries.readings(me(request))
    return render(request, "insight/method.html", {"measures": MEASURES})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The page's groups as CSV or XLSX: rows of groups alone, hidden ones with their reason."""
    found = queries.balance(me(request), _period(request))
    wanted = "xlsx" if request.GET.get("as") == "xlsx" else "csv"
    titles = [_("Part"), _("Group"), _("Place"), _("n (people)"), *heads(), _("Hidden because")]
    rows = _rows(found) if found else []
    write = spreadsheets.as_xlsx if wanted == "xlsx" else spreadsheets.as_csv
    response = HttpResponse(
        write(titles, rows), content_type=XLSX if wanted == "xlsx" else "text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="hemma-groups.{wanted}"'
    return response


def _rows(found: Balance) -> list[list[str]]:
    parts = (
        (_("By site"), found.by_site),
        (_("By programme"), found.by_programme),
        (_("By month"), found.months),
    )
    return [_row(name, line) for name, lines in parts for line in lines]


def _row(name: str, line: Line) -> list[str]:
    cells = list(line.cells) or [""] * len(heads())
    return [name, line.group, line.place, line.n, *cells, line.hidden]
