"""SCIM 2.0 below `/scim/v2/`: for the company's directory, which comes with a token of its own."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from hemma.people import actions, queries
from hemma.people.actions.directory import Taken
from hemma.people.models import Person, Team
from hemma.people.scim import about, filters, patching, resources
from hemma.people.scim.errors import ScimError, bad_value, not_found
from hemma.people.system import SYSTEM

KIND = "application/scim+json"
View = Callable[..., HttpResponse]


def answer(body: Any, status: int = 200, location: str = "") -> HttpResponse:
    """JSON as SCIM calls it."""
    found = HttpResponse(json.dumps(body), status=status, content_type=KIND)
    found.headers["Cache-Control"] = "no-store"
    if location:
        found.headers["Location"] = location
    return found


def service(*methods: str) -> Callable[[View], View]:
    """A view for who has a token; refusals become SCIM's errors, and nothing of them is stored."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                _let_in(request)
                if request.method not in methods:
                    raise ScimError(405, f"{request.method} is not done here")
                with transaction.atomic():
                    return view(request, *args, **kwargs)
            except ScimError as problem:
                return _refused(problem, methods)
            except Taken as problem:
                return _refused(ScimError(409, f"{problem} is taken", "uniqueness"), methods)
            except ValidationError as problem:
                return _refused(bad_value(" ".join(problem.messages)), methods)

        return guarded

    return decorate


