"""A list of people: read in, looked at, confirmed, taken back; and the people as a list."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemma.people import actions, queries
from hemma.people.forms import PeopleFileForm
from hemma.people.imports import reading, writing
from hemma.people.models import PeopleImport
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say

FORMATS = {
    "csv": ("text/csv; charset=utf-8", writing.as_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        writing.as_xlsx,
    ),
}


def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; the lists that were read in before."""
    batches = queries.imports(request.user)
    return _imports(request, batches)


def _imports(request: HttpRequest, batches: list[PeopleImport]) -> HttpResponse:
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            batch = actions.start_import(
                actor=signed_in(request), file_name=chosen.name, content=chosen.read()
            )
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect("people:import", batch.pk)
    return render(
        request,
        "people/imports.html",
        {"form": form, "batches": batches, "columns": reading.COLUMNS},
    )


def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """What a list would do, and every row that can't be used; later, what it did."""
    batch = queries.import_batch(request.user, import_id)
    waiting = batch.state == PeopleImport.State.LOOKED_AT
    judged = queries.preview(request.user, batch) if waiting else None
    return render(request, "people/import.html", {"batch": batch, "judged": judged})


@require_POST
def apply_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Confirm."""
    return _apply(request, queries.import_batch(request.user, import_id))


@step_up
def _apply(request: HttpRequest, batch: PeopleImport) -> HttpResponse:
    try:
        done = actions.apply_import(actor=signed_in(request), batch=batch)
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
    else:
        say(
            request,
            _("Done: %(added)s added, %(changed)s changed.")
            % {"added": done.added, "changed": done.changed},
        )
    return redirect("people:import", batch.pk)


@require_POST
def undo_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take it back."""
    return _undo(request, queries.import_batch(request.user, import_id))


@step_up
def _undo(request: HttpRequest, batch: PeopleImport) -> HttpResponse:
    try:
        done = actions.undo_import(actor=signed_in(request), batch=batch)
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
    else:
        words = [_("Taken back.")]
        if done.closed:
            words.append(
                ngettext(
                    "%(number)s account had been used and is closed.",
                    "%(number)s accounts had been used and are closed.",
                    done.closed,
                )
                % {"number": done.closed}
            )
        if done.kept:
            words.append(
                ngettext(
                    "%(number)s value was changed since and stays.",
                    "%(number)s values were changed since and stay.",
                    done.kept,
                )
                % {"number": done.kept}
            )
        say(request, " ".join(words))
    return redirect("people:import", batch.pk)


@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Everybody who works here as a file that can be read in again."""
    rows = queries.people_as_rows(request.user)
    ending = request.GET.get("format", "csv")
    kind, write = FORMATS.get(ending, FORMATS["csv"])
    answer = HttpResponse(write(rows), content_type=kind)
    name = "people.xlsx" if ending == "xlsx" else "people.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
