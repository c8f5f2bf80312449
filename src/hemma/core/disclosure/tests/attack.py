"""An attacker who knows who was where at any time, every number ever shown, and linear algebra.

Shares no code with the gate. Groups are sets of people; what was shown of a group is the sum over
its people. Whatever the shown sums span, the attacker has: a hidden group, a set of people of which
a combination with fewer than `differ` people follows, or two shown groups that differ by so few.
"""

import random
from dataclasses import dataclass
from itertools import combinations, product

from hemma.core.disclosure import LIMITS, Cell, Dimension, Kind, Table, publish, release

PRIME = 2_147_483_647
FORMS = {"home": "all", "office": "all"}


@dataclass
class Person:
    """Where somebody is counted; `value` is the secret."""

    name: str
    team: str
    form: str
    long: bool
    value: float


@dataclass
class Step:
    """One table that went out: all groups as sets of people, and which were shown."""

    groups: dict[tuple, frozenset]
    shown: dict[tuple, int]
    leaves: list[tuple]
    table: Table
    moment: int


def run(seed, gate="gate"):
    """One attack sequence: a population, tables asked of it, joins, leaves and moves in between.

    Returns (kind, steps, known): whether records were handed in.
    """
    chance = random.Random(seed)
    kind = chance.choice([Kind.SCALE, Kind.SCALE, Kind.ABSENCE, Kind.HARASSMENT])
    least = LIMITS[kind].least
    tree = {}
    for region in range(chance.randint(1, 3)):
        tree[f"r{region}"] = "all"
        for team in range(chance.choice([0, 2, 3])):
            tree[f"r{region}t{team}"] = f"r{region}"
    teams = [code for code in tree if code not in set(tree.values())]
    people, born = [], 0
    for team in teams:
        for _ in range(chance.choice([1, 2, least - 1, least, least + 2, 2 * least])):
            people.append(_person(chance, born, team))
            born += 1
    records = chance.random() < 0.7
    steps, memory = [], []
    for moment in range(chance.randint(2, 4)):
        if moment:
            born = _life(chance, people, teams, born)
        table, groups = _asked(chance, people, tree, kind, records)
        if not table.cells:
            continue
        out = _answer(table, memory, gate, records)
        shown = {cell.keys: cell.n for cell in out.cells if cell.hidden is None}
        keys = set(groups)
        parts = {p for d, own in ((d, d.parents) for d in table.dimensions) for p in own.values()}
        leaves = [k for k in keys if not parts & set(k)]
        steps.append(Step(groups, shown, leaves, table, moment))
    return kind, steps, records


def _person(chance, number, team):
    return Person(
        f"p{number}", team, chance.choice(list(FORMS)), chance.random() < 0.5, chance.random() * 5
    )


def _life(chance, people, teams, born):
    for _ in range(chance.choice([0, 0, 1, 1, 2, 4])):
        people.append(_person(chance, born, chance.choice(teams)))
        born += 1
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        if people:
            people.pop(chance.randrange(len(people)))
    if people and chance.random() < 0.2:
        chance.choice(people).team = chance.choice(teams)
    return born


def _asked(chance, people, tree, kind, records):
    dims = [Dimension("team", tree), Dimension("form", FORMS)]
    dims = chance.choice([dims[:1], dims[1:], dims])
    chosen = people
    if records:  # a filter is another population under the same names: only records can tell
        way = chance.choice([None, None, True, False])
        chosen = [one for one in people if way is None or one.long is way]
    groups, sums, where = {}, {}, {}
    codes = [[*dim.parents, dim.root] for dim in dims]
    for keys in product(*codes):
        groups[keys] = set()
    for one in chosen:
        own = tuple(one.team if dim.name == "team" else one.form for dim in dims)
        where[(one.name, "")] = own
        for keys in product(*(_way(dim, code) for dim, code in zip(dims, own, strict=True))):
            groups[keys].add(one.name)
            sums[keys] = sums.get(keys, 0.0) + one.value
    cells = tuple(
        Cell(keys, len(found), sums[keys] / len(found) if found else None)
        for keys, found in groups.items()
    )
    frozen = {keys: frozenset(found) for keys, found in groups.items()}
    return Table(kind, "s", tuple(dims), cells, "m", where if records else None), frozen


def _way(dim, code):
    while code != dim.root:
        yield code
        code = dim.parents[code]
    yield code


def _answer(table, memory, gate, records):
    if gate == "only the small":  # hides what is too small, and nothing to protect it
        lonely = [
            Table(table.kind, "x", (), (Cell((), cell.n, cell.value),)) for cell in table.cells
        ]
        out = [publish(one).cells[0] for one in lonely]
        return _With([_Cell(c.keys, o.n, o.hidden) for c, o in zip(table.cells, out, strict=True)])
    earlier = () if gate == "forgets" else tuple(memory)
    if records:
        done = release(table, earlier)
        memory.append(done)
        return done.published
    memory.append(publish(table, earlier))
    return memory[-1]


