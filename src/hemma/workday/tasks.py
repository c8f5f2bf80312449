"""What the worker does for this room: nobody's modes are kept longer than promised."""

import logging
import threading

from django.db import close_old_connections

from hemma.lib import loops
from hemma.workday import actions

log = logging.getLogger(__name__)

NAME = "forget modes"
EVERY_S = 3600.0


def forget_modes(stop: threading.Event) -> None:
    """Once an hour until `stop`: forget modes older than seven days."""
    while not stop.is_set():
        close_old_connections()
        gone = actions.forget_old_modes()
        if gone:
            log.info("forgot %d modes older than a week", gone)
        loops.beat(NAME)
        close_old_connections()
        stop.wait(EVERY_S)


loops.register(NAME, forget_modes)
