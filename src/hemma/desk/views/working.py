"""Verbs around a case: each is a POST, and most offer a way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemma.desk import actions, forms, queries, rooms
from hemma.desk.views.cases import me
from hemma.ui import toasts


def _back(number: int) -> HttpResponseRedirect:
    return redirect("desk:case", number)


def _told(
    request: HttpRequest, number: int, act: Callable[[], UUID | None], said: str
) -> HttpResponseRedirect:
    """Do it and say so with its way back, or say why not."""
    try:
        token = act()
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        toasts.say(request, said, undo=reverse("desk:undo", args=[token]) if token else "")
    return _back(number)


def _first_error(form: Form) -> str:
    return str(next(iter(next(iter(form.errors.values())))))


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Solve, wait for the customer, or open again: `to` says which."""
    person = me(request)
    found = queries.case_for(person, number)
    moves: dict[str, tuple[Callable[..., UUID], str]] = {
        "solved": (actions.solve, _("The case is solved.")),
        "answered": (actions.wait_for_customer, _("We wait for the customer.")),
        "open": (actions.reopen, _("The case is open again.")),
    }
    chosen = moves.get(request.POST.get("to", ""))
    if chosen is None:
        return _back(number)
    act, said = chosen
    return _told(request, number, lambda: act(actor=person, case=found), said)


@require_POST
def snooze(request: HttpRequest, number: int) -> HttpResponse:
    """Put a case away until a time."""
    person = me(request)
    found = queries.case_for(person, number)
    form = forms.UntilForm(request.POST)
    if not form.is_valid():
        messages.info(request, _first_error(form))
        return _back(number)
    until = form.cleaned_data["until"]
    said = _("Put away. It comes back by itself.")
    return _told(
        request, number, lambda: actions.snooze(actor=person, case=found, until=until), said
    )


@require_POST
def undo(request: HttpRequest, token: UUID) -> HttpResponse:
    """Take back what I have just done."""
    try:
        numbers = actions.undo(actor=me(request), token=token)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
        return redirect("desk:cases")
    toasts.say(request, _("It is as it was."))
    return _back(numbers[0]) if len(numbers) == 1 else redirect("desk:cases")


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Say something beside the case."""
    person = me(request)
    found = queries.case_for(person, number)
    people = rooms.colleagues(person, found)
    form = forms.NoteForm(request.POST, people=people)
    if not form.is_valid():
        messages.info(request, _first_error(form))
        return _back(number)
    chosen = [one for one in people if one.pk in form.cleaned_data["mentions"]]
    written = actions.add_note(
        actor=person, case=found, text=form.cleaned_data["text"], mentions=chosen
    )
    toasts.say(
        request, _("Your note is there."), undo=reverse("desk:take_note_back", args=[written.pk])
    )
    return _back(number)


@require_POST
def take_note_back(request: HttpRequest, note_id: int) -> HttpResponse:
    """Remove a note of mine."""
    person = me(request)
    written = queries.note_for(person, note_id)
    actions.take_note_back(actor=person, note=written)
    toasts.say(request, _("The note is gone."))
    return _back(written.case.number)


@require_POST
def tags(request: HttpRequest, number: int) -> HttpResponse:
    """Give the case its tags."""
    person = me(request)
    found = queries.case_for(person, number)
    names = request.POST.get("tags", "")[:300].split(",")
    return _told(
        request,
        number,
        lambda: actions.set_tags(actor=person, case=found, names=names),
        _("The tags are changed."),
    )


@require_POST
def join(request: HttpRequest, number: int) -> HttpResponse:
    """Merge this case into another one, or link or unlink the two: `how` says which."""
    person = me(request)
    found = queries.case_for(person, number)
    form = forms.OtherCaseForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Write the other case's number, for example H-1024."))
        return _back(number)
    other = queries.case_for(person, form.cleaned_data["other"])
    how = request.POST.get("how")
    if how == "merge":
        said = _("The case goes on as %(number)s.") % {"number": other.reference}
        response = _told(
            request,
            other.number,
            lambda: actions.merge(actor=person, case=found, into=other),
            said,
        )
        return response
    act: Callable[..., None] = actions.unlink if how == "unlink" else actions.link

    def joined() -> None:
        act(actor=person, case=found, other=other)

    said = _("The cases are no longer linked.") if how == "unlink" else _("The cases are linked.")
    return _told(request, number, joined, said)


@require_POST
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Give some of the letters a case of their own."""
    person = me(request)
    found = queries.case_for(person, number)
    chosen = [int(pk) for pk in request.POST.getlist("letter") if pk.isdecimal()]
    try:
        new = actions.split(
            actor=person, case=found, messages=chosen, subject=request.POST.get("subject", "")
        )
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
        return _back(number)
    token = actions.way_back_from_split(actor=person, case=found, new=new)
    said = _("The letters have a case of their own now: %(number)s.") % {"number": new.reference}
    toasts.say(request, said, undo=reverse("desk:undo", args=[token]))
    return _back(new.number)


