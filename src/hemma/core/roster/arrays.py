"""A problem as the arrays that the compiled search wants."""

from itertools import accumulate

import numpy as np

from hemma.core.roster import engine, weeks
from hemma.core.roster.facts import FORBIDDEN, MOST_BREAKS, DayForm, NoSuchWeek, Problem

ROOM = 256
"""Slots past the last day: shifts may run over its midnight."""


def orders(form: DayForm) -> list[list[int]]:
    """The ways in which a day's breaks and at most one extra may follow each other: the plain one
    first, then each extra behind each break but the last (an extra behind a last break: only when
    there is one break). Rows as in `engine.Forms`."""
    plain = [(a.slots, a.earliest, a.latest) for a in form.breaks]
    rows = [_order(form, 0, plain, -1)]
    for number, extra in enumerate(form.extras, start=1):
        for place in range(1, max(2, len(plain))) if plain else (0,):
            since = plain[place - 1][1] + plain[place - 1][0] if place else 1
            until = plain[place][2] if place < len(plain) else form.length - 1
            held = [*plain]
            held.insert(place, (extra.slots, since, until - extra.slots))
            rows.append(_order(form, number, held, place))
    return rows


def lengths(form: DayForm) -> list[int]:
    """The distinct lengths of what is placed, ascending."""
    return sorted({a.slots for a in form.breaks} | {x.slots for x in form.extras})


def _order(form: DayForm, variant: int, held: list[tuple[int, int, int]], extra: int) -> list[int]:
    row = [variant, len(held), extra, 0] + [0] * 16
    for n, (length, since, until) in enumerate(held):
        row[4 + n], row[8 + n], row[12 + n] = length, since, until
        row[16 + n] = lengths(form).index(length)
    return row


def forms(problem: Problem) -> engine.Forms:
    """The forms, with how far back each start may reach for each gap of each rule book."""
    made = [orders(form) for form in problem.forms]
    table = np.zeros((len(made), max(map(len, made)), 20), np.int64)
    kinds = np.zeros((len(made), 4), np.int64)
    gaps = max(len(book.gaps) for book in problem.rulebooks)
    reach = np.zeros((len(problem.rulebooks), len(made), gaps, engine.LANES), np.int64)
    day = slots_a_day(problem)
    for n, form in enumerate(problem.forms):
        table[n, : len(made[n])] = made[n]
        kinds[n, : len(lengths(form))] = lengths(form)
        for r, book in enumerate(problem.rulebooks):
            for k, gap in enumerate(book.gaps):
                reach[r, n, k] = _reach(form, gap, day)
    extra = [
        [x.slots for x in form.extras] + [0] * (3 - len(form.extras)) for form in problem.forms
    ]
    count, length, first, step, paid = np.array(
        [(f.count, f.length, f.first, f.step, f.paid) for f in problem.forms], np.int64
    ).T.copy()
    return engine.Forms(
        count, length, first, step, paid, table,
        np.array([len(rows) for rows in made], np.int64), kinds, reach, np.array(extra, np.int64),
    )  # fmt: skip


def _reach(form: DayForm, gap: weeks.Gap, day: int) -> list[int]:
    """For each start: how many starts, `gap.days` before, end early enough. Clock changes are left to
    the rule book's gap."""
    found = []
    for start in range(engine.LANES):
        room = gap.days * day + form.step * start - form.length - gap.slots
        within = room // form.step + 1 if start < form.count else 0
        found.append(max(0, min(form.count, within)))
    return found


