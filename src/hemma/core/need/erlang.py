"""What service a number of people gives: Erlang A (patience) and Erlang C (nobody gives up).

Arrivals at rate λ without memory, handling times and patience exponential, one line, first come
first served. Sources: Erlang (1917); Palm (1946); Garnett, Mandelbaum & Reiman, "Designing a call
center with impatient customers" (2002). Closed forms by incomplete gamma functions, derived from
the birth–death distribution; the tests sum that distribution state by state.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from hemma.core.need.logs import FAR, Floats, log_busy_sum, log_queue_sum, log_scale

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True, slots=True)
class Load:
    """What comes, cell by cell; arrays of one shape (cells,) or broadcastable to it.

    `per_s` contacts a second, `handling_s` mean handling time with wrap-up, `patience_s` mean time
    until a waiting customer gives up, `inf` for never.
    """

    per_s: Floats
    handling_s: Floats
    patience_s: Floats

    @classmethod
    def of(cls, per_s: object, handling_s: object, patience_s: object = np.inf) -> "Load":
        """From numbers or arrays, broadcast to one flat shape; raises `ValueError`."""
        raw = (np.asarray(x, dtype=np.float64) for x in (per_s, handling_s, patience_s))
        rate, handling, patience = (x.ravel() for x in np.broadcast_arrays(*raw))
        if not (np.isfinite(rate).all() and (rate >= 0).all()):
            raise ValueError("contacts a second: 0 or more, and a number in every cell")
        if not (np.isfinite(handling).all() and (handling > 0).all()):
            raise ValueError("handling time: above 0 s, and a number in every cell")
        if not (patience > 0).all():
            raise ValueError("patience: above 0 s (inf: nobody gives up)")
        return cls(rate, handling, patience)

    @property
    def erlangs(self) -> Floats:
        """Contacts in hand at a time if nobody had to wait."""
        return self.per_s * self.handling_s

    def part(self, which: np.ndarray) -> "Load":
        """Some of the cells, by index or mask."""
        return Load(self.per_s[which], self.handling_s[which], self.patience_s[which])


@dataclass(frozen=True, slots=True)
class Service:
    """What customers meet and how busy people are; arrays (cells,).

    `within` share of all who come that is answered within the time asked about; `waits` share that
    waits at all; `gives_up` share that gives up; `wait_s` mean wait of all who come, whether they
    are answered or give up; `occupancy` share of people's time spent in contacts.
    """

    within: Floats
    waits: Floats
    gives_up: Floats
    wait_s: Floats
    occupancy: Floats


def service(load: Load, people: object, within_s: object) -> Service:
    """The service that `people` (whole numbers, 0 and up) give; `within_s` seconds, 0 and up.

    Where nobody gives up and there are too few people, the line grows without end: nobody is
    answered in time and the wait is infinite.
    """
    shape = load.per_s.shape
    count = np.broadcast_to(np.asarray(people, dtype=np.float64), shape)
    limit = np.broadcast_to(np.asarray(within_s, dtype=np.float64), shape)
    if (count < 0).any() or (count != np.floor(count)).any():
        raise ValueError("people: whole numbers, 0 or more")
    if (limit < 0).any():
        raise ValueError("the time to answer within: 0 s or more")
    told = np.empty((5, *shape))
    quiet = load.per_s == 0
    alone = ~quiet & (count == 0)
    patient = ~quiet & ~alone & np.isinf(load.patience_s)
    usual = ~quiet & ~alone & ~patient
    told[:, quiet] = np.array([1.0, 0.0, 0.0, 0.0, 0.0])[:, None]
    told[:, alone] = np.array([0.0, 1.0, 1.0, 0.0, 0.0])[:, None]
    told[3, alone] = load.patience_s[alone]
    told[2, alone & np.isinf(load.patience_s)] = 0.0
    for which, formula in ((usual, _erlang_a), (patient, _erlang_c)):
        if which.all():
            told = formula(load, count, limit)
        elif which.any():
            told[:, which] = formula(load.part(which), count[which], limit[which])
    return Service(*told)


def _erlang_a(load: Load, people: Floats, within_s: Floats) -> Floats:
    """(5, cells): within, waits, gives up, wait, occupancy."""
    erlangs = load.erlangs
    a, x = people * load.patience_s / load.handling_s, load.per_s * load.patience_s
    scale, busy_scale = log_scale(a, x), log_scale(people, erlangs)
    far = (scale > FAR) | (busy_scale > FAR)
    if far.any():  # one of the sums would vanish as a plain number
        told = np.empty((5, *a.shape))
        told[:, far] = _by_logarithms(load.part(far), people[far], within_s[far])
        if not far.all():
            near = ~far
            told[:, near] = _erlang_a(load.part(near), people[near], within_s[near])
        return told
    below = special.gammainc(a, x)
    busy = np.exp(busy_scale - scale) * special.gammaincc(people + 1, erlangs) / below
    fewest = np.exp(-scale)  # x^a e^-x / Γ(a+1), by which P(a, x) is more than P(a+1, x)
    waits = np.minimum(1 / (1 + busy - fewest / below), 1.0)
    ratio = a / x
    gives_up = np.clip(waits * (1 - ratio + ratio * fewest / below), 0.0, 1.0)
    between = below - fewest - special.gammainc(a + 1, x * np.exp(-within_s / load.patience_s))
    within = 1 - waits * (1 - ratio * np.maximum(between, 0.0) / below)
    return _told(load, people, np.stack([within, waits, gives_up]))


def _told(load: Load, people: Floats, shares: Floats) -> Floats:
    """(5, cells) from within, waits and gives up: with the mean wait and the occupancy."""
    within, waits, gives_up = shares
    occupancy = np.minimum(load.erlangs * (1 - gives_up) / people, 1.0)
    within = np.clip(within, 0.0, 1.0)
    return np.stack([within, waits, gives_up, gives_up * load.patience_s, occupancy])


def _by_logarithms(load: Load, people: Floats, within_s: Floats) -> Floats:
    """(5, cells) as `_erlang_a`, slower, where its sums are beyond what a number holds."""
    erlangs = load.erlangs
    a, x = people * load.patience_s / load.handling_s, load.per_s * load.patience_s
    scale = log_scale(a, x)
    queue = log_queue_sum(a, x, scale)
    busy = log_busy_sum(people, erlangs, log_scale(people, erlangs))
    # The states with somebody waiting: the queue's sum without its first term.
    more = queue + np.log1p(-np.minimum(np.exp(-queue), 1 - 1e-16))
    fullest = -np.logaddexp(busy, more)  # log of the share of time with all busy and nobody waiting
    waits = np.minimum(np.exp(queue + fullest), 1.0)
    gives_up = waits * (1 - a / x) + np.exp(fullest) * a / x
    lost = (scale > FAR) & (a > x)
    weight = np.exp(np.where(lost, 0.0, np.log(a / x) + scale + fullest))
    answered_late = weight * _between(a, x, within_s / load.patience_s)
    if lost.any():
        part = load.part(lost)
        answered_late[lost] = np.exp(fullest[lost]) * _by_quadrature(
            part, people[lost], within_s[lost]
        )
    shares = np.stack([1 - waits + answered_late, waits, np.clip(gives_up, 0.0, 1.0)])
    return _told(load, people, shares)


def _between(a: Floats, x: Floats, limit: Floats) -> Floats:
    """P(a+1, x) − P(a+1, x·e^-limit), taken in the tail where the digits are."""
    low = x * np.exp(-limit)
    lower = x <= a
    found = np.empty_like(x)
    for which, tail, sign in ((lower, special.gammainc, 1.0), (~lower, special.gammaincc, -1.0)):
        if which.any():
            order = a[which] + 1
            found[which] = sign * (tail(order, x[which]) - tail(order, low[which]))
    return found


def _by_quadrature(load: Load, people: Floats, within_s: Floats) -> Floats:
    """Answered after a wait within the limit, against the fullest state without a wait.

    For far more people than load, where the closed form divides nought by nought.
    """
    rate = people / load.handling_s
    end = np.minimum(within_s, 45.0 / (rate - load.per_s))[:, None]
    at = end * (_NODES + 1) / 2
    patience = load.patience_s[:, None]
    left = np.exp(load.per_s[:, None] * patience * -np.expm1(-at / patience) - rate[:, None] * at)
    return rate * ((left * np.exp(-at / patience)) @ (_WEIGHTS / 2)) * end[:, 0]


def _erlang_c(load: Load, people: Floats, within_s: Floats) -> Floats:
    """(5, cells) as `_erlang_a`, where nobody gives up."""
    erlangs = load.erlangs
    enough = people > erlangs
    safe = np.where(enough, people, np.ceil(erlangs) + 1)
    blocked = np.exp(-log_busy_sum(safe, erlangs, log_scale(safe, erlangs)))
    spare = safe - erlangs
    waits = np.clip(blocked / (1 - erlangs / safe * (1 - blocked)), 0.0, 1.0)
    within = 1 - waits * np.exp(-spare * within_s / load.handling_s)
    told = np.stack(
        [within, waits, np.zeros_like(waits), waits * load.handling_s / spare, erlangs / safe]
    )
    told[:, ~enough] = np.array([0.0, 1.0, 0.0, np.inf, 1.0])[:, None]
    return told
