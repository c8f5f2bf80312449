"""Person and period effects taken out exactly.

One effect is a group mean. Two are solved, not iterated: persons (the longer side) are eliminated
and the normal equations of the shorter side, with one effect fixed in each connected part, are
factorised (Abowd, Creecy & Kramarz 2002 on the parts). Where even the shorter side is long, the same
equations are solved by conjugate gradients.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, cg

from hemma.core.effects.kinds import Codes, Floats

DENSE = 3_000  # the shorter side up to which a dense factor is cheaper


@dataclass(frozen=True, slots=True)
class Effects:
    """What was absorbed: codes per row, their numbers, and how many of them are independent."""

    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]
    parts: int

    @property
    def independent(self) -> int:
        """The rank of all dummies together."""
        return sum(self.sizes) - (self.parts if len(self.sizes) == 2 else 0)


def effects_of(codes: tuple[Codes, ...], sizes: tuple[int, ...]) -> Effects:
    """Count the connected parts: persons and periods that never meet cannot be compared."""
    if len(codes) < 2:
        return Effects(codes, sizes, len(codes))
    edges = coo_matrix(
        (np.ones(len(codes[0])), (codes[0], codes[1] + sizes[0])), shape=(sum(sizes), sum(sizes))
    )
    parts, _ = connected_components(edges, directed=False)
    return Effects(codes, sizes, int(parts))


def absorb(columns: Floats, effects: Effects, weights: Floats | None) -> Floats:
    """The residuals of each column (n, k) on the effects, weighted; n rows, a new array."""
    if not effects.codes:
        return columns.copy()
    if len(effects.codes) == 1:
        return _one_way(columns, effects.codes[0], effects.sizes[0], weights)
    longer, shorter = (0, 1) if effects.sizes[0] >= effects.sizes[1] else (1, 0)
    solver = _TwoWay(
        effects.codes[longer],
        effects.sizes[longer],
        effects.codes[shorter],
        effects.sizes[shorter],
        weights,
    )
    done = solver.residuals(columns)
    return solver.residuals(done)  # once more: takes away what rounding left


def sums(values: Floats, codes: Codes, size: int) -> Floats:
    """Column sums (size, k) by code of values (n, k)."""
    out = np.empty((size, values.shape[1]))
    for column in range(values.shape[1]):
        out[:, column] = np.bincount(codes, values[:, column], size)
    return out


def _weighted(columns: Floats, weights: Floats | None) -> Floats:
    return columns if weights is None else columns * weights[:, None]


def _one_way(columns: Floats, codes: Codes, size: int, weights: Floats | None) -> Floats:
    mass = np.bincount(codes, weights, size)
    means = sums(_weighted(columns, weights), codes, size) / mass[:, None]
    done = columns - means[codes]
    means = sums(_weighted(done, weights), codes, size) / mass[:, None]
    out: Floats = done - means[codes]
    return out


class _TwoWay:
    """The normal equations of two sets of effects, factorised once for all columns."""

    def __init__(
        self, longer: Codes, m: int, shorter: Codes, k: int, weights: Floats | None
    ) -> None:
        self.longer, self.m, self.shorter, self.k, self.weights = longer, m, shorter, k, weights
        each = np.ones(len(longer)) if weights is None else weights
        self.meet: csr_matrix = coo_matrix((each, (longer, shorter)), shape=(m, k)).tocsr()
        self.mass = np.bincount(longer, weights, m).astype(float)
        self.short_mass = np.bincount(shorter, weights, k).astype(float)
        self.kept = self._kept()
        self.factor = self._factor() if k <= DENSE else None

    def residuals(self, columns: Floats) -> Floats:
        heavy = _weighted(columns, self.weights)
        first = sums(heavy, self.longer, self.m)
        right = sums(heavy, self.shorter, self.k) - self.meet.T @ (first / self.mass[:, None])
        short = self._solve(right)
        long = (first - self.meet @ short) / self.mass[:, None]
        out: Floats = columns - long[self.longer] - short[self.shorter]
        return out

    def _kept(self) -> Codes:
        """The shorter side's effects but one of each connected part, which is set to zero."""
        edges = coo_matrix(
            (np.ones(len(self.longer)), (self.longer, self.shorter + self.m)),
            shape=(self.m + self.k, self.m + self.k),
        )
        _, part = connected_components(edges, directed=False)
        free = np.ones(self.k, bool)
        free[np.unique(part[self.m :], return_index=True)[1]] = False
        return np.flatnonzero(free)

    def _factor(self) -> tuple[Floats, bool]:
        schur = -(self.meet.T @ self.meet.multiply(1 / self.mass[:, None])).toarray()
        schur[np.diag_indices(self.k)] += self.short_mass
        factor, lower = cho_factor(schur[np.ix_(self.kept, self.kept)], lower=True)
        return factor, bool(lower)

    def _solve(self, right: Floats) -> Floats:
        out = np.zeros_like(right)
        if not len(self.kept):
            return out
        if self.factor is not None:
            out[self.kept] = cho_solve(self.factor, right[self.kept])
            return out
        shape = (len(self.kept), len(self.kept))
        operator = LinearOperator(shape, matvec=self._times, dtype=float)
        usual = 1 / self.short_mass[self.kept]
        scale = LinearOperator(shape, matvec=lambda x: x.reshape(-1) * usual, dtype=float)
        for column in range(right.shape[1]):
            given = right[self.kept, column]
            out[self.kept, column], _ = cg(operator, given, rtol=1e-13, maxiter=5_000, M=scale)
        return out

    def _times(self, x: Floats) -> Floats:
        full = np.zeros(self.k)
        full[self.kept] = x.reshape(-1)
        done: Floats = self.short_mass * full - self.meet.T @ ((self.meet @ full) / self.mass)
        return done[self.kept]
