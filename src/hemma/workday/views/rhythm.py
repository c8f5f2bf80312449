"""One's own rhythm: focus and recess of one's own, the nudges, and how a team's breaks went."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.visibility import standing
from hemma.planning import actions as planning
from hemma.planning import queries as plans
from hemma.ui import modes
from hemma.workday import looks, queries
from hemma.workday.forms import BlockForm, MoveForm
from hemma.workday.views.day import me

# What can be heard, each with the mode whose word it goes by; static/workday/sounds.js has the tones.
TONES = {"queue": "ready", "focus": "focus", "pause": "paus", "rast": "rast", "home": "off"}


@require_GET
def rhythm(request: HttpRequest) -> HttpResponse:
    """What one may shape oneself: focus and recess today, and what this browser does."""
    return _rhythm(request, BlockForm())


def _rhythm(request: HttpRequest, form: BlockForm, status: int = 200) -> HttpResponse:
    person = me(request)
    now = clock.now()
    plan = plans.today_of(person, person)
    ahead = [one for one in plan.activities if one.starts_at > now and one.kind in form.KINDS]
    rows = [(one, looks.of_kind(one.kind), looks.word_of(one)) for one in ahead]
    works = plan.ends_after(now) is not None
    peace = queries.peace_of(person)
    tones = [(tone, modes.look(mode).word) for tone, mode in TONES.items()]
    context = {"form": form, "rows": rows, "works": works, "peace": peace, "tones": tones}
    return render(request, "workday/rhythm.html", context, status=status)


@require_POST
def book(request: HttpRequest) -> HttpResponse:
    """Book a focus phase or a recess in one's own queue time."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _rhythm(request, form, status=422)
    told = form.cleaned_data
    local = timezone.localtime(clock.now())
    starts_at = datetime.combine(local.date(), told["starts"], timezone.get_current_timezone())
    try:
        planning.book_block(
            actor=me(request),
            kind=told["kind"],
            starts_at=starts_at,
            length=timedelta(minutes=int(told["minutes"])),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _rhythm(request, form, status=422)
    messages.success(request, _("Booked. Nothing comes to you then."))
    return redirect("workday:rhythm")


@require_POST
def take_back(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Make a block of one's own queue time again."""
    try:
        planning.take_block_back(actor=me(request), activity_id=activity_id)
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("workday:rhythm")


@require_POST
def move(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Move a block of one's own to other queue time of the shift; nobody has to approve it."""
    plans.own_block(me(request), activity_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Choose a time that lies ahead."))
        return redirect("workday:rhythm")
    today = timezone.localtime(clock.now()).date()
    starts_at = datetime.combine(
        today, form.cleaned_data["starts"], timezone.get_current_timezone()
    )
    try:
        planning.move_block(actor=me(request), activity_id=activity_id, starts_at=starts_at)
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("workday:rhythm")


@require_GET
def breaks(request: HttpRequest) -> HttpResponse:
    """Fragment for who leads: whether the team's breaks of today were had; numbers of five or more."""
    person = me(request)
    today = timezone.localtime(clock.now()).date()
    led = [team for team in people.teams_of(person) if team.pk in standing(person).led]
    rows = [(team, queries.breaks_of(person, team, today)) for team in led]
    topics = " ".join(f"breaks:{team.pk}" for team in led)
    shown = [(team, share) for team, share in rows if share]
    return render(request, "workday/breaks.html", {"rows": shown, "topics": topics})


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Fragment for who plans or leads: gaps of this moment, without names."""
    person = me(request)
    context = {"gaps": queries.gaps_now(person), "audience": person.pk}
    return render(request, "workday/gaps.html", context)