@require_POST
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what I am writing, as I write it."""
    person = me(request)
    found = queries.case_for(person, number)
    actions.keep_draft(actor=person, case=found, text=request.POST.get("text", ""))
    return HttpResponse(status=204)


@require_POST
def looking(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment: say that I have the case open, and hear who else has."""
    person = me(request)
    found = queries.case_for(person, number)
    actions.look(actor=person, case=found)
    others = queries.who_else_looks(person, found)
    return render(request, "desk/looking.html", {"case": found, "others": others})


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide something for the customer, or ask to."""
    person = me(request)
    found = queries.case_for(person, number)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        messages.info(request, _first_error(form))
        return _back(number)
    data: dict[str, Any] = form.cleaned_data

    def decided() -> None:
        done = actions.decide(actor=person, case=found, **data)
        said = _("Decided, by you.")
        if done.state == done.State.ASKED:
            said = _("That is above the mandate. Your leader is asked.")
        toasts.say(request, said)

    try:
        decided()
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    return _back(number)


@require_POST
def answer_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """A leader says yes, or which other way."""
    done = actions.answer_decision(
        actor=me(request),
        decision_id=decision_id,
        agreed=request.POST.get("agreed") == "yes",
        answer=request.POST.get("answer", ""),
    )
    toasts.say(request, _("Your answer is in the case."))
    return _back(done.case.number)


@require_POST
def incident_of(request: HttpRequest, number: int) -> HttpResponse:
    """Say which incident the case is about, or none."""
    person = me(request)
    found = queries.case_for(person, number)
    given = request.POST.get("incident", "")
    chosen = queries.incident_for(person, int(given)) if given.isdecimal() else None
    return _told(
        request,
        number,
        lambda: actions.put_in_incident(actor=person, case=found, incident=chosen),
        _("It is in its incident now.") if chosen else _("It is in no incident any more."),
    )


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a list under a name."""
    try:
        view = actions.save_view(
            actor=me(request),
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
        )
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
        return redirect("desk:cases")
    toasts.say(request, _("The list is saved."), undo=reverse("desk:forget_view", args=[view.pk]))
    return redirect(f"{reverse('desk:cases')}?{view.query}")


@require_POST
def forget_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Throw away a list of mine."""
    actions.forget_view(actor=me(request), view_id=view_id)
    toasts.say(request, _("The saved list is gone."))
    return redirect("desk:cases")


@require_POST
def confirm_read(request: HttpRequest, version_id: int) -> HttpResponse:
    """I have read this instruction."""
    actions.confirm_read(actor=me(request), version_id=version_id)
    toasts.say(request, _("Good, you have read it."))
    number = request.POST.get("case", "")
    if number.isdecimal() and len(number) < 10:
        return _back(int(number))
    return redirect("desk:guidance")
