"""A list that renews itself does not stand before somebody who goes to a page."""

import asyncio

from hemma import asgi


def sent_to(monkeypatch, *headers):
    found = []

    def threads(name):
        async def answer(scope, receive, send):
            found.append(name)

        return answer

    monkeypatch.setattr(asgi, "pages", threads("pages"))
    monkeypatch.setattr(asgi, "renewals", threads("renewals"))
    scope = {"type": "http", "path": "/cases/list/", "headers": list(headers)}
    asyncio.run(asgi.application(scope, None, None))
    return found


def test_what_renews_itself_has_threads_of_its_own(monkeypatch):
    assert sent_to(monkeypatch, (b"host", b"x"), (b"hemma-renews", b"1")) == ["renewals"]
    assert sent_to(monkeypatch, (b"host", b"x"), (b"hx-request", b"true")) == ["pages"]
