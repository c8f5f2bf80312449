"""Customers' pages: open to anybody, in four languages, with nothing of the staff on them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk.actions import Contact, confirm_by_mail
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.portal import actions, forms, pace, queries, secrets_of, words
from hemma.portal.speech import LANGUAGES, best, spoken
from hemma.ui.times import clock_time, day_clock

GET_OR_POST = ["GET", "HEAD", "POST"]


def _show(
    request: HttpRequest, template: str, lang: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page with what its frame needs: the languages, each leading to this page in it."""
    match = request.resolver_match
    kwargs = dict(match.kwargs) if match else {}
    name = words.PAGE_OF.get(match.view_name, match.view_name) if match else "portal:start"
    spoken_here = [
        (code, said, reverse(name, kwargs={**kwargs, "lang": code}), code == lang)
        for code, said in LANGUAGES.items()
    ]
    whole = {"lang": lang, "spoken": spoken_here, **context}
    return render(request, f"portal/{template}.html", whole, status=status)


def _place(request: HttpRequest) -> str:
    return pace.place_of(request.META.get("REMOTE_ADDR", ""))


@login_not_required
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """On to the page in the browser's language."""
    return redirect("portal:start", best(request))


@require_GET
@spoken
def start(request: HttpRequest, lang: str) -> HttpResponse:
    """Whom one can write to, and the way to one's case."""
    return _show(request, "start", lang, {"forms": queries.open_forms(SYSTEM)})


@require_GET
@spoken
def access(request: HttpRequest, lang: str) -> HttpResponse:
    """How accessible these pages are, and whom to tell when they are not."""
    return _show(request, "access", lang, {})


@require_http_methods(GET_OR_POST)
@spoken
def write(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """The form of one programme."""
    found = queries.form_at(SYSTEM, slug)
    if found is None:
        return _show(request, "nothing", lang, {}, 404)
    form = forms.WriteForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "programme": found.queue.programme}
    if request.method != "POST":
        return _show(request, "write", lang, context)
    if not pace.WRITING.allows(_place(request)):
        return _show(request, "slowly", lang, {}, 429)
    if form.is_trapped:
        # A machine is told what a person would be, so that it learns nothing.
        return _show(request, "thanks", lang, context)
    if not form.is_valid():
        return _show(request, "write", lang, context, 422)
    pace.WRITING.note(_place(request))
    data = form.cleaned_data
    text = data["text"]
    if data["phone"]:
        text = f"{text}\n\n{_('Phone')}: {data['phone']}"
    case = actions.write_in(
        actor=SYSTEM,
        form=found,
        contact=Contact(name=data["name"], email=data["email"], language=lang),
        subject=data["subject"],
        text=text,
        once=data["once"],
    )
    own = reverse("portal:own", args=[lang, case.number, secrets_of.code_of(case.number)])
    told = words.confirmation(case, request.build_absolute_uri(own))
    confirm_by_mail(actor=SYSTEM, case=case, text=told)
    return redirect(f"{own}?new=1")


@require_http_methods(GET_OR_POST)
@spoken
def find(request: HttpRequest, lang: str) -> HttpResponse:
    """Number and code lead to one's case."""
    form = forms.FindForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _show(request, "find", lang, {"form": form}, status)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    if not _may_try(request, number):
        return _show(request, "slowly", lang, {}, 429)
    if queries.own_case(SYSTEM, number, code) is None:
        _note_wrong(request, number)
        form.add_error(None, _("Number and code do not belong together. Look at our first mail."))
        return _show(request, "find", lang, {"form": form}, 422)
    return redirect("portal:own", lang, number, secrets_of.code_of(number))


def _may_try(request: HttpRequest, number: int) -> bool:
    return pace.WRONG_CODES.allows(_place(request)) and pace.WRONG_CODES_A_CASE.allows(str(number))


def _note_wrong(request: HttpRequest, number: int) -> None:
    pace.WRONG_CODES.note(_place(request))
    pace.WRONG_CODES_A_CASE.note(str(number))


def _open(request: HttpRequest, number: int, code: str) -> queries.OwnCase:
    """The case behind number and code. Raises Http404, also when there were too many tries."""
    if not pace.WRONG_CODES.allows(_place(request)):
        raise Http404
    found = queries.own_case(SYSTEM, number, code)
    if found is None:
        _note_wrong(request, number)
        raise Http404
    return found


