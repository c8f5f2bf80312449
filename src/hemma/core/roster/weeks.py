"""The weeks a person may have, as graphs: which days may follow which.

A rule book looks at days alone and keeps a small state; the time between two shifts is left to the
compiled search, which is told the least gap an arc asks for. So law, agreements and contracts are
plain Python, and the search never knows them.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

type RuleState = Hashable

OFF_KEEPING, OFF_FORGETTING = -1, -2


@dataclass(frozen=True, slots=True)
class Gap:
    """From the end of a shift to the start of the next, `days` later: at least `slots`."""

    days: int
    slots: int


class DayRules(Hashable, Protocol):
    """What may follow what. Equal books must be equal and hash alike: weeks are kept by them.

    `off` and `work` give the states a free or a working day leads to, `close` those a week's end
    does; nothing where it is not allowed. `work` names the gap asked for (an index of `gaps`).
    `far` tells that the last shift no longer matters to any later gap.
    """

    @property
    def gaps(self) -> tuple[Gap, ...]: ...
    def off(self, state: RuleState, weekday: int) -> Iterable[RuleState]: ...
    def work(self, state: RuleState, weekday: int) -> Iterable[tuple[RuleState, int]]: ...
    def close(self, state: RuleState) -> Iterable[RuleState]: ...
    def far(self, state: RuleState) -> bool: ...
    def starts(self) -> tuple[RuleState, ...]: ...


class Arc(NamedTuple):
    """From node `source` to node `target` of the next day: `kind` 0 and up is work without or with
    an extra, below 0 a free day."""

    source: int
    gap: int
    kind: int
    target: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven layers of arcs; the first and the last layer's nodes are the rule book's ports."""

    arcs: tuple[tuple[Arc, ...], ...]
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekShape:
    """What a week asks of a person: bits of the days on which work may be, `least` and `most`
    days, how many of each extra, and bits of the days on which work must be."""

    free: int
    least: int
    most: int
    extras: tuple[int, ...]
    must: int = 0


@lru_cache(maxsize=256)
def ports(rules: DayRules) -> tuple[RuleState, ...]:
    """Every state that a week can begin with."""
    known = dict.fromkeys(rules.starts())
    todo = list(known)
    while todo:
        layer = {todo.pop()}
        for weekday in range(7):
            after = {new for state in layer for new in rules.off(state, weekday)}
            after |= {new for state in layer for new, _ in rules.work(state, weekday)}
            layer = after
        for state in layer:
            for port in rules.close(state):
                if port not in known:
                    known[port] = None
                    todo.append(port)
    return tuple(known)


type _Node = tuple[RuleState, int, tuple[int, ...]]


@lru_cache(maxsize=65536)
def week(rules: DayRules, shape: WeekShape) -> Week:
    """The graph of all allowed weeks of this shape. Nodes that lead nowhere are left out."""
    entries = ports(rules)
    nothing = tuple(0 for _ in shape.extras)
    layers: list[dict[_Node, int]] = [{(port, 0, nothing): n for n, port in enumerate(entries)}]
    found: list[list[Arc]] = []
    for weekday in range(7):
        arcs, layer = _day(rules, shape, weekday, layers[-1])
        found.append(arcs)
        layers.append(layer)
    ends = _ends(rules, shape, layers[-1], entries)
    return _pruned(found, ends, len(entries))


def _day(
    rules: DayRules, shape: WeekShape, weekday: int, layer: dict[_Node, int]
) -> tuple[list[Arc], dict[_Node, int]]:
    after: dict[_Node, int] = {}
    arcs: list[Arc] = []
    works = bool(shape.free >> weekday & 1)
    left = sum(shape.free >> day & 1 for day in range(weekday + 1, 7))
    for (state, worked, had), source in layer.items():
        owed = sum(shape.extras) - sum(had)
        stays = not shape.must >> weekday & 1
        if stays and worked + left >= shape.least and owed <= min(left, shape.most - worked):
            for new in rules.off(state, weekday):
                kind = OFF_FORGETTING if rules.far(new) else OFF_KEEPING
                target = after.setdefault((new, worked, had), len(after))
                arcs.append(Arc(source, 0, kind, target))
        room = shape.most - worked - 1
        if not works or room < 0 or worked + 1 + left < shape.least:
            continue
        for new, gap in rules.work(state, weekday):
            for kind in range(len(had) + 1):
                if kind and had[kind - 1] >= shape.extras[kind - 1]:
                    continue
                if owed - (kind > 0) > min(left, room):
                    continue
                more = tuple(n + (k == kind - 1) for k, n in enumerate(had)) if kind else had
                target = after.setdefault((new, worked + 1, more), len(after))
                arcs.append(Arc(source, gap, kind, target))
    return arcs, after


def _ends(
    rules: DayRules, shape: WeekShape, layer: dict[_Node, int], entries: tuple[RuleState, ...]
) -> dict[int, tuple[int, ...]]:
    """Which ports the nodes of the last layer become."""
    place = {port: n for n, port in enumerate(entries)}
    return {
        node: tuple(place[port] for port in rules.close(state))
        for (state, worked, had), node in layer.items()
        if shape.least <= worked <= shape.most and had == shape.extras
    }


def _pruned(found: list[list[Arc]], ends: dict[int, tuple[int, ...]], entries: int) -> Week:
    """Only arcs that reach the week's end, nodes numbered anew, arcs by source and gap."""
    last = [arc._replace(target=port) for arc in found[6] for port in ends.get(arc.target, ())]
    layers, sizes = [last], [entries]
    for weekday in range(5, -1, -1):
        alive = {arc.source for arc in layers[0]}
        number = {node: n for n, node in enumerate(sorted(alive))}
        layers[0] = [arc._replace(source=number[arc.source]) for arc in layers[0]]
        sizes.insert(0, len(number))
        layers.insert(
            0,
            [a._replace(target=number[a.target]) for a in found[weekday] if a.target in alive],
        )
    sizes.insert(0, entries)
    return Week(tuple(tuple(sorted(set(arcs))) for arcs in layers), tuple(sizes))
