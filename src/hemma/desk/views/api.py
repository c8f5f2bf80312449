"""The API below `/api/v1/`: for programs that come with a key of their own."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from hemma.desk import actions, queries
from hemma.desk.api import about, shapes
from hemma.desk.api.shapes import Problem
from hemma.desk.models import Case
from hemma.people.models import Person
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible

MOST_A_PAGE = 100
View = Callable[..., HttpResponse]


def _answer(body: Any, status: int = 200, kind: str = "application/json") -> HttpResponse:
    found = HttpResponse(json.dumps(body), status=status, content_type=kind)
    found.headers["Cache-Control"] = "no-store"
    return found


def _refused(problem: Problem, allowed: tuple[str, ...]) -> HttpResponse:
    told = {"type": "about:blank", "title": problem.title, "status": problem.status}
    if problem.detail:
        told["detail"] = problem.detail
    found = _answer(told, problem.status, "application/problem+json")
    if problem.status == 401:
        found.headers["WWW-Authenticate"] = 'Bearer realm="Hemma"'
    if problem.status == 405:
        found.headers["Allow"] = ", ".join(allowed)
    return found


def service(**scopes: str) -> Callable[[View], View]:
    """A view for programs. `scopes`: the scope that each method needs (get="cases:read")."""
    allowed = tuple(method.upper() for method in scopes)

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with translation.override("en"):
                    person = _person(request, scopes)
                    return view(request, person, *args, **kwargs)
            except Problem as problem:
                return _refused(problem, allowed)
            except NotVisible:
                return _refused(Problem(404, "There is nothing here"), allowed)
            except ValidationError as refused:
                return _refused(Problem(422, "Not done", " ".join(refused.messages)), allowed)

        return guarded

    return decorate


def _person(request: HttpRequest, scopes: dict[str, str]) -> Person:
    """Who made the key that came with the request, if it may do this. Raises Problem."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    token = queries.token_behind(SYSTEM, key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Problem(401, "A key made in Hemma is needed")
    needed = scopes.get((request.method or "").lower())
    if needed is None:
        raise Problem(405, f"{request.method} is not done here")
    if needed not in token.scopes:
        raise Problem(403, "The key may not do this", f"it needs {needed}")
    if request.method != "GET":
        actions.note_api_use(actor=SYSTEM, token=token)
    return token.made_by


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Problem(415, "Send application/json")
    try:
        found = json.loads(request.body.decode("utf-8"))
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except RequestDataTooBig:
        raise Problem(413, "Too large") from None
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON") from None
    if not isinstance(found, dict):
        raise Problem(400, "The body must be an object")
    return found


def _number(request: HttpRequest, name: str, usual: int) -> int:
    said = request.GET.get(name, str(usual))
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise Problem(422, "That cannot be read", f"{name}: a number")
    return int(said)


def _page(request: HttpRequest, rows: Any, show: Any, key: str = "pk") -> HttpResponse:
    """Rows after `after` by `key`, and where the next page begins."""
    limit = min(max(_number(request, "limit", 50), 1), MOST_A_PAGE)
    after = _number(request, "after", 0)
    found = list(rows.filter(**{f"{key}__gt": after}).order_by(key)[: limit + 1])
    shown, more = found[:limit], len(found) > limit
    following = None
    if more:
        asked = request.GET.copy()
        asked["after"] = str(getattr(shown[-1], key))
        following = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
    return _answer({"items": [show(row) for row in shown], "next": following})


@csrf_exempt
@login_not_required
def description(request: HttpRequest) -> HttpResponse:
    """The API in OpenAPI, for everybody."""
    if request.method not in {"GET", "HEAD"}:
        return _refused(Problem(405, "GET only"), ("GET",))
    return _answer(about.openapi(request.build_absolute_uri("/api/v1")))


