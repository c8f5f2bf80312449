"""A day to be played, from a TOML file; what cannot be understood is told with its place in it."""

import argparse
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from hemma.core.pipeline.policy_days import Kind, PolicyDay, Worker
from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts, QueueFacts
from hemma.core.simulation import Scenario
from hemma.core.simulation.people import Flow
from hemma.run.planner.played_words import length, plan, time_of_day
from hemma.run.planner.reading_words import within
from hemma.run.telling import Refusal

EXAMPLE = """\
# A day to be played: hemma simulate day.toml
begins = "08:00"
slot = "1h"

[[queue]]
name = "calls"
channel = "voice"          # voice chat mail form callback
contacts = [40, 60, 50, 30]  # in each slot; one number: the same all day
handling = "5m"
patience = "3m"            # leave out: nobody gives up
within = "80/20s"
asks_back = 0.2            # share who ask to be called if nobody is free
calls_back = "calls back"  # the queue they wait in then

[[queue]]
name = "calls back"
channel = "callback"
contacts = 0
handling = "4m"
within = "90/2h"

[[queue]]
name = "letters"
channel = "mail"
contacts = 10
handling = "8m"
within = "90/4h"

# Either people with their own plans, played by the live routing policy ...
[[person]]
name = "Amanda"
queues = ["calls", "calls back", "letters"]
hours = "08:00-12:00"
breaks = ["recess 09:30-09:45", "focus 10:30-11:00"]
at_once = { voice = 1, callback = 1, mail = 2 }

[[person]]
name = "Bengt"
count = 6                  # so many with the same plan
queues = ["calls", "calls back"]
hours = "08:00-12:00"
breaks = ["recess 10:00-10:15"]

# ... or groups: [[group]] with name, queues, people = [in each slot], at_once = 1
"""


@dataclass(frozen=True)
class Asked:
    """What the file holds: either a `scenario` of groups or a `day` of people."""

    names: tuple[str, ...]
    targets: tuple[tuple[float, float], ...]
    begins_s: float
    slot_s: float
    scenario: Scenario | None
    day: PolicyDay | None


@dataclass(frozen=True)
class Queues:
    """What comes, as the live policy takes it."""

    names: tuple[str, ...]
    targets: tuple[tuple[float, float], ...]
    begins_s: float
    slot_s: float
    kinds: tuple[Kind, ...]


def read(file: Path) -> Asked:
    """Read the file. Raises `Refusal`."""
    told = _told(file)
    asked, queues, come = _queues(file, told)
    groups, people = told.get("group", []), told.get("person", [])
    if bool(groups) == bool(people):
        raise Refusal(f"{file.name}: name either [[group]]s or [[person]]s.", 2)
    try:
        scenario = _scenario(asked, queues, come, groups) if groups else None
        day = _day(asked, queues, come, people) if people else None
    except ValueError as error:
        raise Refusal(f"{file.name}: {error}.", 2) from error
    targets = tuple(queue.within for queue in queues)
    return Asked(tuple(asked.names), targets, asked.begins_s, asked.slot_s, scenario, day)


def read_queues(file: Path) -> Queues:
    """The queues alone; whoever works is told elsewhere. Raises `Refusal`."""
    asked, queues, come = _queues(file, _told(file))
    targets = tuple(queue.within for queue in queues)
    try:
        kinds = _kinds(asked, queues, come)
    except ValueError as error:
        raise Refusal(f"{file.name}: {error}.", 2) from error
    return Queues(tuple(asked.names), targets, asked.begins_s, asked.slot_s, kinds)


