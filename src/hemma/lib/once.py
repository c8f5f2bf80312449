"""Asking once a page: fragments of one page that ask the same get the same answer.

A page is made of fragments of several rooms, and each is a small page of its own that asks for
what it needs: one's mode, one's day. Inside one reading request the first answer serves the others,
which also keeps a page from telling two things at once. Requests that change something ask anew
every time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Inside, a query marked `once_a_page` is asked once for the same arguments."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once_a_page[**P, T](query: Callable[P, T]) -> Callable[P, T]:
    """Mark a query whose answer is a value nobody changes; its arguments have to be hashable.

    What it raises is not remembered.
    """

    @wraps(query)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _answers.get()
        if known is None:
            return query(*args, **kwargs)
        key = (query, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = query(*args, **kwargs)
        answer: T = known[key]
        return answer

    return asked


def of_each_once[T](
    what: Hashable, ids: Iterable[int], ask: Callable[[set[int]], Mapping[int, T]]
) -> dict[int, T]:
    """What `ask` tells of each of `ids`; inside a page those it has told of are not asked again.

    `what` names the question, and who asks when the answer depends on it. Whoever `ask` leaves out
    stays left out. The answers are values nobody changes.
    """
    wanted, known = set(ids), _answers.get()
    if known is None:
        return dict(ask(wanted)) if wanted else {}
    told: dict[int, T | None] = known.setdefault((of_each_once, what), {})
    new = wanted - told.keys()
    if new:
        told.update(dict.fromkeys(new))
        told.update(ask(new))
    return {one: answer for one in wanted if (answer := told[one]) is not None}


class OnePageMiddleware:
    """A request that only reads is one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET":
            return self.get_response(request)
        with one_page():
            return self.get_response(request)
