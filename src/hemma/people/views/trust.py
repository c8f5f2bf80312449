"""*Who sees what about me*: in words, live, and to take away."""

import io
import json
import zipfile

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemma.people import queries
from hemma.people.actions import read_visibility
from hemma.people.views.my_sign_in import signed_in, step_up


@require_safe
def visibility(request: HttpRequest) -> HttpResponse:
    """The who-sees-what registry in words, what changed in it, and who has looked."""
    return render(
        request,
        "people/visibility.html",
        {
            "kinds": queries.who_sees_what(request.user),
            "looks": queries.looks_at_me(request.user),
            "news": queries.visibility_news(request.user),
        },
    )


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who has looked: the part of the page that renews itself."""
    return render(
        request, "people/visibility.html#looks", {"looks": queries.looks_at_me(request.user)}
    )


@require_safe
def visibility_news(request: HttpRequest) -> HttpResponse:
    """On every page, until it is read: that who sees what has changed."""
    return render(
        request, "people/visibility_news.html", {"news": queries.visibility_news(request.user)}
    )


@require_POST
def read_news(request: HttpRequest) -> HttpResponse:
    """I have read what changed."""
    number = request.POST.get("up_to", "")
    if number.isdigit():
        read_visibility(actor=signed_in(request), up_to=min(int(number), 2**31))
    return redirect("people:visibility")


@require_safe
@never_cache
@step_up
def everything(request: HttpRequest) -> HttpResponse:
    """Everything about me, as one zip file: a JSON file for each kind, and what they are."""
    person = signed_in(request)
    kinds = queries.everything_about(person, person)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        index = {
            key: {**kind, "rows": sum(map(len, kind["rows"].values()))}
            for key, kind in kinds.items()
        }
        archive.writestr("index.json", _json(index))
        for key, kind in kinds.items():
            archive.writestr(f"{key}.json", _json(kind))
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    name = _("everything-about-me")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
