"""A queue's rules for who leads its team: change them, try them on last week, switch them on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk.models import Queue
from hemma.people.models import Person
from hemma.people.visibility import NotVisible, standing
from hemma.routing import actions, comparison, queries
from hemma.routing.forms import OnCallForm, RulesForm
from hemma.routing.models import QueueRules, Replay
from hemma.ui.toasts import say


def leader(request: HttpRequest) -> Person:
    """Who asks, if they lead anybody at all. Raises NotVisible for everybody else."""
    if not isinstance(request.user, Person) or not standing(request.user).led:
        raise NotVisible("routing.rules")
    return request.user


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The queues of one's teams, and by which rules each is routed."""
    person = leader(request)
    rows = queries.led_queues(person)
    known = queries.rules_in_force(person, [row.id for row in rows])
    usual = QueueRules(version=0)
    context = {"rows": [(row, known.get(row.id, usual)) for row in rows]}
    return render(request, "routing/rules.html", context)


@require_http_methods(["GET", "POST"])
def queue_rules(request: HttpRequest, queue_id: int) -> HttpResponse:
    """One queue's rules; POST has changed ones tried on last week."""
    person = leader(request)
    queue = queries.led_queue(person, queue_id)
    if request.method != "POST":
        again = request.GET.get("again", "")
        return _show(request, queue, again=int(again) if again.isdecimal() else None)
    form = RulesForm(request.POST, instance=QueueRules(queue=queue, version=0))
    if not form.is_valid():
        return _show(request, queue, rules_form=form)
    made = actions.try_rules(actor=person, queue=queue, **form.values())
    return redirect("routing:replay", made.pk)


def _show(
    request: HttpRequest, queue: Queue, *, again: int | None = None, **filled: Any
) -> HttpResponse:
    person = leader(request)
    now = queries.rules_of(person, queue.pk)
    start = queries.values_of(now)
    if again is not None:  # what was tried, to be changed a little and tried again
        tried = queries.replay_for(person, again)
        start = tried.values if tried.queue_id == queue.pk else start
    context = {
        "queue": queue,
        "now": now,
        "rules_form": RulesForm(initial=start, instance=QueueRules(**start)),
        "on_call_form": OnCallForm(people=queries.can_be_called(person, queue), auto_id="call_%s"),
        "on_call": queries.on_call_ahead(person, queue),
        "versions": queries.versions_of_rules(person, queue),
        "replays": queries.replays_of(person, queue),
    }
    status = 422 if filled else 200
    return render(request, "routing/queue_rules.html", context | filled, status=status)


@require_POST
def put_on_call(request: HttpRequest, queue_id: int) -> HttpResponse:
    """List somebody for the time while the queue is closed."""
    person = leader(request)
    queue = queries.led_queue(person, queue_id)
    people = queries.can_be_called(person, queue)
    form = OnCallForm(request.POST, people=people, auto_id="call_%s")
    if form.is_valid():
        try:
            row = actions.put_on_call(actor=person, queue=queue, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            undo = reverse("routing:off_call", args=[queue.pk, row.pk])
            say(request, _("%(name)s is on call.") % {"name": row.person.name}, undo=undo)
            return redirect("routing:queue_rules", queue.pk)
    return _show(request, queue, on_call_form=form)


@require_POST
def off_call(request: HttpRequest, queue_id: int, on_call_id: int) -> HttpResponse:
    """Take a line off the list."""
    person = leader(request)
    queue = queries.led_queue(person, queue_id)
    actions.take_off_call(actor=person, queue=queue, on_call_id=on_call_id)
    say(request, _("Taken off the list."))
    return redirect("routing:queue_rules", queue.pk)


@require_POST
def go_back(request: HttpRequest, queue_id: int) -> HttpResponse:
    """The rules of before hold again, as a new version."""
    person = leader(request)
    queue = queries.led_queue(person, queue_id)
    version = request.POST.get("version", "") or request.GET.get("version", "")
    try:
        actions.go_back(
            actor=person, queue=queue, version=int(version) if version.isdecimal() else -1
        )
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
    else:
        say(request, _("The rules are as they were in version %(n)s.") % {"n": version})
    return redirect("routing:queue_rules", queue.pk)


@require_GET
def replay(request: HttpRequest, replay_id: int) -> HttpResponse:
    """How far a replay is, and when it is done, last week by both rules."""
    return render(request, "routing/replay.html", _replay(leader(request), replay_id))


@require_GET
def replay_now(request: HttpRequest, replay_id: int) -> HttpResponse:
    """Fragment: the same without the page around it."""
    return render(request, "routing/replay.html#now", _replay(leader(request), replay_id))


def _replay(person: Person, replay_id: int) -> dict[str, Any]:
    row = queries.replay_for(person, replay_id)
    context: dict[str, Any] = {
        "replay": row,
        "under_way": row.state in actions.UNDER_WAY,
        "done": row.state == Replay.State.DONE,
        "changed": _changed(person, row),
    }
    if row.result:
        figures = row.result
        context |= {
            "bars": comparison.bars(figures),
            "lines": comparison.lines(figures),
            "reasons": comparison.reasons(figures),
            "came": figures["then"]["came"],
            "people": figures["people"],
            "handling": comparison.minutes(figures["handling_s"]),
            "first": comparison.moment(figures["since_s"]),
            "last": comparison.moment(figures["until_s"] - 1),
            "same": figures["now"] == figures["then"],
            "current": queries.rules_of(person, row.queue_id).version == row.against,
        }
    return context


def _changed(person: Person, row: Replay) -> list[str]:
    """The names of what is other than in the rules of now, as the form calls it."""
    now = queries.values_of(queries.rules_of(person, row.queue_id))
    labels = RulesForm.base_fields
    return [str(labels[name].label) for name in now if now[name] != row.values.get(name)]


@require_POST
def stop(request: HttpRequest, replay_id: int) -> HttpResponse:
    """No longer wanted."""
    row = actions.stop_replay(actor=leader(request), replay_id=replay_id)
    return redirect("routing:replay", row.pk)


@require_POST
def switch_on(request: HttpRequest, replay_id: int) -> HttpResponse:
    """What was tried holds from now on."""
    person = leader(request)
    row = queries.replay_for(person, replay_id)
    try:
        made = actions.switch_on(actor=person, replay_id=replay_id)
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
        return redirect("routing:replay", row.pk)
    undo = reverse("routing:go_back", args=[row.queue_id]) + f"?version={row.against}"
    say(request, _("The new rules hold: version %(n)d.") % {"n": made.version}, undo=undo)
    return redirect("routing:queue_rules", row.queue_id)
