"""Somebody to show a page to, without the rooms above this one."""

from dataclasses import dataclass

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve


@dataclass
class Somebody:
    name: str = "Amanda Nyström"
    language: str = "sv"
    pk: int = 7
    is_authenticated: bool = True


def page_request(person: object, path: str = "/", method: str = "get", **data: str) -> HttpRequest:
    """A request as a view gets it: with a person, messages and a place in the urls."""
    request = getattr(RequestFactory(), method)(path, data)
    request.user = person
    request.resolver_match = resolve(path)
    request._messages = CookieStorage(request)
    return request
