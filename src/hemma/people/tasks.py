"""Jobs: mail that a page must not wait for."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.people import actions
from hemma.people.queries import person_named
from hemma.people.system import SYSTEM


@app.task(name="people.send_reset", queue="mail")  # type: ignore[untyped-decorator]
def send_reset(email: str, base: str) -> None:
    """Mail a link for a new password, if somebody signs in with `email`."""
    close_old_connections()
    try:
        actions.send_reset(actor=SYSTEM, email=email, base=base)
    finally:
        close_old_connections()


@app.task(name="people.send_invitation", queue="mail")  # type: ignore[untyped-decorator]
def send_invitation(person_id: int, base: str) -> None:
    """Mail someone their first link."""
    close_old_connections()
    try:
        person = person_named(SYSTEM, person_id)
        if person is not None:
            actions.send_invitation(actor=SYSTEM, person=person, base=base)
    finally:
        close_old_connections()
