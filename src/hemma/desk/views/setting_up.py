"""Queues with their opening hours, and the first mailbox: what a customer service begins with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemma.desk import actions, hours
from hemma.desk.actions.trying import Tried, try_whole_way
from hemma.desk.forms.setting_up import WEEKDAYS, FirstMailboxForm, QueueForm
from hemma.desk.mail_advice import advice
from hemma.desk.models import Mailbox, Queue
from hemma.desk.opening import Span
from hemma.desk.queries import setups
from hemma.desk.views.cases import me
from hemma.lib import sealing
from hemma.people import queries as people
from hemma.ui import toasts

# How long the page waits for each of the two servers.
PATIENCE_S = 8.0
# How long a letter from the mailbox to itself may take.
ARRIVES_S = 20.0


@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    """Every queue with its hours in words."""
    found = setups.queues_with_hours(me(request))
    rows = [(row, [(_days(a, b), text) for a, b, text in week]) for row, week in found]
    return render(request, "desk/queues.html", {"rows": rows})


def _days(first: int, last: int) -> str:
    names = [str(WEEKDAYS[first]), str(WEEKDAYS[last])]
    return "–".join(dict.fromkeys(names))


@require_safe
def first_queue(request: HttpRequest) -> HttpResponse:
    """The step of the guide: the first queue, or a new one."""
    known = setups.queues_to_feed(me(request))
    if known:
        return redirect("desk:queue", min(one.pk for one in known))
    return redirect("desk:queue_new")


def queue(request: HttpRequest, queue_id: int = 0) -> HttpResponse:
    """Open a queue, or change one."""
    person = me(request)
    teams = setups.teams_to_answer(person)
    if not teams:
        toasts.say(request, _("First a team: somebody has to answer."))
        return redirect("people:set_up_team")
    row = setups.queue_for(person, queue_id) if queue_id else None
    initial = _initial(row) if row else setups.queue_to_begin_with(person)
    form = QueueForm(request.POST or None, teams=teams, queue=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                zone = form.cleaned_data["team"].site.zone
                actions.open_queue(actor=person, skill=None, zone=zone, **form.values())
            else:
                actions.change_queue(actor=person, queue=row, **form.values())
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            toasts.say(request, _("The hours are saved."))
            return redirect(people.next_step(person, "hours") or "desk:queues")
    status = 422 if form.is_bound else 200
    return render(request, "desk/queue.html", {"form": form, "queue": row}, status=status)


def _initial(row: Queue) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": row.name,
        "programme": row.programme,
        "team": row.team_id,
        "language": row.language,
        "promise": int(row.answer_within.total_seconds() // 3600),
    }
    spans = [Span(one.weekday, one.opens, one.closes) for one in row.opening.all()]
    for number in range(7):
        found[f"day_{number}"] = hours.write(one for one in spans if one.weekday == number)
    return found


@never_cache
def first_mailbox(request: HttpRequest) -> HttpResponse:
    """The step of the guide: an address and a password, tried before they are kept."""
    person = me(request)
    known = setups.queues_to_feed(person)
    if not known:
        toasts.say(request, _("First say when you are open: mail has to wait somewhere."))
        return redirect("desk:queue_new")
    form = FirstMailboxForm(request.POST or None, queues=known)
    context: dict[str, object] = {"form": form, "boxes": setups.mailboxes(person)}
    if request.method == "POST" and form.is_valid():
        said = form.values()
        context |= {"tried": _try(person, said), "said": said}
        if context["tried"].works or "anyway" in request.POST:  # type: ignore[attr-defined]
            try:
                actions.change_mailbox(actor=person, mailbox=Mailbox(), setup={}, **said)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                toasts.say(request, _saved(context["tried"]))  # type: ignore[arg-type]
                return redirect(people.next_step(person, "mailbox") or "desk:mailboxes")
        context |= _advice(context["tried"], said)  # type: ignore[arg-type]
    status = 422 if form.is_bound else 200
    return render(request, "desk/mailbox_first.html", context, status=status)


def _saved(tried: Tried) -> str:
    if tried.arrived_s is None:
        return _("The mailbox is saved, and Hemma begins to read it.")
    return _(
        "A letter from the mailbox to itself arrived. It is saved, and Hemma begins to read it."
    )


def _try(person: Any, said: dict[str, Any]) -> Tried:
    servers = {name: value for name, value in said.items() if name != "password"}
    box = Mailbox(sealed_password=sealing.seal(said["password"]), **servers)
    return try_whole_way(
        actor=person, mailbox=box, timeout_s=PATIENCE_S, arrives_within_s=ARRIVES_S
    )


def _advice(tried: Tried, said: dict[str, Any]) -> dict[str, str]:
    return {
        "imap_advice": advice(tried.imap, port=said["imap_port"], usual=993, host=said["imap_host"])
        if tried.imap
        else "",
        "smtp_advice": advice(tried.smtp, port=said["smtp_port"], usual=587, host=said["smtp_host"])
        if tried.smtp
        else "",
    }