def slots_a_day(problem: Problem) -> int:
    """Of the grid: days of 23 and 25 hours count as others."""
    return int(problem.need.shape[1] // problem.days)


def shapes(problem: Problem, person: int) -> list[weeks.WeekShape]:
    """What is asked of each of the person's weeks. Extras that do not fit the most days are let go,
    the last first."""
    form, found = problem.forms[problem.form[person]], []
    for number in range(problem.days // 7):
        most = int(problem.most[person, number])
        free = problem.free[person, number * 7 : number * 7 + 7]
        left, owed = most, []
        for kind, extra in enumerate(form.extras):
            wanted = extra.a_week
            if problem.owed is not None:
                wanted = int(problem.owed[person, number, kind])
            owed.append(min(wanted, left))
            left -= owed[-1]
        bits = sum(1 << day for day in range(7) if free[day])
        must = 0
        if problem.must is not None:
            fixed = problem.must[person, number * 7 : number * 7 + 7]
            must = sum(1 << day for day in range(7) if fixed[day])
        found.append(
            weeks.WeekShape(bits, int(problem.least[person, number]), most, tuple(owed), must)
        )
    return found


def people(problem: Problem) -> tuple[engine.People, engine.Graphs]:
    """People and the graphs of their weeks. Raises `NoSuchWeek`."""
    known: dict[tuple[int, weeks.WeekShape], int] = {}
    graphs: list[weeks.Week] = []
    of = np.zeros((problem.people, problem.days // 7), np.int64)
    ports = np.zeros(problem.people, np.int64)
    for person in range(problem.people):
        rules = int(problem.rules[person])
        book = problem.rulebooks[rules]
        ports[person] = weeks.ports(book).index(problem.before[person])
        for number, shape in enumerate(shapes(problem, person)):
            key = rules, shape
            if key not in known:
                known[key] = len(graphs)
                graphs.append(weeks.week(book, shape))
            of[person, number] = known[key]
            if not graphs[of[person, number]].arcs[6]:
                raise NoSuchWeek(person, number)
    return engine.People(
        problem.form, problem.rules, problem.skills[problem.group], problem.midnight,
        problem.day_price.astype(np.float32), start_prices(problem), problem.huddle.copy(), of, ports,
        np.zeros((len(problem.forms), engine.LANES), np.float32), np.zeros((problem.people, 2)),
    ), _graphs(graphs)  # fmt: skip


def start_prices(problem: Problem) -> np.ndarray:
    """(people, days, LANES); whoever may not start then has the price FORBIDDEN."""
    given = problem.start_price
    if given.ndim == 2:
        given = np.repeat(given[:, None, :], problem.days, axis=1)
    starts = np.zeros((problem.people, problem.days, engine.LANES), np.float32)
    starts[:, :, : given.shape[2]] = np.where(
        given >= FORBIDDEN, 2 * FORBIDDEN, given
    )  # fairness must not bring it below
    return starts


def _graphs(known: list[weeks.Week]) -> engine.Graphs:
    first, every, at = np.zeros((len(known), 8), np.int64), [], 0
    for n, week in enumerate(known):
        first[n] = list(accumulate(map(len, week.arcs), initial=at))
        at = int(first[n, 7])
        every += [arc for layer in week.arcs for arc in layer]
    arcs = np.array(every, np.int32).reshape(-1, 4)
    return engine.Graphs(first, arcs, np.array([week.nodes for week in known], np.int64))


def desk(problem: Problem, graphs: engine.Graphs) -> engine.Desk:
    """Scratch for one thread."""
    size = -(-(problem.need.shape[1] + ROOM) // 8) * 8
    wide = max(
        (
            row[12 + n] - row[8 + n] + 1
            for f in problem.forms
            for row in orders(f)
            for n in range(4)
        ),
        default=1,
    )
    single = np.float32
    return engine.Desk(
        np.zeros(size, single), np.zeros((4, size), single), np.zeros(size, single),
        np.zeros(size, single), np.zeros((problem.days, engine.VARIANTS, engine.LANES), single),
        np.zeros((problem.days + 1, int(graphs.nodes.max()), engine.LANES), single),
        np.zeros((2, wide, engine.LANES), single), np.zeros(engine.LANES + 1, single),
        np.zeros(engine.LANES, single),
    )  # fmt: skip


def no_tours(problem: Problem, people: int) -> engine.Tours:
    """Everybody free."""
    shape = people, problem.days
    return engine.Tours(
        np.full(shape, -1, np.int16), np.zeros(shape, np.int8),
        np.full((*shape, MOST_BREAKS), -1, np.int8),
    )  # fmt: skip
