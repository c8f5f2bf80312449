"""The record of processing for each client: to read, to change, to take along."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemma.people import actions, queries
from hemma.people.models import ProcessingRecord, Role
from hemma.people.processing_forms import ProcessingForm
from hemma.people.views.my_sign_in import signed_in
from hemma.people.visibility import has_role
from hemma.ui.toasts import say

COLUMNS = (
    "programme", "client", "client_contact", "purpose", "categories", "sub_processors",
    "transfers", "keep_months", "changed_at",
)  # fmt: skip


@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """What is done with the data of each client's customers."""
    may_write = has_role(signed_in(request), Role.ADMINISTRATOR, Role.MANAGER)
    rows = queries.processing_records(request.user)
    return render(request, "people/processing.html", {"rows": rows, "may_write": may_write})


@require_safe
def processing_file(request: HttpRequest) -> HttpResponse:
    """The same as a table file, for the client or an authority."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="record-of-processing.csv"'
    answer.write("\ufeff")  # or a spreadsheet reads å as something else
    table = csv.writer(answer)
    table.writerow(COLUMNS)
    for row in queries.processing_records(request.user):
        table.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return answer


def _cell(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    # A spreadsheet would take it for a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def new_processing(request: HttpRequest) -> HttpResponse:
    """Write the record of another client."""
    return _write(request, queries.processing_record(request.user, None))


def change_processing(request: HttpRequest, record_id: int) -> HttpResponse:
    """Change one client's record."""
    return _write(request, queries.processing_record(request.user, record_id))


def _write(request: HttpRequest, known: ProcessingRecord | None) -> HttpResponse:
    form = ProcessingForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        actions.write_processing_record(actor=signed_in(request), known=known, **form.cleaned_data)
        say(request, _("The record is kept."))
        return redirect("people:processing")
    return render(request, "people/processing_form.html", {"form": form, "known": known})