def _let_in(request: HttpRequest) -> None:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    token = queries.token_behind(SYSTEM, key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise ScimError(401, "a token made in Hemma is needed")
    if request.method != "GET":
        actions.note_token_used(actor=SYSTEM, token=token)


def _refused(problem: ScimError, methods: tuple[str, ...]) -> HttpResponse:
    found = answer(resources.error(problem), problem.status)
    if problem.status == 401:
        found.headers["WWW-Authenticate"] = 'Bearer realm="Hemma"'
    if problem.status == 405:
        found.headers["Allow"] = ", ".join(methods)
    return found


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/scim/v2")


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type not in (KIND, "application/json"):
        raise ScimError(415, f"send {KIND}")
    try:
        text = request.body.decode("utf-8")
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except RequestDataTooBig:
        raise ScimError(413, "too large") from None
    except (ValueError, RecursionError):
        raise ScimError(400, "the body is not JSON", "invalidSyntax") from None
    if not isinstance(found, dict):
        raise ScimError(400, "the body must be an object", "invalidSyntax")
    if "\\u0000" in text:
        raise bad_value("a character that no text has")
    return found


def _page(request: HttpRequest) -> tuple[int, int]:
    """From which (1 is the first) and how many."""
    found = []
    for name, usual in (("startIndex", 1), ("count", about.MOST_RESULTS)):
        text = request.GET.get(name, str(usual))
        sign, digits = text[:1], text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
            raise bad_value(f"{name} must be a number")
        found.append(-int(digits) if sign == "-" else int(digits))
    return max(found[0], 1), min(max(found[1], 0), about.MOST_RESULTS)


def _shown(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    asked = request.GET
    return resources.narrowed(
        found, asked.get("attributes", ""), asked.get("excludedAttributes", "")
    )


def _condition(request: HttpRequest, attributes: Any) -> Any:
    text = request.GET.get("filter", "")
    return filters.condition(text, attributes) if text.strip() else None


def _users(request: HttpRequest, people: list[Person]) -> list[dict[str, Any]]:
    teams = queries.teams_by_person(SYSTEM, people)
    return [resources.user(one, teams.get(one.pk, ()), _base(request)) for one in people]


def _groups(request: HttpRequest, teams: list[Team]) -> list[dict[str, Any]]:
    people = queries.people_by_team(SYSTEM, teams)
    return [resources.group(one, people.get(one.pk, ()), _base(request)) for one in teams]


@service("GET", "POST")
def users(request: HttpRequest) -> HttpResponse:
    """Everybody, or a newcomer."""
    if request.method == "POST":
        said = resources.read_user(_body(request))
        person = actions.take_in(actor=SYSTEM, said=said)
        (found,) = _users(request, [person])
        return answer(_shown(request, found), 201, found["meta"]["location"])
    start, count = _page(request)
    condition = _condition(request, resources.USER_ATTRIBUTES)
    people, total = queries.directory_people(SYSTEM, condition, start - 1, count)
    rows = [_shown(request, one) for one in _users(request, people)]
    return answer(resources.listed(rows, total, start))


def _one(found: list[Any], what: str) -> Any:
    if not found:
        raise not_found(what)
    return found[0]


def _by_id(directory_id: str, attributes: Any) -> Any:
    return filters.condition(f"id eq {json.dumps(directory_id)}", attributes)


@service("GET", "PUT", "PATCH", "DELETE")
def user(request: HttpRequest, directory_id: str) -> HttpResponse:
    """One person: read, replaced, changed, or gone."""
    wanted = _by_id(directory_id, resources.USER_ATTRIBUTES)
    person: Person = _one(queries.directory_people(SYSTEM, wanted, 0, 1)[0], "user")
    if request.method == "DELETE":
        actions.delist_person(actor=SYSTEM, person=person)
        return HttpResponse(status=204)
    if request.method != "GET":
        body = _body(request)
        if request.method == "PATCH":
            (now,) = _users(request, [person])
            changed = patching.patched(now, body, resources.USER_NAMES)
            body = resources.with_name_parts(now, changed)
        said = resources.read_user(body)
        person = actions.change_by_directory(actor=SYSTEM, person=person, said=said)
    (found,) = _users(request, [person])
    return answer(_shown(request, found))


@service("GET", "POST")
def groups(request: HttpRequest) -> HttpResponse:
    """Every team, or a new one."""
    if request.method == "POST":
        said = resources.read_group(_body(request))
        team = actions.save_group(actor=SYSTEM, team=None, said=said)
        (found,) = _groups(request, [team])
        return answer(_shown(request, found), 201, found["meta"]["location"])
    start, count = _page(request)
    condition = _condition(request, resources.GROUP_ATTRIBUTES)
    teams, total = queries.directory_teams(SYSTEM, condition, start - 1, count)
    rows = [_shown(request, one) for one in _groups(request, teams)]
    return answer(resources.listed(rows, total, start))


@service("GET", "PUT", "PATCH", "DELETE")
def group(request: HttpRequest, directory_id: str) -> HttpResponse:
    """One team: read, replaced, changed, or gone."""
    wanted = _by_id(directory_id, resources.GROUP_ATTRIBUTES)
    team: Team = _one(queries.directory_teams(SYSTEM, wanted, 0, 1)[0], "group")
    if request.method == "DELETE":
        actions.delist_group(actor=SYSTEM, team=team)
        return HttpResponse(status=204)
    if request.method != "GET":
        body = _body(request)
        if request.method == "PATCH":
            (now,) = _groups(request, [team])
            body = patching.patched(now, body, resources.GROUP_NAMES)
            body.setdefault("members", [])
        team = actions.save_group(actor=SYSTEM, team=team, said=resources.read_group(body))
    (found,) = _groups(request, [team])
    return answer(_shown(request, found))


@service("GET")
def service_config(request: HttpRequest) -> HttpResponse:
    """What the service can."""
    del request
    return answer(about.config())


@service("GET")
def resource_types(request: HttpRequest) -> HttpResponse:
    """Users and groups."""
    return answer(about.all_of(about.resource_types(_base(request))))


@service("GET")
def schemas(request: HttpRequest) -> HttpResponse:
    """The attributes of both."""
    del request
    return answer(about.all_of(about.schemas()))


@service("GET")
def openapi(request: HttpRequest) -> HttpResponse:
    """The service in OpenAPI."""
    return answer(about.openapi(_base(request)))
