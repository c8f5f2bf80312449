"""*My day*, *The team now*, and the bar with one's mode on every page."""

from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from hemma.lib import clock
from hemma.people.models import Person, Place, Role
from hemma.people.visibility import NotVisible, has_role, standing
from hemma.planning import queries as planning
from hemma.ui import modes, svg
from hemma.workday import actions, band, looks, queries, teams, words
from hemma.workday.forms import ModeForm
from hemma.workday.models import Mode

SWITCH = ((Mode.READY, "q"), (Mode.FOCUS, "f"), (Mode.RECESS, "p"), (Mode.MEAL, "r"))
RESTS = (Mode.RECESS, Mode.MEAL, Mode.AWAY, Mode.OFF)  # the nudge to move begins anew after them
FACES = 12  # on My day; the rest are a click away


def me(request: HttpRequest) -> Person:
    """Who asks; the frame requires sign-in, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("workday.mode")
    return request.user


@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """One's own day: what is next, the day as a band, who else is here."""
    person = me(request)
    local = timezone.localtime(clock.now())
    context = _day(person)
    plan = context["plan"]
    shifts = plan.shifts if isinstance(plan, planning.DayPlan) else ()
    context |= {
        "greeting": words.greeting(local, person.first_name),
        "today": words.day_in_words(local.date()),
        "works": [words.works(shift) for shift in shifts],
        "coming": planning.next_shift(person, person) if not shifts else None,
        "until": planning.unplanned_until(person) if not shifts else None,
    }
    return render(request, "workday/my_day.html", context | _team(person))


@require_GET
def my_day_band(request: HttpRequest) -> HttpResponse:
    """Fragment: the band, with *now* where it is now."""
    return render(request, "workday/my_day.html#band", _day(me(request)))


def _day(person: Person) -> dict[str, object]:
    plan = planning.today_of(person, person)
    now = clock.now()
    zone = timezone.get_current_timezone()
    drawn = band.picture(plan, now, zone, static("ui/icons.svg"))
    rows = [(one, looks.of_kind(one.kind), looks.word_of(one)) for one in plan.activities]
    return {
        "plan": plan,
        "now": now,
        "band": _band(drawn, words.band_title(plan, now)) if drawn else "",
        "rows": [(*row, words.good_to_know(row[0].kind)) for row in rows],
        "ahead": [row for row in rows if row[0].ends_at > now],
    }


def _band(drawn: band.Picture, title: str) -> str:
    return svg.day_band(
        drawn.segments, drawn.axis, title=title, title_id="day-picture", now=drawn.now
    )


@require_GET
def start_day(request: HttpRequest) -> HttpResponse:
    """Fragment: the first thing of the day, while the shift runs and one has not come in yet."""
    person = me(request)
    off = queries.mode_of(person, person) == Mode.OFF
    shift = planning.shift_now(person, person) if off else None
    return render(request, "workday/start_day.html", {"shift": shift})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """I am here: the day begins softly."""
    actions.start_day(actor=me(request))
    return HttpResponseRedirect(reverse("start"))


@require_GET
def absent(request: HttpRequest) -> HttpResponse:
    """Fragment: that one is away today, and the way back."""
    person = me(request)
    away = planning.absence_now(person, person)
    return render(request, "workday/absent.html", {"away": away})


@require_POST
def sick(request: HttpRequest) -> HttpResponse:
    """Sick today: one click, no question."""
    actions.sick_today(actor=me(request))
    return HttpResponseRedirect(reverse("workday:my_day"))


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Here after all."""
    actions.here_after_all(actor=me(request))
    return HttpResponseRedirect(reverse("workday:my_day"))


@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """A browser answers the stream's beat: the line is there."""
    actions.answer_beat(actor=me(request))
    return HttpResponse(status=204)


@require_GET
def end_day(request: HttpRequest) -> HttpResponse:
    """Fragment of the account menu: going home, while one is not off already."""
    person = me(request)
    here = queries.mode_of(person, person) != Mode.OFF
    away = planning.absence_now(person, person)
    context = {"here": here, "away": away, "next": reverse("start")}
    return render(request, "workday/end_day.html", context)


@require_GET
def my_team(request: HttpRequest) -> HttpResponse:
    """Fragment: who works today, on one's own first page."""
    return render(request, "workday/my_day.html#team", _team(me(request)))


def _team(person: Person) -> dict[str, object]:
    try:
        team, _teams = teams.team_for(person, None)
    except NotVisible:  # nobody has to belong to a team
        return {"team": None}
    now = teams.team_now(person, team, timezone.get_current_timezone(), with_leader=True)
    others = [row for row in now.at_work if row.person != person]
    return {
        "team": team,
        "team_size": len(now.rows),
        "at_work": now.at_work,
        "faces": others[:FACES],
    }


@require_GET
def team_now(request: HttpRequest, team_id: int | None = None) -> HttpResponse:
    """Everyone in the team in one list, the same for all who belong to it."""
    return render(request, "workday/team_now.html", _list(request, team_id))


@require_GET
def team_list(request: HttpRequest, team_id: int) -> HttpResponse:
    """Fragment: the list, and the sentence about it."""
    return render(
        request, "workday/team_now.html#list", _list(request, team_id) | {"renewed": True}
    )


