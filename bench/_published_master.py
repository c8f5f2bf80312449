"""Tours of some people over some days, and the programmes (HiGHS) that share the people out over them."""

import warnings

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeWarning, milp
from scipy.optimize._highspy import _core  # linprog cannot begin at the solution before
from scipy.sparse import csc_array

LARGE = 20_000  # people × cells


class Programme:
    """Columns are tours of `spans` (one person each); rows are the people, then the cells (day, kind)
    with what is still needed there, short or over at its weight."""

    def __init__(self, folk, spans, need, first):
        self.folk, self.spans, self.first = folk, spans, first
        self.shape = need.shape
        self.need = need.ravel().astype(float)
        days = slice(first, first + need.shape[0])
        self.under, self.over = folk.under[days].ravel(), folk.over[days].ravel()
        self.rows, self.costs, self.cells, self.seen = [], [], [], {}
        self.owners, self.solver, self.given = [], None, 0
        self.closed = set()  # columns that are far from any use

    def add(self, person, row):
        """The column of a tour of the person in this place of `spans`, and whether it is new."""
        key = person, row.astype(np.int16).tobytes()
        if key in self.seen:
            return self.seen[key], False
        n = self.seen[key] = len(self.rows)
        on = np.flatnonzero(row >= 0)
        self.rows.append(row)
        self.cells.append(on * self.shape[1] + row[on])
        self.costs.append(self.folk.wish_cost(self.spans[person].person, self.first, row))
        self.owners.append(person)
        return n, True

    def matrix(self, which):
        """Costs, rows and aim of some columns, with short and over behind them."""
        start, rows = self._entries(which)
        ends, size = rows.size + np.arange(1, 2 * self.need.size + 1), len(self.spans)
        cells = np.arange(self.need.size)
        rows = np.concatenate([rows, size + cells, size + cells])
        data = np.ones(rows.size)
        data[-self.need.size :] = -1.0
        cost = np.concatenate([[self.costs[n] for n in which], self.under, self.over])
        shape = (size + self.need.size, cost.size)
        left = csc_array((data, rows, np.concatenate([start, ends])), shape=shape)
        return cost, left, np.concatenate([np.ones(size), self.need])

    def _entries(self, which):
        """Where each column begins, and the rows in which it has a one."""
        start = np.append(0, np.cumsum([1 + self.cells[n].size for n in which]))
        rows, heads = np.empty(start[-1], np.int64), np.zeros(start[-1], bool)
        heads[start[:-1]] = True
        rows[heads] = [self.owners[n] for n in which]
        rows[~heads] = len(self.spans) + np.concatenate([self.cells[n] for n in which])
        return start, rows

    def _solver(self):
        """The relaxed programme without tours, kept so that each solution begins at the one before."""
        solver = _core._Highs()
        solver.setOptionValue("output_flag", False)
        if (
            len(self.spans) * self.need.size > LARGE
        ):  # prices from the middle of what is best lead to fewer rounds
            solver.setOptionValue("solver", "ipm")
            solver.setOptionValue("run_crossover", "off")
        aim = np.concatenate([np.ones(len(self.spans)), self.need])
        none, size = np.zeros(0), self.need.size
        solver.addRows(
            aim.size, aim, aim, 0, np.zeros(aim.size, np.int32), none.astype(np.int32), none
        )
        cells = len(self.spans) + np.arange(size, dtype=np.int32)
        for cost, sign in ((self.under, 1.0), (self.over, -1.0)):
            solver.addCols(
                size, cost, np.zeros(size), np.full(size, np.inf), size,
                np.arange(size, dtype=np.int32), cells, np.full(size, sign),
            )  # fmt: skip
        return solver

    def relaxed(self, fixed, under, seconds):
        """Value, prices of cells (days, kinds) and of people, use of the columns, how short each cell is
        at weights `under`, with some people `fixed` (place to column); None if it failed."""
        if self.solver is None:
            self.solver = self._solver()
        size, people = self.need.size, len(self.spans)
        new = list(range(self.given, len(self.rows)))
        if new:
            start, rows = self._entries(new)
            self.solver.addCols(
                len(new), np.array([self.costs[n] for n in new], float), np.zeros(len(new)),
                np.full(len(new), np.inf), rows.size, start[:-1].astype(np.int32),
                rows.astype(np.int32), np.ones(rows.size),
            )  # fmt: skip
            self.given = len(self.rows)
        self.solver.changeColsCost(size, np.arange(size, dtype=np.int32), under)
        top = np.array([
            np.inf if fixed.get(owner, n) == n and n not in self.closed else 0.0
            for n, owner in enumerate(self.owners)
        ])  # fmt: skip
        places = 2 * size + np.arange(top.size, dtype=np.int32)
        self.solver.changeColsBounds(top.size, places, np.zeros(top.size), top)
        self.solver.setOptionValue(
            "time_limit", float(self.solver.getRunTime() + max(3.0, 2 * seconds))
        )
        self.solver.run()
        if self.solver.getModelStatus() != _core.HighsModelStatus.kOptimal:
            return None
        found = self.solver.getSolution()
        dual, value = np.array(found.row_dual), np.array(found.col_value)
        paid = self.solver.getObjectiveValue()
        price = np.clip(dual[people:], -self.over, under).reshape(self.shape)
        return paid, price, dual[:people], value[2 * size :], value[:size]

    def reduced(self, which, price, own):
        """What each column costs beyond its prices."""
        flat = price.ravel()
        worth = np.array([flat[self.cells[n]].sum() for n in which])
        return (
            np.array([self.costs[n] for n in which]) - worth - own[[self.owners[n] for n in which]]
        )

    def close(self, price, own, most):
        """Leave out all but the `most` columns of each person that cost least beyond their prices."""
        which = np.arange(len(self.rows))
        reduced, owners = self.reduced(which, price, own), np.array(self.owners)
        for person in range(len(self.spans)):
            mine = which[owners == person]
            self.closed.update(mine[np.argsort(reduced[mine], kind="stable")[most:]].tolist())

    def whole(self, which, seconds):
        """The best choice of one column a person of some columns, or None."""
        cost, left, aim = self.matrix(which)
        kind = np.concatenate([np.ones(len(which)), np.zeros(cost.size - len(which))])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OptimizeWarning)
            found = milp(
                cost, constraints=[LinearConstraint(left, aim, aim)], integrality=kind,
                bounds=Bounds(0, np.inf), options={"time_limit": max(0.5, seconds)},
            )  # fmt: skip
        if found.x is None:
            return None
        return [which[n] for n in np.flatnonzero(found.x[: len(which)] > 0.5)]

    def paid(self, chosen):
        """What a whole choice costs: wishes and cover."""
        there = np.zeros(self.need.size)
        for n in chosen:
            there[self.cells[n]] += 1
        short = self.need - there
        cover = np.where(short > 0, short * self.under, -short * self.over).sum()
        return cover + sum(self.costs[n] for n in chosen)