@service(get="cases:read", post="cases:write")
def api_cases(request: HttpRequest, person: Person) -> HttpResponse:
    """Cases, or a new one."""
    if request.method == "POST":
        return _answer(shapes.case(_new_case(person, _body(request))), 201)
    rows = queries.cases_to_tell(person)
    if state := request.GET.get("state"):
        rows = rows.filter(state=shapes.choice({"state": state}, "state", Case.State.values))
    if "queue" in request.GET:
        rows = rows.filter(queue=_number(request, "queue", 0))
    return _page(request, rows, shapes.case, "number")


def _new_case(person: Person, body: dict[str, Any]) -> Case:
    queue = body.get("queue")
    if not isinstance(queue, int) or isinstance(queue, bool) or not 0 < queue < 2**31:
        raise Problem(422, "Something is missing", "queue: its number")
    contact = actions.Contact(
        name=shapes.text(body, "name", most=200),
        email=shapes.text(body, "email", most=254),
        phone=shapes.text(body, "phone", most=60),
        language=shapes.text(body, "language", most=5),
    )
    made = actions.open_case(
        actor=person,
        queue=queries.queue_for(person, queue),
        channel=Case.Channel.FORM,
        contact=contact,
        subject=shapes.text(body, "subject", needed=True),
        text=shapes.text(body, "text", most=100_000, needed=True),
        once=shapes.once(body),
    )
    return queries.case_to_tell(person, made.number)


@service(get="cases:read", patch="cases:write")
def api_case(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One case, or a change of it."""
    found = queries.case_to_tell(person, number)
    if request.method == "PATCH":
        _change(person, found, _body(request))
        found = queries.case_to_tell(person, number)
    return _answer(shapes.case(found))


def _change(person: Person, found: Case, body: dict[str, Any]) -> None:
    tags = body.get("tags")
    if tags is not None:
        if not isinstance(tags, list) or not all(isinstance(one, str) for one in tags):
            raise Problem(422, "That cannot be read", "tags: a list of words")
        actions.set_tags(actor=person, case=found, names=[tag[:40] for tag in tags[:20]])
    if "state" in body:
        wanted = shapes.choice(body, "state", Case.State.values)
        verbs = {"open": actions.reopen, "answered": actions.wait_for_customer}
        if wanted != found.state:
            verbs.get(wanted, actions.solve)(actor=person, case=found)


@service(get="messages:read", post="messages:write")
def api_messages(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """What was written in a case, or an answer to the customer."""
    found = queries.case_to_tell(person, number)
    if request.method == "GET":
        return _page(request, queries.messages_to_tell(person, found), shapes.message)
    body = _body(request)
    answered = actions.answer(
        actor=person,
        case=found,
        text=shapes.text(body, "text", most=100_000, needed=True),
        once=shapes.once(body),
        then=shapes.choice(body, "then", ("answered", "solved"), "answered"),
        promised_at=shapes.when(body, "promised_at"),
    )
    return _answer(shapes.message(answered.message), 201)


@service(get="customers:read")
def api_customers(request: HttpRequest, person: Person) -> HttpResponse:
    """Customers with a case in one of the key's queues."""
    rows = queries.customers_of(person).prefetch_related("addresses")
    return _page(request, rows, shapes.customer)


@service(get="customers:read", patch="customers:write")
def api_customer(request: HttpRequest, person: Person, customer_id: int) -> HttpResponse:
    """One customer, or a change."""
    found = queries.customer_for(person, customer_id)
    if request.method == "PATCH":
        body = _body(request)
        limits = {"name": 200, "email": 254, "language": 5}
        now = {name: getattr(found, name) for name in limits}
        said = {name: shapes.text({**now, **body}, name, most=n) for name, n in limits.items()}
        found = actions.change_customer(actor=person, customer=found, **said)
    return _answer(shapes.customer(found))


@service(get="cases:read", post="cases:write", patch="cases:write")
def api_nothing(_request: HttpRequest, _person: Person, rest: str) -> HttpResponse:
    """An address that the API does not have; without a key not even that is told."""
    raise Problem(404, "There is nothing here", rest[:100])
