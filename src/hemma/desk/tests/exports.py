"""Tickets as Zendesk and Zammad write them."""

import json
from datetime import UTC, datetime

NOW = datetime(2026, 11, 19, 8, 37, tzinfo=UTC)


def zendesk(number=35436, **more):
    """A line of Zendesk's full export."""
    return {
        "id": number,
        "created_at": "2026-03-02T09:15:00Z",
        "updated_at": "2026-03-03T10:00:00Z",
        "subject": "Fakturan dragen två gånger",
        "description": "Hej! Det drogs två gånger.",
        "status": "closed",
        "via": {"channel": "email"},
        "tags": ["Faktura", "vip"],
        "group": {"id": 7, "name": "Billing"},
        "requester": {"id": 20, "name": "Kim Holm", "email": "kim@example.org", "role": "end-user"},
        "comments": [
            {
                "author_id": 20,
                "public": True,
                "body": "Hej! Det drogs två gånger. Kortet är 4111 1111 1111 1111.",
                "created_at": "2026-03-02T09:15:00Z",
                "attachments": [{"file_name": "kvitto.pdf"}],
            },
            {
                "author_id": 31,
                "author": {"name": "Amanda Nyström", "email": "Amanda@hemma.example"},
                "public": False,
                "body": "Jag frågar banken.",
                "created_at": "2026-03-02T11:00:00Z",
            },
            {
                "author_id": 31,
                "author": {"name": "Amanda Nyström", "email": "Amanda@hemma.example"},
                "public": True,
                "html_body": "<p>Pengarna är <b>på väg</b>.</p>",
                "created_at": "2026-03-03T10:00:00Z",
            },
        ],
        **more,
    }


def zammad(number="61042", **more):
    """A ticket of Zammad's API with its articles inside."""
    return {
        "id": 12,
        "number": number,
        "title": "Flyttar i december",
        "group": "Moves",
        "state": "open",
        "customer": "kim@example.org",
        "created_at": "2026-11-17T07:00:00.000Z",
        "updated_at": "2026-11-18T07:00:00.000Z",
        "create_article_type": "phone",
        "articles": [
            {
                "id": 1,
                "from": "Kim Holm <kim@example.org>",
                "sender": "Customer",
                "internal": False,
                "content_type": "text/html",
                "body": "<div>Måste jag säga upp <b>avtalet</b>?</div>",
                "message_id": "<first@kim>",
                "created_at": "2026-11-17T07:00:00.000Z",
            },
        ],
        **more,
    }


def lines(*tickets) -> bytes:
    return "\n".join(json.dumps(one) for one in tickets).encode()
