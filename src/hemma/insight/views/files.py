"""Reading in a file: look at it, answer for odd values, have it counted, throw it away."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hemma.insight import actions, queries
from hemma.insight.columns import COLUMNS
from hemma.insight.forms import FileForm
from hemma.insight.models import DataFile, Subject
from hemma.insight.telling import tell_file
from hemma.insight.views.figures import me
from hemma.ui.toasts import say


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Choose a file; those that were read in before."""
    person = me(request)
    before = queries.files(person)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.read_in(
                actor=person,
                subject=data["subject"],
                file_name=data["file"].name,
                content=data["file"].read(),
                maximum=data["maximum"],
            )
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("insight:file", made.pk)
    columns = [
        (Subject(subject).label, [one.name for one in own if one.needed], [one.name for one in own if not one.needed])
        for subject, own in COLUMNS.items()
    ]  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(
        request,
        "insight/files.html",
        {"form": form, "files": before, "columns": columns},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """What cannot be in a file, and what each value is; later, what came of it."""
    person = me(request)
    file = queries.file_for(person, file_id)
    problem, given = "", {}
    if request.method == "POST" and file.state == DataFile.State.LOOKED_AT:
        given = {
            one.key: request.POST.get(f"q{at}", "")
            for at, one in enumerate(queries.questions_of(person, file))
        }
        try:
            actions.have_counted(actor=person, file=file, answers=given)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            return redirect("insight:file", file_id)
    waiting = file.state == DataFile.State.LOOKED_AT
    asked = queries.questions_of(person, file, given) if waiting else []
    reading = getattr(file, "reading", None)
    context = {
        "file": file,
        "rows": len(file.rows),
        "questions": asked,
        "problem": problem,
        "told": tell_file(reading) if reading else None,
    }
    return render(request, "insight/file.html", context, status=422 if problem else 200)


@require_POST
def drop_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Throw it away, with what was made of it."""
    person = me(request)
    actions.throw_away(actor=person, file=queries.file_for(person, file_id))
    say(request, _("Thrown away."))
    return redirect("insight:files")
