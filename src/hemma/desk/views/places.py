"""Pages around the cases: a new one, several at once, guidance, incidents."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk import actions, forms, queries, rooms
from hemma.desk.views.cases import me
from hemma.people.models import Person
from hemma.people.visibility import standing
from hemma.ui import toasts

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def new_case(request: HttpRequest) -> HttpResponse:
    """A call, a visit, or a letter that we write first."""
    person = me(request)
    form = forms.NewCaseForm(request.POST or None, queues=queries.queues_here(person))
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(person, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            toasts.say(request, _("The case has number %(n)s.") % {"n": made.reference})
            return redirect("desk:case", made.number)
    status = 422 if form.is_bound else 200
    return render(request, "desk/new.html", {"form": form}, status=status)


def _made(person: Person, data: dict[str, Any]) -> Any:
    contact = actions.Contact(name=data["name"], email=data["email"], phone=data["phone"])
    told = {
        "actor": person,
        "queue": queries.queue_for(person, data["queue"]),
        "contact": contact,
        "subject": data["subject"],
        "text": data["text"],
    }
    if data["how"] == "write":
        return actions.write_first(once=data["once"], **told)
    return actions.log_contact(channel=data["how"], solved=data["solved"], **told)


@require_http_methods(GET_OR_POST)
def several(request: HttpRequest) -> HttpResponse:
    """A list to choose several cases from, and what to do with them."""
    person = me(request)
    if request.method == "POST":
        return _done_to_several(request, person)
    shown = rooms.case_list(request, person)
    people = {
        one.pk: one for queue in queries.queues_here(person) for one in rooms.team(person, queue)
    }
    return render(request, "desk/several.html", {**shown, "people": people.values()})


def _done_to_several(request: HttpRequest, person: Person) -> HttpResponse:
    numbers = [int(n) for n in request.POST.getlist("case") if n.isdecimal() and len(n) < 10]
    verb, told = request.POST.get("verb", ""), dict[str, Any]()
    if verb == "hand_over":
        wanted = request.POST.get("person", "")
        queues = queries.queues_here(person)
        people = {str(one.pk): one for queue in queues for one in rooms.team(person, queue)}
        told["person"] = people.get(wanted)
    if verb == "tag":
        told["names"] = request.POST.get("tags", "")[:300].split(",")
    if not numbers or verb not in {"take", "solve", "wait", "reopen", "hand_over", "tag"}:
        messages.info(request, _("Choose at least one case, and what to do."))
        return redirect("desk:several")
    done = actions.do_to_many(actor=person, numbers=numbers, verb=verb, **told)
    for number, why in done.refused.items():
        messages.info(request, f"H-{number}: {why}" if why else f"H-{number}")
    if done.numbers:
        count = len(done.numbers)
        said = ngettext("Done with %(n)d case.", "Done with %(n)d cases.", count) % {"n": count}
        undo = reverse("desk:undo", args=[done.token]) if done.token else ""
        toasts.say(request, said, undo=undo)
    return redirect("desk:cases")


@require_http_methods(GET_OR_POST)
def guidance(request: HttpRequest) -> HttpResponse:
    """Instructions, mandates and saved replies; leaders and colleagues add to them here."""
    person = me(request)
    queues = queries.queues_here(person)
    led = [queue for queue in queues if queue.team_id in standing(person).led]
    kinds: dict[str, tuple[Any, list[Any], Any]] = {
        "instruction": (forms.InstructionForm, led, actions.publish_instruction),
        "mandate": (forms.MandateForm, led, actions.set_mandate),
        "reply": (forms.SavedReplyForm, queues, actions.save_reply),
    }
    sent = request.POST.get("what", "")
    shown = {}
    for what, (kind, own, act) in kinds.items():
        data = request.POST if what == sent else None
        form = kind(data, queues=own, auto_id=f"{what}_%s")
        if form.is_bound and form.is_valid() and _saved(person, form, act):
            toasts.say(request, _("Saved."))
            return redirect("desk:guidance")
        shown[f"{what}_form"] = form if own else None
    text = request.GET.get("q", "")[:100]
    context = {
        **shown,
        "text": text,
        "instructions": queries.instructions_found(person, text),
        "unread": queries.unread_counts(person),
        "mandates": [(queue, queries.mandate_of(person, queue)) for queue in queues],
        "replies": [(queue, queries.saved_replies(person, queue)) for queue in queues],
    }
    return render(request, "desk/guidance.html", context, status=422 if sent else 200)


@require_GET
def to_read(request: HttpRequest) -> HttpResponse:
    """Fragment: instructions that have changed and that one has not yet said to have read."""
    unread = [one for one in queries.instructions_of(me(request)) if one.unread]
    return render(request, "desk/to_read.html", {"instructions": unread})


def _saved(person: Person, form: Any, act: Any) -> bool:
    data = dict(form.cleaned_data)
    data["queue"] = queries.queue_for(person, data["queue"])
    try:
        act(actor=person, **data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@require_http_methods(GET_OR_POST)
def incidents(request: HttpRequest) -> HttpResponse:
    """What is wrong for many right now."""
    person = me(request)
    form = forms.IncidentForm(request.POST or None, queues=queries.queues_here(person))
    if request.method == "POST" and form.is_valid():
        made = actions.open_incident(
            actor=person,
            queue=queries.queue_for(person, form.cleaned_data["queue"]),
            title=form.cleaned_data["title"],
        )
        return redirect("desk:incident", made.pk)
    context = {"form": form, "incidents": queries.incidents(person)}
    return render(request, "desk/incidents.html", context, status=422 if form.is_bound else 200)


@require_GET
def incident(request: HttpRequest, incident_id: int) -> HttpResponse:
    """An incident, its cases, and one answer to all of them."""
    person = me(request)
    return render(request, "desk/incident.html", rooms.incident(person, incident_id))


@require_POST
def answer_incident(request: HttpRequest, incident_id: int) -> HttpResponse:
    """Answer all the chosen cases alike."""
    person = me(request)
    found = queries.incident_for(person, incident_id)
    shown = rooms.incident(person, incident_id, request.POST)
    form = shown["form"]
    if form is None or not form.is_valid():
        return render(request, "desk/incident.html", shown, status=422)
    data = form.cleaned_data
    numbers = [int(n) for n in request.POST.getlist("case") if n.isdecimal() and len(n) < 10]
    done = actions.answer_all(
        actor=person,
        incident=found,
        numbers=numbers,
        text=data["text"],
        once=data["once"],
        then=data["state"],
        promised_at=data["promise"],
    )
    for number, why in done.refused.items():
        messages.info(request, f"H-{number}: {why}" if why else f"H-{number}")
    count = len(done.numbers)
    said = ngettext("%(n)d answer is on its way.", "%(n)d answers are on their way.", count)
    toasts.say(request, said % {"n": count})
    return redirect("desk:incident", incident_id)


@require_POST
def close_incident(request: HttpRequest, incident_id: int) -> HttpResponse:
    """It is over."""
    person = me(request)
    actions.close_incident(actor=person, incident=queries.incident_for(person, incident_id))
    toasts.say(request, _("Good that it is over."))
    return redirect("desk:incidents")
