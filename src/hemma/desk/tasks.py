"""Jobs and loops of the desk."""

import threading

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.desk import actions, watching
from hemma.lib import loops, wakes

OVERDUE_S = 15.0


@app.task(name="desk.send_mail", queue="mail")  # type: ignore[untyped-decorator]
def send_mail(message_id: int) -> None:
    """Send one answer."""
    close_old_connections()
    try:
        actions.send(message_id=message_id)
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


@app.task(name="desk.wake_case", queue="default")  # type: ignore[untyped-decorator]
def wake_case(case_id: int) -> None:
    """Bring back a case that was put away until now."""
    close_old_connections()
    try:
        actions.wake(case_id=case_id)
    finally:
        close_old_connections()


loops.register("mail", watching.watch_mailboxes, process="mail")
loops.register("mail_sweep", watching.sweep, process="mail")
loops.register("mail_out", send_overdue)
loops.register("findable", make_findable)
