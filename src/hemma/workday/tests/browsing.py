"""Reading pages as somebody."""

import re

from django.urls import reverse


def sign_in(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client, name, *args, **headers):
    answer = client.get(reverse(f"workday:{name}", args=args), headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text_of(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))
