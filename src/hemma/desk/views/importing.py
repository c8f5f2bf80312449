"""Bringing cases along from another program: choose a file, look, begin, see how far it came."""

import csv

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk import actions, queries, words
from hemma.desk.forms.importing import ExportFileForm, WhereForm
from hemma.desk.models import CaseImport
from hemma.desk.views.cases import me
from hemma.people.models import Person
from hemma.ui import toasts

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def case_imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; those that were read in before."""
    person = me(request)
    batches = queries.case_imports(person)
    form = ExportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            batch = actions.start_case_import(
                actor=person, file_name=chosen.name, content=chosen.read()
            )
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("desk:case_import", batch.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "batches": batches}
    return render(request, "desk/case_imports.html", context, status=status)


@require_http_methods(GET_OR_POST)
def case_import(request: HttpRequest, case_import_id: int) -> HttpResponse:
    """What a file would bring, and every row that can't be used; later, how far it has come."""
    person = me(request)
    batch = queries.case_import(person, case_import_id)
    form = WhereForm(
        request.POST or None,
        queues=queries.queues_to_fill(person),
        groups=queries.groups_of_import(person, batch),
    )
    if request.method == "POST" and form.is_valid():
        actions.begin_case_import(
            actor=person, batch_id=batch.pk, queue=form.target(), by_group=form.by_group()
        )
        return redirect("desk:case_import", batch.pk)
    context = {**_now(person, batch), "form": form, "bad": _bad(person, batch)}
    status = 422 if form.is_bound else 200
    return render(request, "desk/case_import.html", context, status=status)


def _now(person: Person, batch: CaseImport) -> dict[str, object]:
    return {"batch": batch, "counts": queries.counts_of_import(person, batch)}


def _bad(person: Person, batch: CaseImport) -> list[tuple[object, str]]:
    return [(row, words.why_bad(row.problem)) for row in queries.bad_rows(person, batch)]


@require_GET
def import_now(request: HttpRequest, case_import_id: int) -> HttpResponse:
    """The part of the page that moves while cases are brought in."""
    person = me(request)
    batch = queries.case_import(person, case_import_id)
    return render(request, "desk/import_now.html", _now(person, batch))


@require_GET
@never_cache
def import_rows(request: HttpRequest, case_import_id: int) -> HttpResponse:
    """Every row that can't be used, as a file."""
    person = me(request)
    batch = queries.case_import(person, case_import_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="rows.csv"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow([_("Place in the file"), _("Number"), _("Why")])
    for row in queries.bad_rows(person, batch, None):
        table.writerow([_harmless(row.place), _harmless(row.number), words.why_bad(row.problem)])
    return answer


def _harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


@require_POST
def undo_import(request: HttpRequest, case_import_id: int) -> HttpResponse:
    """Take a whole file back."""
    try:
        gone, stay = actions.undo_case_import(actor=me(request), batch_id=case_import_id)
    except ValidationError as refused:
        toasts.say(request, " ".join(refused.messages))
        return redirect("desk:case_import", case_import_id)
    said = ngettext("%(n)s case was taken back.", "%(n)s cases were taken back.", gone) % {
        "n": gone
    }
    if stay:
        said += " " + ngettext(
            "%(n)s stays: somebody has worked on it.",
            "%(n)s stay: somebody has worked on them.",
            stay,
        ) % {"n": stay}
    toasts.say(request, said)
    return redirect("desk:case_import", case_import_id)