def _list(request: HttpRequest, team_id: int | None) -> dict[str, object]:
    person = me(request)
    team, all_teams = teams.team_for(person, team_id)
    now = teams.team_now(person, team, timezone.get_current_timezone())
    today = words.day_in_words(timezone.localtime(clock.now()).date())
    places = [row.place_type for row in now.at_work]
    chosen = request.GET.get("place", "")
    chosen = chosen if chosen in Place.values else ""
    return {
        "team": team,
        "teams": all_teams,
        "leads": team.pk in standing(person).led,
        # One list of everybody, unless somebody asks for one place: never two lists side by side.
        "rows": [row for row in now.rows if chosen in ("", row.place_type)],
        "place": chosen,
        "places": [(one.value, one.label) for one in Place if one in places or one == chosen],
        "sentence": f"{today}. {words.team_sentence(len(now.rows), places)}",
    }


@require_GET
def mebar(request: HttpRequest) -> HttpResponse:
    """Fragment: one's mode, what comes next, and the way out, on every page."""
    return _mebar(request)


@require_POST
def mode(request: HttpRequest) -> HttpResponse:
    """Change one's own mode."""
    form = ModeForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no such mode")
    _choose(me(request), **form.cleaned_data)
    if request.headers.get("HX-Request"):
        return _mebar(request)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else reverse("start"))


def _choose(person: Person, mode: str, seen: str) -> None:
    """What a press means. The queue ends a planned part only if the bar showed that it had begun."""
    counts = queries.mode_by_plan(person, person)
    stale = bool(seen) and seen != counts
    planned = counts not in (queries.chosen_mode(person, person), Mode.LOST)
    if mode == ModeForm.PLANNED:
        actions.follow_plan(actor=person)
    elif (
        mode != Mode.READY
        or not planned
        or counts == Mode.WARMUP
        or (not stale and not actions.leave_part(actor=person))
    ):
        actions.set_mode(actor=person, mode=mode)


def _mebar(request: HttpRequest) -> HttpResponse:
    person = me(request)
    now, here = clock.now(), _page(request)
    chosen = queries.chosen_mode(person, person)
    counts = queries.mode_by_plan(person, person)
    lost = counts == Mode.LOST
    plan = planning.today_of(person, person)
    drawn = None
    if urlsplit(here).path != reverse("workday:my_day"):  # that page has the large band
        drawn = band.picture(plan, now, timezone.get_current_timezone(), "")
    going_on = plan.at(now)
    coming, ends_at = plan.next_after(now), plan.ends_after(now)
    until = coming.starts_at if coming else ends_at
    # From the minute that a clock on the wall shows, so that 09:37 and 23 minutes make 10:00.
    minute = now.replace(second=0, microsecond=0)
    return render(
        request,
        "workday/mebar.html",
        {
            "switch": _switch(person, chosen if lost else counts),
            "seen": counts,
            "left": _left(going_on, chosen, counts),
            "may_leave": going_on is not None and going_on.kind in queries.LEFT_BY_CHOICE,
            "away": chosen == Mode.AWAY,
            "warmup": counts == Mode.WARMUP,
            "by_plan": plan.at(now) if counts != chosen and not lost else None,
            "rests": counts in RESTS,
            "in_contact": chosen in (Mode.IN_CONTACT, Mode.WRAP_UP),
            "lost": lost,
            "coming": coming,
            "now_word": looks.word_of(going_on) if going_on else "",
            "coming_word": looks.word_of(coming) if coming else "",
            "ends_at": ends_at,
            "wait": until - minute if until else None,
            "to_start": None if counts in RESTS or lost else queries.todo_to_start(person),
            "thread": svg.thread(drawn.segments, drawn.now) if drawn else "",
            "next": here,
        },
    )


def _left(part: planning.PlannedActivity | None, chosen: Mode, counts: Mode) -> object:
    """The planned part that one is not in because one chose the queue, else None."""
    if part is None or part.kind not in queries.LEFT_BY_CHOICE:
        return None
    return part if chosen == counts == Mode.READY else None


def _switch(person: Person, chosen: Mode) -> list[dict[str, object]]:
    """The four modes of the switch, as the bar draws them."""
    reachable = has_role(person, Role.TEAM_LEADER, Role.PLANNER)
    drawn: list[dict[str, object]] = []
    for one, key in SWITCH:
        look = modes.look(looks.key_of_mode(one))
        word = modes.REACHABLE if reachable and one == Mode.READY else look.word
        drawn.append({"mode": one, "look": look, "word": word, "key": key, "on": one == chosen})
    return drawn


def _page(request: HttpRequest) -> str:
    """The page the bar stands on: a fragment's own request names only the fragment."""
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    if current.path:
        return f"{current.path}?{current.query}" if current.query else current.path
    if request.META["REQUEST_METHOD"] != "GET":  # a form sent back is no page to return to
        return reverse("start")
    query = request.META.get("QUERY_STRING", "")
    path = request.META.get("SCRIPT_NAME", "") + request.META["PATH_INFO"]
    return f"{path}?{query}" if query else str(path)
