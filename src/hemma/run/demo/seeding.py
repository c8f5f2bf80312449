"""Filling the demo's company, room by room; a second start finds it there and adds the new days."""

import importlib
import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.module_loading import module_has_submodule

from hemma.journal.actions import ensure_partitions
from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.demo import PLAYED_BY_THE_VISITOR, DemoCompany
from hemma.people.models import Person, Role
from hemma.planning.models import Activity
from hemma.run.demo.day import playing_time

log = logging.getLogger(__name__)


def set_clock(clock_file: str) -> datetime:
    """Move Hemma's clock into a living day if it is not in one; the time it is now.

    Without a clock file (someone started this process alone) the clock stays where it is.
    """
    now = clock.now()
    if not clock_file:
        return now
    wanted = playing_time(now, Event.objects.aggregate(last=Max("at"))["last"])
    if wanted != now:
        clock.write_offset(Path(clock_file), clock.offset() + (wanted - now))
    return wanted


def fill(company: DemoCompany) -> None:
    """Call every room's `demo.load`, from the lowest room up, each in one transaction."""
    ensure_partitions()  # the clock may stand in a month that the worker has not prepared yet
    for room in settings.ROOMS:
        package = importlib.import_module(f"hemma.{room}")
        if module_has_submodule(package, "demo"):
            with transaction.atomic():
                importlib.import_module(f"hemma.{room}.demo").load(company)
            log.info("demo data of %s is there", room)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass(frozen=True)
class Part:
    """A part of someone's day: what it is for, from when to when (aware)."""

    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Acting:
    """One colleague who acts: how they sign in, and their planned day."""

    email: str
    name: str
    answers: bool
    day: tuple[Part, ...]


def acting(company: DemoCompany, most: int) -> list[Acting]:
    """The colleagues who act, at most `most`: whole teams first, never those the visitor plays."""
    people = [p for unit in company.units for p in unit.people] + company.everyone
    chosen = [p for p in dict.fromkeys(people) if p.email not in PLAYED_BY_THE_VISITOR][:most]
    agents = set(
        Person.objects.filter(
            pk__in=[p.pk for p in chosen], grants__role=Role.AGENT, grants__until=None
        ).values_list("pk", flat=True)
    )
    days = _days(chosen, company.now)
    return [Acting(p.email, p.name, p.pk in agents, tuple(days.get(p.pk, ()))) for p in chosen]


def _days(people: list[Person], now: datetime) -> dict[int, list[Part]]:
    rows = Activity.objects.filter(shift__person__in=people, ends_at__gt=now).order_by("starts_at")
    days: dict[int, list[Part]] = {}
    for person, kind, start, end in rows.values_list(
        "shift__person_id", "kind", "starts_at", "ends_at"
    ):
        days.setdefault(person, []).append(Part(kind, start, end))
    return days


def tell(file: Path, company: DemoCompany) -> None:
    """Write for whoever started the demo where its mail is and who is there."""
    facts = {
        "pid": os.getpid(),
        "clock": company.now.isoformat(),
        "smtp_port": company.smtp_port,
        "imap_port": company.imap_port,
        "password": company.password,
        "mailboxes": [unit.address for unit in company.units],
        "people": len(company.everyone),
    }
    part = file.with_suffix(".part")
    part.write_text(json.dumps(facts, indent=2) + "\n")
    part.replace(file)
