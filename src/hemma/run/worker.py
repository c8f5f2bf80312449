"""The worker and the mail poller: loops until told to stop."""

import logging
import os
import signal
import sys
import threading
import time

import django

from hemma.lib import logs, loops
from hemma.run import lifeline

STOPPING_S = 1.6  # with the start of the end, within the two seconds that are promised


def main() -> int:
    """All queues' jobs, and every loop that a room registered for the worker."""
    _set_up("worker")
    from hemma.lib import jobs

    loops.register("jobs", jobs.run_worker)
    return _run("worker")


def mail() -> int:
    """The loops that fetch and send mail."""
    _set_up("mail")
    return _run("mail")


def _set_up(part: str) -> None:
    lifeline.watch()
    logs.configure(part)
    django.setup()
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("tasks")  # where rooms register their jobs and loops


def _run(process: str) -> int:
    stop = threading.Event()
    for received in (signal.SIGTERM, signal.SIGINT):
        signal.signal(received, lambda *_: stop.set())
    threads = loops.start(loops.registered(process), stop)
    while not stop.wait(1.0):
        pass
    deadline = time.monotonic() + STOPPING_S
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    late = [thread.name for thread in threads if thread.is_alive()]
    if late:
        # What they held is rolled back by the database; waiting would only delay everyone.
        logging.getLogger(__name__).info("stopped without waiting for: %s", ", ".join(late))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
    return 0
