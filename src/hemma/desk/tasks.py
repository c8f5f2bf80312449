"""Jobs and loops of the desk."""

import threading
from datetime import timedelta

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.desk import actions, watching
from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.lib import loops, wakes
from hemma.people.queries import person_about
from hemma.people.system import SYSTEM

OVERDUE_S = 15.0
FORGET_EVERY = timedelta(days=1)  # by Hemma's clock, which may be moved


@app.task(name="desk.send_mail", queue="mail")  # type: ignore[untyped-decorator]
def send_mail(message_id: int) -> None:
    """Send one answer."""
    close_old_connections()
    try:
        actions.send(message_id=message_id)
    finally:
        close_old_connections()


@app.task(name="desk.tell_language", queue="mail")  # type: ignore[untyped-decorator]
def tell_language(case_id: int) -> None:
    """Say in which language a case is that a person made of a mail."""
    close_old_connections()
    try:
        actions.tell_language(case_id=case_id)
    finally:
        close_old_connections()


def send_overdue(stop: threading.Event) -> None:
    """Send what a dead worker left behind."""
    for _turn in wakes.turns("mail_out", stop, every_s=OVERDUE_S):
        actions.send_overdue()


def make_findable(stop: threading.Event) -> None:
    """Keep the search in step with what is written."""
    for _turn in wakes.turns("findable", stop, every_s=OVERDUE_S):
        actions.make_findable()


def tell_addresses(stop: threading.Event) -> None:
    """Tell other programs what has happened, again until they hear."""
    for _turn in wakes.turns("webhooks", stop, every_s=OVERDUE_S):
        actions.deliver_due()


def bring_cases_along(stop: threading.Event) -> None:
    """Go on with files of cases that were begun, also after a stop in the middle."""
    for _turn in wakes.turns("case_imports", stop, every_s=OVERDUE_S):
        actions.import_all()


@app.task(name="desk.wake_case", queue="default")  # type: ignore[untyped-decorator]
def wake_case(case_id: int) -> None:
    """Bring back a case that was put away until now."""
    close_old_connections()
    try:
        actions.wake(case_id=case_id)
    finally:
        close_old_connections()


def forget_cases(stop: threading.Event) -> None:
    """Once a day: cases whose time is over become nobody's."""
    forget = wakes.seldom(FORGET_EVERY, _forget)
    for _turn in wakes.turns("old_cases", stop, every_s=30):
        forget()


def _forget() -> None:
    actions.forget_old_cases(actor=SYSTEM)
    actions.forget_readings(actor=SYSTEM)


def let_go(message: OutboxMessage) -> None:
    """Somebody has left: their cases go back to the queue."""
    person = person_about(SYSTEM, message.about)
    if person is not None:
        actions.release_all_of(actor=SYSTEM, person=person)


relay.read_by("desk", "people.left", let_go)
loops.register("mail", watching.watch_mailboxes, process="mail")
loops.register("mail_sweep", watching.sweep, process="mail")
loops.register("mail_out", send_overdue)
loops.register("findable", make_findable)
loops.register("webhooks", tell_addresses)
loops.register("case_imports", bring_cases_along)
loops.register("old_cases", forget_cases)
