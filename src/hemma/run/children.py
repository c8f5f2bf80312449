"""Who lives in the process tree, and how each is started."""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from hemma.run.child import Recipe
from hemma.run.places import checkout
from hemma.run.postgres import Server
from hemma.run.telling import Refusal

# One serves a few hundred people at work; half of the cores are left to the database and the rest.
MOST_WEB = 8


@dataclass(frozen=True)
class Settings:
    """What `serve` and `demo` were asked for."""

    data: Path
    port: int | None = None
    open_browser: bool = True
    demo: bool = False
    people: int | None = None
    seed: int | None = None


def environment(settings: Settings, port: int) -> dict[str, str]:
    """What every child finds in its environment, so that all see the same Hemma."""
    told = {
        "HEMMA_DATA": str(settings.data),
        "HEMMA_DEMO": "1" if settings.demo else "0",
        "HEMMA_URL": f"http://localhost:{port}",
        "HEMMA_WEB_PROCESSES": str(web_processes()),
        "DJANGO_SETTINGS_MODULE": "hemma.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if (root := checkout()) is not None:  # PYTHONPATH may be relative, and children start in /
        told["PYTHONPATH"] = str(root / "src")
    if settings.demo:  # the demo plays inside a working day, so all follow a clock it can move
        told["HEMMA_CLOCK_FILE"] = str(settings.data / "clock")
    if settings.demo and settings.people is not None:
        told["HEMMA_DEMO_PEOPLE"] = str(settings.people)
    if settings.demo and settings.seed is not None:
        told["HEMMA_DEMO_SEED"] = str(settings.seed)
    return told


def web_processes() -> int:
    """How many processes draw pages: HEMMA_WEB_PROCESSES, else one for every two cores."""
    said = os.environ.get("HEMMA_WEB_PROCESSES", "")
    if not said:
        return max(1, min(MOST_WEB, (os.cpu_count() or 1) // 2))
    if not said.isdecimal() or not 1 <= int(said) <= 64:
        raise Refusal(f"HEMMA_WEB_PROCESSES must be a number from 1 to 64, not {said!r}.")
    return int(said)


def database(server: Server) -> Recipe:
    """The embedded server. Preparing at every start clears what a killed one left."""

    def command() -> list[str]:
        server.prepare()
        return server.command()

    return Recipe("database", command, when_parent_dies=signal.SIGINT)


def migrations(told: dict[str, str]) -> Recipe:
    """The child that brings the database up to date and ends."""
    return Recipe("migrations", lambda: _python("hemma.run.migrate"), told, once=True)


def product(settings: Settings, told: dict[str, str], listening: int) -> list[Recipe]:
    """Everything that runs above the database. `listening`: the open socket of the web processes.

    All of them wait at the same socket: whichever is free takes who comes next.
    """
    web = ["hemma", "web", "--fd", str(listening)]
    names = ["web", *(f"web-{n}" for n in range(2, int(told["HEMMA_WEB_PROCESSES"]) + 1))]
    return [
        *(Recipe(name, lambda: _python(*web), told, passed=(listening,)) for name in names),
        Recipe("worker", lambda: _python("hemma", "worker"), told),
        Recipe("mail", lambda: _python("hemma", "mail"), told),
        *(demo_children(told) if settings.demo else []),
    ]


def afterwards(told: dict[str, str]) -> list[Recipe]:
    """What may wait until Hemma is ready: compiling the planner's loops, politely, once."""
    return [Recipe("compile", lambda: _python("hemma", "compile", "--polite"), told, once=True)]


def demo_children(told: dict[str, str]) -> list[Recipe]:
    """What the demo adds: a local mail server, customers who write, colleagues who answer."""
    return [Recipe("demo", lambda: _python("hemma.run.demo"), told)]


def _python(module: str, *words: str) -> list[str]:
    # -P: the working folder, "/", is no place to import from.
    return [sys.executable, "-P", "-m", module, *words]
