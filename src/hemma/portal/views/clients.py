"""The client's own page, and the way out of a client who leaves."""

from collections.abc import Callable
from pathlib import Path

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hemma.people.models import Person, Programme
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.portal import actions, queries, words
from hemma.portal.models import ClientExit
from hemma.ui import toasts


# A proof once more, before something leaves the house or goes for good.
def _step_up[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    guarded: Callable[P, HttpResponseBase] = reauthentication_required(app="allauth.mfa")(view)
    return guarded


def _me(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise NotVisible("portal.programme")
    return request.user


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """How the client's customers are served: sums, a picture of them, and what is kept of whom."""
    served = queries.served(_me(request))
    if served is None:
        return render(request, "portal/programme.html", {"it": None})
    leaving = queries.exit_of_mine(_me(request), served.programme)
    hidden = any(week.hidden for week in served.weeks)
    return render(
        request,
        "portal/programme.html",
        {"it": served, "leaving": leaving, "hidden": hidden, "rows": _counted(leaving)},
    )


@require_safe
def own_copy(request: HttpRequest) -> HttpResponseBase:
    """The client fetches its copy."""
    _row, path = queries.promised_export(_me(request))
    return _hand_out(request, path)


@_step_up
def _hand_out(request: HttpRequest, path: Path) -> HttpResponseBase:
    del request
    return FileResponse(path.open("rb"), as_attachment=True, filename="hemma-export.zip")


@require_POST
def have_copy(request: HttpRequest) -> HttpResponse:
    """The client says that it has its copy and could open it: only then may anything be deleted."""
    person = _me(request)
    row, _path = queries.promised_export(person)
    actions.note_fetched(actor=person, programme=row.programme)
    toasts.say(request, _("Thank you. Now everything here can be deleted."))
    return redirect("portal:programme")


@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Every client programme, and who is on the way out."""
    rows = queries.programmes_to_leave(_me(request))
    return render(request, "portal/clients.html", {"rows": rows})


@require_safe
def leaving(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What happens when a client leaves, and how far it has come."""
    found = queries.programme_to_leave(_me(request), programme_id)
    row = queries.exit_of(_me(request), found)
    context = {"programme": found, "row": row, "now": _now(found), "rows": _counted(row)}
    return render(request, "portal/leaving.html", context)


def _now(found: Programme) -> list[tuple[str, int]]:
    return [(words.thing(name), n) for name, n in queries.holds(SYSTEM, found).items()]


def _counted(row: ClientExit | None) -> list[tuple[str, int, int | None]]:
    """Each sort of thing: how many went out, and how many were found afterwards."""
    if row is None:
        return []
    done = row.state == ClientExit.State.DONE
    return [
        (words.thing(name), number, row.remains.get(name, 0) if done else None)
        for name, number in row.export_counts.items()
    ]


@require_POST
def begin_exit(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Let the export be made."""
    found = queries.programme_to_leave(_me(request), programme_id)
    try:
        actions.begin_exit(actor=_me(request), programme=found)
    except ValidationError as refusal:
        toasts.say(request, " ".join(refusal.messages))
    else:
        toasts.say(request, _("The export is being made. Nothing is deleted yet."))
    return redirect("portal:leaving", found.pk)


@require_POST
def call_off_exit(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The client stays after all."""
    found = queries.programme_to_leave(_me(request), programme_id)
    actions.call_off_exit(actor=_me(request), programme=found)
    toasts.say(request, _("Called off. The export is gone, everything else is as it was."))
    return redirect("portal:leaving", found.pk)


@require_POST
def end_exit(request: HttpRequest, programme_id: int) -> HttpResponseBase:
    """Let everything be deleted."""
    return _end_exit(request, queries.programme_to_leave(_me(request), programme_id))


@_step_up
def _end_exit(request: HttpRequest, found: Programme) -> HttpResponseBase:
    if request.POST.get("name", "").strip() != found.name:
        toasts.say(request, _("Write the programme's name as it stands, so that it is no slip."))
        return redirect("portal:leaving", found.pk)
    try:
        actions.end_exit(actor=_me(request), programme=found)
    except ValidationError as refusal:
        toasts.say(request, " ".join(refusal.messages))
    else:
        toasts.say(request, _("Everything is being deleted. The report comes on this page."))
    return redirect("portal:leaving", found.pk)


@require_safe
def deletion_report(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The report as a file, for the client's own records."""
    found = queries.programme_to_leave(_me(request), programme_id)
    row = queries.exit_of(_me(request), found)
    if row is None or row.deleted_at is None:
        raise NotVisible("portal.exit", "report")
    report = {
        "programme": found.name,
        "client": found.client,
        "exported_at": row.exported_at,
        "export_sha256": row.export_sha256,
        "export_bytes": row.export_size,
        "exported": row.export_counts,
        "fetched_at": row.fetched_at,
        "deleted_and_looked_for_at": row.deleted_at,
        "found_afterwards": row.remains,
        "stays": ["number, queue and times of each case, without content and without a customer"],
    }
    answer = JsonResponse(report, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="deletion-report.json"'
    return answer
