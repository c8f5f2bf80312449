"""What the worker does for this room: a letter about a slip, and forgetting."""

import threading
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from hemma.lib import loops, wakes
from hemma.support import actions

FORGET_EVERY = timedelta(hours=6)


@app.task(name="support.mail_slip", queue="mail")  # type: ignore[untyped-decorator]
def mail_slip(slip_id: int, base: str) -> None:
    """Write to the address that the company named, if it named one."""
    close_old_connections()
    try:
        actions.mail_slip(slip_id=slip_id, base=base, address=settings.LEAK_ADDRESS)
    finally:
        close_old_connections()


def forget(stop: threading.Event) -> None:
    """Until `stop`: what was taken care of long ago goes."""
    let_go = wakes.seldom(FORGET_EVERY, actions.forget_slips)
    for _turn in wakes.turns("slips", stop, every_s=60):
        let_go()


loops.register("slips", forget)
