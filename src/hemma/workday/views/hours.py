"""One's own hours, going on outside of them, and a team's hours for who leads it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.lib import clock, law_words
from hemma.people.models import Person
from hemma.planning import queries as planning
from hemma.ui.toasts import say
from hemma.workday import actions, limits, pay, queries
from hemma.workday.hours_forms import PlaceForm, StretchForm, filled
from hemma.workday.views.day import me

A_WHILE = timedelta(hours=1)


def month_of(request: HttpRequest) -> tuple[date, date]:
    """First and last day of the month that is asked for, this one when none is."""
    today = timezone.localtime(clock.now()).date()
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        first = today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@require_GET
def my_hours(request: HttpRequest) -> HttpResponse:
    """What is written down of one's own working time, month by month."""
    person, (first, last) = me(request), month_of(request)
    stretches = queries.hours_of(person, person, first, last)
    gaps = queries.my_gaps(person)
    context = {
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "stretches": stretches,
        "sum": _hours(sum((one.worked for one in stretches if one.worked), timedelta())),
        "waiting": queries.open_corrections(person, [person.pk]),
        "history": [one for one in queries.corrections_of(person, [person.pk]) if one.answered_at],
        "gaps": gaps,
    }
    return render(request, "workday/my_hours.html", context)


def _hours(length: timedelta) -> str:
    """63 h 20 min: a month is told in hours, however many days they make."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    return f"{hours} h {minutes} min"


@require_GET
def my_hours_file(request: HttpRequest) -> HttpResponse:
    """All of one's own record as a file, at any time."""
    person = me(request)
    today = timezone.localtime(clock.now()).date()
    rows = queries.hours_of(person, person, date(2000, 1, 1), today)
    return as_file(pay.own_csv(person, rows), "text/csv; charset=utf-8", "hours.csv")


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, worked_id: int) -> HttpResponse:
    """Say how a stretch was; the other one of the two answers."""
    asker = me(request)
    person, stretch = queries.stretch_of(asker, worked_id)
    form = StretchForm(request.POST or None, zone=person.zone, initial=filled(stretch, person.zone))
    return _correct(request, asker, person, form, worked_id)


@require_http_methods(["GET", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """Say that a stretch of one's own is missing."""
    asker = me(request)
    yesterday = timezone.localtime(clock.now()).date() - timedelta(days=1)
    form = StretchForm(
        request.POST or None, zone=asker.zone, initial={"day": yesterday, "place_type": "home"}
    )
    return _correct(request, asker, asker, form, None)


def _correct(
    request: HttpRequest, asker: Person, person: Person, form: StretchForm, worked_id: int | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.propose(actor=asker, person=person, said=form.said(), worked_id=worked_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = _("It is corrected.") if row.agreed else _("The other one of you is asked.")
            say(request, said)
            return redirect(*_home(asker, person))
    context = {"form": form, "person": person, "own": asker == person, "worked_id": worked_id}
    status = 422 if form.errors else 200
    return render(request, "workday/correct.html", context, status=status)


def _home(asker: Person, person: Person) -> list[str]:
    return ["workday:my_hours"] if asker == person else ["workday:led_hours"]


@require_POST
def answer(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Agree with what the other one said, or not."""
    asker, verb = me(request), request.POST.get("do", "")
    row = queries.correction_of(asker, correction_id)
    if verb not in ("agree", "decline"):
        raise Http404
    try:
        actions.answer(actor=asker, correction_id=correction_id, agree=verb == "agree")
    except ValidationError as refusal:
        say(request, refusal.messages[0])
    return redirect(*_home(asker, row.person))


@require_POST
def book_away(request: HttpRequest, gap_id: int) -> HttpResponse:
    """Have a time one stepped away be no working time."""
    person = me(request)
    gap = queries.my_gap(person, gap_id)
    if actions.book_away(actor=person, starts_at=gap.starts_at, ends_at=gap.ends_at):
        say(request, _("It is no working time now."))
    else:
        say(request, _("It can be booked when the day is over."))
    return redirect("workday:my_hours")


@require_GET
def past_hours(request: HttpRequest) -> HttpResponse:
    """Fragment on every page: one's hours are over, and what the law says of going on."""
    person = me(request)
    row = queries.past_hours(person)
    now = clock.now()
    ends_at = None if row else planning.today_of(person, person).ends_after(now)
    context = {
        "row": row,
        "said": _law(person) if row else [],
        # Until then it can only change by what somebody does, and that is told.
        "quiet_s": int((ends_at - now).total_seconds()) if ends_at else 0,
    }
    return render(request, "workday/past_hours.html", context)


@require_GET
def off(request: HttpRequest) -> HttpResponse:
    """You are off: when one starts again, and what the law says of going on anyway."""
    person = me(request)
    context = {
        "next_shift": planning.next_shift(person, person),
        "form": PlaceForm(),
        "said": _law(person),
        "running": queries.running(person),
    }
    return render(request, "workday/off.html", context)


def _law(person: Person) -> list[tuple[str, str, bool]]:
    """What the law says of an hour more: the paragraph, why, and whether it is a limit."""
    now, language = clock.now(), get_language() or "en"
    return [
        (one.paragraph, law_words.why(language, one.rule, one.flag.numbers), one.stops)
        for one in limits.broken_by(person, now, now + A_WHILE)
    ]


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Go on outside of one's hours for a while: it is working time and is written down."""
    form = PlaceForm(request.POST)
    place = form.cleaned_data["place_type"] if form.is_valid() else ""
    actions.go_on(actor=me(request), place_type=place)
    say(request, _("It is written down as working time. Say goodbye when you are done."))
    return redirect("start")
