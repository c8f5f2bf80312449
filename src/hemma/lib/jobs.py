"""Jobs: procrastinate inside our own database, so that a job exists exactly if its cause does.

A job that is to run later follows Hemma's clock, not the database's: `journal.actions.schedule`
keeps it until its time has come and only then hands it over.
"""

import asyncio
import threading
from typing import Any

STOP_S = 2


def on_ready(app: Any) -> None:
    """Called by procrastinate's Django app; the tasks of the rooms are found by then."""


def run_worker(stop: threading.Event, concurrency: int = 4) -> None:
    """Work on jobs until `stop` is set. Blocks; jobs under way get two seconds to finish."""
    asyncio.run(_work(stop, concurrency))


async def _work(stop: threading.Event, concurrency: int) -> None:
    from procrastinate.contrib.django import app

    working = app.with_connector(app.connector.get_worker_connector())
    async with working.open_async():
        worker = asyncio.create_task(
            working.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=False,
                listen_notify=True,
                shutdown_graceful_timeout=STOP_S,
                delete_jobs="successful",
            )
        )
        while not stop.is_set() and not worker.done():
            await asyncio.sleep(0.1)
        if worker.done():
            worker.result()  # raises what ended it
        worker.cancel()
        await asyncio.wait([worker], timeout=STOP_S + 1)
