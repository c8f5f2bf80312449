"""A day of a plan (what `hemma plan --json` wrote), to be played by the live policy."""

import argparse
import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from hemma.core.pipeline.policy_days import Kind, PolicyDay, Span, Worker
from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts, QueueFacts
from hemma.core.simulation.people import Flow
from hemma.run.planner.played_files import Asked, Queues, read_queues
from hemma.run.telling import Refusal

_HOUR_S = 3600.0
_ALL = "all"
# What a plan may hold inside a shift; whatever is not named here is a meeting of some kind.
_MODES = {
    "paus": Mode.RECESS, "recess": Mode.RECESS, "rast": Mode.MEAL, "meal": Mode.MEAL,
    "måltidsuppehåll": Mode.MEAL, "focus": Mode.FOCUS,
}  # fmt: skip


def is_plan(file: Path) -> bool:
    """Whether this file is for `read` (JSON), and not a TOML file of queues and people."""
    return file.suffix == ".json"


def read(options: argparse.Namespace) -> Asked:
    """The plan's people on `--day`, with the queues of `--queues`, or one queue of `--contacts` that
    everybody has. Raises `Refusal`."""
    told = _told(options.file)
    day = options.day or min(date.fromisoformat(row["day"]) for row in told["shifts"])
    rows = [row for row in told["shifts"] if row["day"] == day.isoformat()]
    if not rows:
        days = sorted(row["day"] for row in told["shifts"])
        raise Refusal(f"{options.file.name}: nobody works on {day}; it holds {days[0]} to {days[-1]}.", 2)  # fmt: skip
    skills = {one["name"]: one["skills"] for one in told["people"]}
    queues = _queues(options, rows, sorted({skill for own in skills.values() for skill in own}))
    workers: list[Worker] = []
    for row in rows:
        own = {_ALL} if options.queues is None else set(skills[row["name"]])
        able = frozenset(at for at, name in enumerate(queues.names, start=1) if name in own)
        if able:
            facts = PersonFacts(
                id=len(workers) + 1, mode=Mode.OFF, queues=able, capacity=dict.fromkeys(Channel, 1)
            )
            spans = _spans(row, queues.begins_s)
            if spans:
                workers.append(Worker(facts, spans))
    if not workers:
        raise Refusal(f"{options.file.name}: nobody who works on {day} has one of these queues.", 2)
    open_now = tuple(QueueFacts(at + 1, True) for at in range(len(queues.names)))
    played = PolicyDay(tuple(workers), queues.kinds, open_now, queues.slot_s)
    return Asked(queues.names, queues.targets, queues.begins_s, queues.slot_s, None, played)


def _told(file: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["shifts"] and told["people"] and told["shifts"][0]["begins"]:
            return dict(told)
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError):
        pass
    raise Refusal(
        f"{file.name} is no plan with shifts in it; write one: hemma plan DIR --json > {file.name}",
        2,
    )


def _queues(options: argparse.Namespace, rows: list[Any], skills: list[str]) -> Queues:
    if options.queues is not None:
        queues = read_queues(options.queues)
        for name in queues.names:
            if name not in skills:
                raise Refusal(
                    f"{options.queues.name}: nobody in the plan has the skill {name!r}; queues are "
                    f"named as the plan's skills: {', '.join(skills)}.", 2,
                )  # fmt: skip
        return queues
    if options.contacts is None or options.handling is None:
        raise Refusal(
            "Say what comes: --queues FILE with [[queue]]s named as the plan's skills, or "
            "--contacts 240 --per 30m --handling 5m for everybody together.", 2,
        )  # fmt: skip
    stretches = [_stretch(row) for row in rows]
    first = min(start for start, _ in stretches) // _HOUR_S * _HOUR_S
    hours = int(np.ceil((max(end for _, end in stretches) - first) / _HOUR_S))
    within_s = options.within[1]
    contact = ContactFacts(
        0, Channel.VOICE, 1, 0.0, max(1.0, within_s), handling_s=options.handling
    )
    rate = np.full(hours, options.contacts / options.per)
    flow = Flow(
        rate, options.handling, options.patience or np.inf, within_s, options.variation, 0.0
    )
    return Queues((_ALL,), (options.within,), first, _HOUR_S, (Kind(contact, flow),))


def _stretch(row: Mapping[str, str]) -> tuple[float, float]:
    """Seconds since midnight of the plan's day on the plan's clock; a night ends after 24 hours."""
    midnight = datetime.fromisoformat(row["day"])
    begins, ends = (datetime.fromisoformat(row[name]) for name in ("begins", "ends"))
    start = (begins.replace(tzinfo=None) - midnight).total_seconds()
    return start, start + (ends - begins).total_seconds()


def _spans(row: Mapping[str, str], begins_s: float) -> tuple[Span, ...]:
    """The shift in seconds since `begins_s`; what lies before that is left out."""
    start, end = _stretch(row)
    clock = row["start"]
    stops = []
    for kind, first, last in _parts(row["breaks"]):
        at = start + _minutes(clock, first) * 60
        stops.append((at, at + _minutes(first, last) * 60, _MODES.get(kind, Mode.MEETING)))
    spans, at = [], start
    for first_s, last_s, mode in sorted(stops):
        if first_s > at:
            spans.append(Span(at, first_s, Mode.READY))
        if last_s > max(first_s, at):
            spans.append(Span(max(first_s, at), last_s, mode))
        at = max(at, last_s)
    if at < end:
        spans.append(Span(at, end, Mode.READY))
    moved = (Span(max(0.0, x.start_s - begins_s), x.end_s - begins_s, x.mode) for x in spans)
    return tuple(span for span in moved if span.end_s > span.start_s)


def _parts(text: str) -> list[tuple[str, str, str]]:
    """ "paus 09:30-09:45 rast 12:00-12:30" as kind, start and end."""
    return re.findall(r"(\S.*?) (\d\d:\d\d)-(\d\d:\d\d)", text)


def _minutes(first: str, last: str) -> float:
    """From one time of day to the next other one."""
    a, b = (timedelta(hours=int(x[:2]), minutes=int(x[3:5])) for x in (first, last))
    return ((b - a) % timedelta(days=1)).total_seconds() / 60