def _case_page(
    request: HttpRequest, lang: str, found: queries.OwnCase, status: int = 200, **bound: Any
) -> HttpResponse:
    case = found.case
    with timezone.override(case.queue.zone):
        hours = _hours(case)
        kept = {
            "more_form": forms.MoreForm(auto_id="more_%s"),
            "call_form": forms.CallForm(hours=hours, auto_id="call_%s") if hours else None,
            "say_form": forms.SayForm(auto_id="say_%s"),
            **bound,
        }
        context = {
            "own": found,
            "case": case,
            "is_new": request.GET.get("new") == "1",
            "wrong": next(iter(bound), ""),
            "answers": words.answers(),
            **kept,
        }
        context["said"] = words.said(request.GET.get("said", ""))
        return _show(request, "own", lang, context, status)


def _hours(case: Case) -> list[tuple[str, str]]:
    """Hours to choose from: (ISO time in UTC, as people say it)."""
    free = queries.free_hours(SYSTEM, case.queue)
    return [
        (at.isoformat(), f"{day_clock(at, clock.now())}–{clock_time(at + actions.HOUR)}")
        for at in free
    ]


@require_GET
@spoken
def own(request: HttpRequest, lang: str, number: int, code: str) -> HttpResponse:
    """One's case: how it stands, when we come back, what was said."""
    try:
        found = _open(request, number, code)
    except Http404:
        return _show(request, "nothing", lang, {}, 404)
    return _case_page(request, lang, found)


def _verb(view: Any) -> Any:
    """A POST on one's own case: opened by its code, and not too often."""

    @require_POST
    @spoken
    def doing(request: HttpRequest, lang: str, number: int, code: str) -> HttpResponse:
        try:
            found = _open(request, number, code)
        except Http404:
            return _show(request, "nothing", lang, {}, 404)
        if not pace.WRITING.allows(_place(request)):
            return _show(request, "slowly", lang, {}, 429)
        answer: HttpResponse = view(request, lang, found)
        if answer.status_code == 302:
            pace.WRITING.note(_place(request))
        return answer

    return doing


def _back(lang: str, found: queries.OwnCase, said: str) -> HttpResponse:
    at = reverse(
        "portal:own", args=[lang, found.case.number, secrets_of.code_of(found.case.number)]
    )
    return redirect(f"{at}?said={said}#innehall")


@_verb
def more(request: HttpRequest, lang: str, found: queries.OwnCase) -> HttpResponse:
    """Write more."""
    form = forms.MoreForm(request.POST, auto_id="more_%s")
    if form.is_trapped:
        return _back(lang, found, "more")
    if not form.is_valid():
        return _case_page(request, lang, found, 422, more_form=form)
    data = form.cleaned_data
    actions.write_more(actor=SYSTEM, case=found.case, text=data["text"], once=data["once"])
    return _back(lang, found, "more")


@_verb
def call(request: HttpRequest, lang: str, found: queries.OwnCase) -> HttpResponse:
    """Ask to be called."""
    form = forms.CallForm(request.POST, hours=_hours(found.case), auto_id="call_%s")
    if form.is_trapped:
        return _back(lang, found, "call")
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.ask_for_call(
                actor=SYSTEM,
                case=found.case,
                phone=data["phone"],
                starts_at=datetime.fromisoformat(data["hour"]),
                text=data["text"],
                once=data["once"],
            )
        except ValidationError as refused:
            form.add_error("hour", refused)
        else:
            return _back(lang, found, "call")
    return _case_page(request, lang, found, 422, call_form=form)


@_verb
def say(request: HttpRequest, lang: str, found: queries.OwnCase) -> HttpResponse:
    """Thanks, or a complaint."""
    form = forms.SayForm(request.POST, auto_id="say_%s")
    if form.is_trapped:
        return _back(lang, found, "thanks")
    if not form.is_valid():
        return _case_page(request, lang, found, 422, say_form=form)
    data = form.cleaned_data
    actions.remark(
        actor=SYSTEM, case=found.case, kind=data["kind"], text=data["text"], once=data["once"]
    )
    return _back(lang, found, data["kind"])


@_verb
def rate(request: HttpRequest, lang: str, found: queries.OwnCase) -> HttpResponse:
    """Answer the one question."""
    answer = request.POST.get("answer", "")
    if answer in {"1", "2", "3", "4", "5"}:
        actions.rate(actor=SYSTEM, case=found.case, answer=int(answer))
    return _back(lang, found, "rated")
