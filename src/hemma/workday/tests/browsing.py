"""Reading pages as somebody."""

import io
import re
import zipfile

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


def everything_of(client, person):
    """The text of all files that `person` takes with them."""
    answer = sign_in(client, person).get(reverse("people:everything"))
    content = b"".join(answer) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return "\n".join(files.read(name).decode() for name in sorted(files.namelist()))