def _told(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{file.name}: {error}.", 2) from error


def _queues(file: Path, told: Mapping[str, Any]) -> tuple["_Slots", list["_Queue"], Any]:
    queues = [_Queue(file.name, n, row) for n, row in enumerate(told.get("queue", []), start=1)]
    names = [queue.name for queue in queues]
    if not queues or len(set(names)) != len(names):
        raise Refusal(f"{file.name}: name at least one [[queue]], each by a name of its own.", 2)
    slot_s = length(file.name, "slot", told.get("slot", "30m"))
    begins_s = time_of_day(file.name, "begins", told.get("begins", "00:00"))
    slots = max((len(q.contacts) for q in queues if isinstance(q.contacts, list)), default=1)
    come = np.array([queue.per_slot(slots) for queue in queues], dtype=np.float64)
    return _Slots(file.name, names, begins_s, slot_s, slots), queues, come


@dataclass(frozen=True)
class _Slots:
    file: str
    names: list[str]
    begins_s: float
    slot_s: float
    slots: int

    def queue(self, name: object, where: str) -> int:
        if name not in self.names:
            raise Refusal(
                f"{self.file}, {where}: there is no queue {name!r}; there are: {', '.join(self.names)}.",
                2,
            )
        return self.names.index(str(name))


class _Queue:
    """One [[queue]] as told."""

    def __init__(self, file: str, number: int, row: Mapping[str, Any]) -> None:
        self.row, self.where = row, f"{file}, queue {number}"
        self.name = str(row.get("name", f"queue {number}"))
        self.contacts = row.get("contacts")
        self.handling_s = length(self.where, "handling", row.get("handling"))
        self.patience_s = np.inf
        if "patience" in row:
            self.patience_s = length(self.where, "patience", row["patience"])
        try:
            self.within = within(str(row.get("within", "80/20s")))
            self.channel = Channel(row.get("channel", "voice"))
        except (ValueError, argparse.ArgumentTypeError) as error:
            raise Refusal(f"{self.where}: {error}.", 2) from error

    def per_slot(self, slots: int) -> list[float]:
        told: list[Any] = (
            self.contacts if isinstance(self.contacts, list) else [self.contacts] * slots
        )
        right = len(told) == slots and all(
            isinstance(x, int | float) and 0 <= x < 1e9 for x in told
        )
        if not right:
            raise Refusal(
                f"{self.where}: contacts is one number, or a list of {slots}, 0 or more, one for each slot.",
                2,
            )
        return [float(x) for x in told]

    def number(self, name: str, otherwise: float) -> float:
        value = self.row.get(name, otherwise)
        if not isinstance(value, int | float) or value < 0:
            raise Refusal(f"{self.where}: {name} is a number, 0 or more.", 2)
        return float(value)


def _scenario(asked: _Slots, queues: list[_Queue], come: Any, groups: list[Any]) -> Scenario:
    able = np.full((len(groups), len(queues)), -1, dtype=np.int64)
    people = np.zeros((len(groups), asked.slots), dtype=np.int64)
    for at, row in enumerate(groups):
        where = f"group {at + 1}"
        first = row.get("priority", [0] * len(row.get("queues", [])))
        for name, rank in zip(row.get("queues", []), first, strict=True):
            able[at, asked.queue(name, where)] = int(rank)
        told = row.get("people")
        told = told if isinstance(told, list) else [told] * asked.slots
        if len(told) != asked.slots or any(not isinstance(x, int) or x < 0 for x in told):
            raise Refusal(
                f"{asked.file}, {where}: people is one whole number, or {asked.slots}, one for each slot.",
                2,
            )
        people[at] = told
    variation = {queue.number("variation", 1.0) for queue in queues}
    if len(variation) > 1:
        raise Refusal(f"{asked.file}: with groups, all queues have one variation.", 2)
    return Scenario(
        come / asked.slot_s, asked.slot_s, people, able,
        np.array([int(row.get("at_once", 1)) for row in groups]),
        np.array([q.handling_s for q in queues]), np.array([q.patience_s for q in queues]),
        np.array([q.within[1] for q in queues]), variation.pop(),
    )  # fmt: skip


def _day(asked: _Slots, queues: list[_Queue], come: Any, people: list[Any]) -> PolicyDay:
    workers: list[Worker] = []
    for number, row in enumerate(people, start=1):
        workers += _workers(asked, f"person {number}", row, len(workers))
    return PolicyDay(
        tuple(workers), _kinds(asked, queues, come),
        tuple(QueueFacts(at + 1, True) for at in range(len(queues))), asked.slot_s,
    )  # fmt: skip


def _kinds(asked: _Slots, queues: list[_Queue], come: Any) -> tuple[Kind, ...]:
    kinds = []
    for at, queue in enumerate(queues):
        back = queue.row.get("calls_back")
        contact = ContactFacts(
            0, queue.channel, at + 1, 0.0, max(1.0, queue.within[1]),
            skills={str(k): int(v) for k, v in queue.row.get("skills", {}).items()},
            language=queue.row.get("language"), handling_s=queue.handling_s,
            urgency=int(queue.number("urgency", 0)),
        )  # fmt: skip
        flow = Flow(
            come[at] / asked.slot_s, queue.handling_s, queue.patience_s, queue.within[1],
            queue.number("variation", 1.0), queue.number("asks_back", 0.0),
        )  # fmt: skip
        place = None if back is None else asked.queue(back, queue.where)
        kinds.append(Kind(contact, flow, place, queue.number("slower", 0.0)))
    return tuple(kinds)


def _workers(asked: _Slots, where: str, row: Mapping[str, Any], before: int) -> list[Worker]:
    where = f"{asked.file}, {where}"
    spans = plan(where, str(row.get("hours", "")), row.get("breaks", []), asked.begins_s)
    once = row.get("at_once", {channel.value: 1 for channel in Channel})
    try:
        capacity = {Channel(name): int(number) for name, number in once.items()}
    except (ValueError, AttributeError) as error:
        raise Refusal(
            f"{where}: at_once is like {{ voice = 1, chat = 3 }} ({error}).", 2
        ) from error
    facts = PersonFacts(
        id=1, mode=Mode.OFF,
        queues=frozenset(asked.queue(name, where) + 1 for name in row.get("queues", [])),
        skills={str(k): int(v) for k, v in row.get("skills", {}).items()},
        languages=frozenset(row.get("languages", [])), capacity=capacity,
        personal_limit=row.get("at_most"),
    )  # fmt: skip
    count = int(row.get("count", 1))
    return [Worker(replace(facts, id=before + 1 + n), spans) for n in range(count)]