@dataclass
class _Cell:
    keys: tuple
    n: int | None
    hidden: object


@dataclass
class _With:
    cells: list


def breaches(kind, steps, records=True):
    """What the attacker of a sequence gets hold of, as sentences."""
    limits, found = LIMITS[kind], []
    spot = _atoms(steps)
    size = {atom: len(names) for atom, names in spot.items()}
    order = {atom: at for at, atom in enumerate(sorted(spot, key=str))}
    of = {name: order[atom] for atom, names in spot.items() for name in names}
    weigh = [size[atom] for atom in order]
    width = len(order)
    told = [step.groups[keys] for step in steps for keys in step.shown]
    basis, before = {}, []
    for step in steps:
        before.append(dict(basis))
        for keys in step.shown:
            _learn(basis, _vector(step.groups[keys], of, width))
    for step, earlier in zip(steps, before, strict=True):
        # Shown under another name, or before: nothing is learnt of it now.
        same = {old.groups[k] for old in steps if old.moment <= step.moment for k in old.shown}
        for keys, group in step.groups.items():
            if keys in step.shown or not group or group in same:
                continue
            row = _vector(group, of, width)
            # Two groups that may be told differ by `differ`; what is between them was no secret.
            if _knows(basis, row) and not (len(group) >= limits.differ and _knows(earlier, row)):
                found.append(f"hidden {keys} at {step.moment}")
        found += [
            f"the sum of {union} at {step.moment}"
            for union, row in _unions(step, of, width, limits.least)
            if _knows(basis, row) and not (sum(row) and _knows(earlier, row))
        ]
    for one, two in combinations({*told}, 2):
        nested = one < two or two < one
        if nested and len(one ^ two) < limits.differ and not _same_time(one, two, steps):
            found.append(f"two shown groups differ by {len(one ^ two)}")
    found += [
        f"a combination of {sum(weigh[a] for a in atoms)} people"
        for atoms in _few(basis, width)
        if sum(weigh[a] for a in atoms) < limits.differ
    ]
    return found


def _same_time(one, two, steps):
    """Whole and part of one table: judged by what is left between them, with `least`."""
    return any(one in step.groups.values() and two in step.groups.values() for step in steps)


def _unions(step, of, width, least):
    hidden = [k for k in step.leaves if k not in step.shown and step.groups[k]]
    small = [k for k in hidden if len(step.groups[k]) < least][:8]
    for many in (2, 3):
        for union in combinations(small, many):
            together = frozenset().union(*(step.groups[k] for k in union))
            if len(together) < least:
                yield union, _vector(together, of, width)


def _atoms(steps):
    where = {}
    for at, step in enumerate(steps):
        for keys in step.leaves:
            for name in step.groups[keys]:
                where.setdefault(name, {})[at] = keys
    found = {}
    for name, places in where.items():
        found.setdefault(tuple(sorted(places.items())), set()).add(name)
    return found


def _vector(group, of, width):
    row = [0] * width
    for name in group:
        row[of[name]] = 1
    return row


def _reduce(basis, row):
    for pivot, own in basis.items():
        share = row[pivot]
        if share:
            row = [(a - share * b) % PRIME for a, b in zip(row, own, strict=True)]
    return row


def _knows(basis, row):
    return not any(_reduce(basis, row))


def _learn(basis, row):
    row = _reduce(basis, row)
    pivot = next((at for at, share in enumerate(row) if share), None)
    if pivot is None:
        return
    turn = pow(row[pivot], -1, PRIME)
    row = [share * turn % PRIME for share in row]
    for other, own in basis.items():
        share = own[pivot]
        if share:
            basis[other] = [(a - share * b) % PRIME for a, b in zip(own, row, strict=True)]
    basis[pivot] = row


def _few(basis, width):
    """Every atom, and every pair of atoms, of which some combination is spanned."""
    free = [at for at in range(width) if at not in basis]
    column = {at: tuple(int(at == f) for f in free) for at in free}
    column |= {at: tuple(-basis[at][f] % PRIME for f in free) for at in basis}
    for at, own in column.items():
        if not any(own):
            yield (at,)
    for (a, x), (b, y) in combinations(column.items(), 2):
        if any(x) and any(y) and _along(x) == _along(y):
            yield (a, b)


def _along(own):
    first = next(share for share in own if share)
    turn = pow(first, -1, PRIME)
    return tuple(share * turn % PRIME for share in own)
