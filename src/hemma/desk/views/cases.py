"""The room of cases: list, case, answer; files; mails that were set aside."""

from collections.abc import Callable
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import actions, queries, rooms, words
from hemma.desk.forms import HandOverForm
from hemma.desk.models import Case
from hemma.desk.variables import fill
from hemma.people.models import Person
from hemma.people.visibility import NotVisible, standing
from hemma.ui import toasts


def me(request: HttpRequest) -> Person:
    """Who asks; sign-in is required by the frame, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("desk.case")
    return request.user


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The list, and beside it an invitation to open one."""
    return render(request, "desk/cases.html", rooms.case_list(request, me(request)))


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Fragment: the list, renewed when something in a queue changes."""
    number = request.GET.get("case", "")
    chosen = int(number) if number.isdecimal() and len(number) < 10 else None
    return render(request, "desk/list.html", rooms.case_list(request, me(request), chosen))


@require_GET
def case(request: HttpRequest, number: int) -> HttpResponse:
    """A case: what was written, the answer, and what is known of the customer."""
    person = me(request)
    found = queries.case_for(person, number)
    if found.merged_into is not None:
        return redirect("desk:case", found.merged_into.number)
    form = rooms.writing(person, found)
    return render(request, "desk/case.html", rooms.whole(request, person, found, form))


@require_GET
def case_now(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment: a case's head and letters, never the form that someone may be writing in."""
    person = me(request)
    found = queries.case_for(person, number)
    return render(request, "desk/case_now.html", rooms.case_now(person, found))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Send an answer. With an error everything typed comes back."""
    person = me(request)
    found = queries.case_for(person, number)
    if "reply" in request.POST:
        return _begun_with(request, person, found)
    form = rooms.answer_form(person, found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            answered = actions.answer(
                actor=person,
                case=found,
                text=data["text"],
                once=data["once"],
                then=data["state"],
                promised_at=data["promise"],
            )
        except ValidationError as refused:
            actions.keep_draft(actor=person, case=found, text=data["text"])
            form.refuse(refused)
        else:
            back = reverse("desk:take_back", args=[number, answered.message.pk])
            toasts.say(request, _("Your answer leaves in ten seconds."), undo=back)
            return redirect("desk:case", number)
    return render(request, "desk/case.html", rooms.whole(request, person, found, form), status=422)


def _begun_with(request: HttpRequest, person: Person, found: Case) -> HttpResponse:
    """The page again, with a saved reply after what was written already."""
    given = request.POST.get("reply", "")
    reply = queries.saved_reply_for(person, int(given) if given.isdecimal() else 0)
    written = [request.POST.get("text", "").rstrip(), fill(reply.text, found, person)]
    form = rooms.answer_form(person, found)
    form.initial["text"] = "\n\n".join(part for part in written if part)
    form.initial["then"] = request.POST.get("then", Case.State.SOLVED)
    return render(request, "desk/case.html", rooms.whole(request, person, found, form))


@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take a case that nobody has."""
    person = me(request)
    holder = actions.take(actor=person, case=queries.case_for(person, number))
    if holder.pk == person.pk:
        toasts.say(request, _("The case is yours."), undo=reverse("desk:release", args=[number]))
    else:
        messages.info(request, _("%(name)s was quicker.") % {"name": holder.first_name})
    return redirect("desk:case", number)


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Let a case go, to be offered to someone else."""
    person = me(request)
    actions.release(actor=person, case=queries.case_for(person, number))
    toasts.say(request, _("The case goes to someone else. You need not say why."))
    return redirect("desk:case", number)


@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Give a case to a colleague."""
    person = me(request)
    found = queries.case_for(person, number)
    people = rooms.colleagues(person, found)
    form = HandOverForm(request.POST, people=people)
    if not form.is_valid():
        messages.info(request, _("Choose someone in the team."))
        return redirect("desk:case", number)
    to = next(one for one in people if one.pk == form.cleaned_data["person"])
    note = form.cleaned_data["note"]
    actions.hand_to(actor=person, case=found, person=to, note=note)
    toasts.say(request, _("%(name)s has the case now.") % {"name": to.first_name})
    return redirect("desk:case", number)


@require_GET
def attachment(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """A customer's file, always to be saved and never shown by the browser."""
    file = queries.attachment_for(me(request), attachment_id)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def set_aside(request: HttpRequest) -> HttpResponse:
    """Mails that no case was made of, with the reason; for the team's leaders."""
    person = me(request)
    if not standing(person).led:
        raise NotVisible("desk.case", "mails")
    mails = [(mail, words.why_aside(mail.reason)) for mail in queries.mails_set_aside(person)]
    return render(request, "desk/set_aside.html", {"mails": mails})


@require_POST
def take_in_again(request: HttpRequest, raw_id: int) -> HttpResponse:
    """Try a mail again, as a case."""
    outcome = actions.take_in_again(actor=me(request), raw_id=raw_id)
    said: dict[actions.Outcome, Callable[[], str]] = {
        actions.Outcome.CASE: lambda: _("It is a case now."),
        actions.Outcome.REPLY: lambda: _("It is in its case now."),
        actions.Outcome.ASIDE: lambda: _("It still can't be taken in. It is kept here."),
    }
    messages.info(request, said.get(outcome, lambda: _("It has been taken care of already."))())
    return redirect("desk:set_aside")


@require_GET
def my_cases(request: HttpRequest) -> HttpResponse:
    """Fragment for *My day*: what I have in hand, next promise first."""
    person = me(request)
    rows = [rooms.row(one) for one in queries.my_cases(person)]
    topics = [f"cases:{person.pk}", *(f"case:{one.case.pk}" for one in rows)]
    return render(request, "desk/my_cases.html", {"rows": rows, "live_topics": " ".join(topics)})


@require_GET
def queue_health(request: HttpRequest) -> HttpResponse:
    """Fragment for *The team now*: how the queues are doing, as plain counts."""
    healths = queries.queue_health(me(request))
    unheld = sum(one.unheld for one in healths)
    since = min((one.waiting_since for one in healths if one.waiting_since), default=None)
    topics = " ".join(f"queue:{one.queue.pk}" for one in healths)
    return render(
        request,
        "desk/queue_health.html",
        {"healths": healths, "unheld": unheld, "since": since, "live_topics": topics},
    )
