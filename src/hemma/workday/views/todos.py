"""One's own to-dos, and going home."""

from datetime import datetime, time

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk import queries as desk
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.visibility import standing
from hemma.planning import queries as planning
from hemma.workday import actions, queries
from hemma.workday.forms import TodoForm
from hemma.workday.views.day import me


@require_GET
def todos(request: HttpRequest) -> HttpResponse:
    """Fragment of *My day*: what one wants to do, what the team does together, what got done."""
    person = me(request)
    context = {
        "todos": queries.my_todos(person),
        "shared": queries.shared_todos(person),
        "teams": sorted(standing(person).seen_teams),
        "now": clock.now(),
        "today": queries.done_by_me(person),
        "week": queries.done_by_me(person, days=7),
    }
    return render(request, "workday/todos.html", context)


@require_GET
def own_weeks(request: HttpRequest) -> HttpResponse:
    """One's own weeks beside each other."""
    weeks = queries.own_weeks(me(request))
    context = {
        "weeks": weeks,
        "all": [weeks.last, *weeks.before],
        "shares": [
            {"queue": one.queue, "last": round(100 * one.last), "before": round(100 * one.before)}
            for one in weeks.moved
        ],
    }
    return render(request, "workday/own_weeks.html", context)


@require_http_methods(["GET", "POST"])
def todo_new(request: HttpRequest) -> HttpResponse:
    """Write something down."""
    person = me(request)
    teams = {str(team.pk): team for team in people.teams_of(person)}
    initial = {"case": request.GET.get("case", "")[:14]}
    form = TodoForm(request.POST or None, teams=teams.values(), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.add_todo(
                actor=person,
                text=told["text"],
                start_by=_today(told["starts"]),
                done_by=_today(told["ends"]),
                important=told["important"],
                case=told["case"],
                team=teams.get(told["team"]),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("workday:my_day")
    status = 422 if form.errors else 200
    return render(request, "workday/todo_new.html", {"form": form}, status=status)


def _today(at: time | None) -> datetime | None:
    if at is None:
        return None
    local = timezone.localtime(clock.now())
    return datetime.combine(local.date(), at, timezone.get_current_timezone())


@require_GET
def todo_of_case(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment beside a case: the way to write down what one has to do about it."""
    case = desk.case_for(me(request), number)
    return render(request, "workday/todo_of_case.html", {"case": case})


@require_POST
def todo_do(request: HttpRequest, todo_id: int) -> HttpResponse:
    """Tick, untick, weigh, drop or no longer share one."""
    actor, verb = me(request), request.POST.get("do", "")
    try:
        if verb in ("tick", "untick"):
            actions.tick(actor=actor, todo_id=todo_id, done=verb == "tick")
        elif verb in ("weigh", "unweigh"):
            actions.weigh(actor=actor, todo_id=todo_id, important=verb == "weigh")
        elif verb == "drop":
            actions.drop(actor=actor, todo_id=todo_id)
        elif verb == "unshare":
            actions.stop_sharing(actor=actor, todo_id=todo_id)
        else:
            raise BadRequest("no such verb")
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("workday:my_day")


@require_http_methods(["GET", "POST"])
def shutdown(request: HttpRequest) -> HttpResponse:
    """Three steps: hand over or date every promise, let the to-dos wait, say goodbye."""
    person = me(request)
    held = [one for one in desk.my_cases(person) if one.state == Case.State.OPEN]
    if request.method == "POST":
        keep = {one.pk for one in held if request.POST.get(f"case-{one.pk}") == "keep"}
        actions.shut_down(actor=person, keep=keep)
        logout(request)
        return redirect("account_login")
    context = {
        "held": held,
        "next_shift": planning.next_shift(person, person),
        "left": [one for one in queries.my_todos(person) if one.done_at is None],
        "today": queries.done_by_me(person),
    }
    return render(request, "workday/shutdown.html", context)
