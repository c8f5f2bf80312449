"""Jobs: mail that a page must not wait for. Loops: telling who sees what."""

import threading
from datetime import timedelta

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.lib import loops, wakes
from hemma.people import actions
from hemma.people.queries import person_named
from hemma.people.system import SYSTEM

KEEP_EVERY = timedelta(hours=1)


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


def tell_visibility(stop: threading.Event) -> None:
    """At start: if the registry says something else than people were told, tell them."""
    told = False  # the registry is made of code: it cannot change while this runs
    for _turn in wakes.turns("visibility", stop, every_s=30):
        if not told:
            actions.announce_visibility(actor=SYSTEM)
            told = True


def keep_no_longer(stop: threading.Event) -> None:
    """Once an hour of Hemma's clock: what may be kept no longer goes."""
    let_go = wakes.seldom(KEEP_EVERY, lambda: actions.keep_no_longer(actor=SYSTEM))
    for _turn in wakes.turns("retention", stop, every_s=30):
        let_go()


loops.register("retention", keep_no_longer)
loops.register("visibility", tell_visibility)
