"""What the worker does for this room: holding, letting through, forgetting."""

import threading
from datetime import timedelta

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.lib import loops, wakes
from hemma.notices import actions
from hemma.people.queries import person_about
from hemma.people.system import SYSTEM

FORGET_EVERY = timedelta(hours=6)


def take_in(message: OutboxMessage) -> None:
    """A room left word for somebody."""
    actions.take_in(actor=SYSTEM, message=message)


for kind in actions.SORT_OF:
    relay.read_by("notices", kind, take_in)


def let_through(stop: threading.Event) -> None:
    """Until `stop`: show what waits to whoever has come to work, or back from rest."""
    actions.ensure_key()
    forget = wakes.seldom(FORGET_EVERY, actions.forget)
    for _turn in wakes.turns("notices", stop, every_s=5):
        actions.remind()
        actions.let_through()
        forget()


def mail(stop: threading.Event) -> None:
    """Until `stop`: put the day's mails that are due into the mail queue."""
    for _turn in wakes.turns("digests", stop, every_s=60):
        actions.mail_due()


def push(stop: threading.Event) -> None:
    """Until `stop`: tell the browsers of those who can be reached."""
    for _turn in wakes.turns("pushes", stop, every_s=15):
        actions.push_due()


@app.task(name="notices.send_digest", queue="mail")  # type: ignore[untyped-decorator]
def send_digest(person_id: int) -> None:
    """Send one person's mail of the day."""
    close_old_connections()
    try:
        actions.send_digest(person_id=person_id)
    finally:
        close_old_connections()


def forget_devices(message: OutboxMessage) -> None:
    """Somebody has left."""
    person = person_about(SYSTEM, message.about)
    if person is not None:
        actions.forget_devices_of(actor=SYSTEM, person=person)


relay.read_by("notices", "people.left", forget_devices)
loops.register("notices", let_through)
loops.register("pushes", push)
loops.register("digests", mail)
