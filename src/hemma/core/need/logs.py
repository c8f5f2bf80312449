"""Sums over the states of a queue, in logarithms, so that nothing under- or overflows."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

type Floats = NDArray[np.float64]

FAR = 650.0  # exp(-FAR) loses digits or is nought from about here
_STIRLING_FROM = 12.0
_CONVERGED = 1e-17


def log_scale(a: Floats, x: Floats) -> Floats:
    """log(Γ(a+1) e^x x^-a) for a ≥ 0, x > 0, exact also where both are large and close.

    Written as a·(d − log(1+d)) with d = (x−a)/a, because Γ, e^x and x^a taken apart lose as many
    digits as they have.
    """
    safe = np.maximum(a, _STIRLING_FROM)
    off = (x - safe) / safe
    inverse = 1.0 / safe
    square = inverse * inverse
    rest = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    large = safe * (off - np.log1p(off)) + 0.5 * np.log(2 * np.pi * safe) + rest
    small = a < _STIRLING_FROM
    if small.any():
        large[small] = special.gammaln(a[small] + 1) + x[small] - a[small] * np.log(x[small])
    return large


def log_busy_sum(people: Floats, load: Floats, scale: Floats) -> Floats:
    """log Σ_{k=0..n} n!/(n−k)!·load^-k: the states with nobody waiting, against the fullest one.

    This is −log of Erlang's B. `people` are whole numbers, `scale` is `log_scale(people, load)`.
    """
    with np.errstate(divide="ignore"):
        found: Floats = scale + np.log(special.gammaincc(people + 1, load))
    lost = scale > FAR
    lost &= people < load
    if lost.any():
        found[lost] = _falling(people[lost], load[lost])
    return found


def log_queue_sum(a: Floats, x: Floats, scale: Floats) -> Floats:
    """log Σ_{j≥0} x^j / ((a+1)…(a+j)): the states with people waiting. `scale` is `log_scale(a, x)`."""
    with np.errstate(divide="ignore"):
        found: Floats = scale + np.log(special.gammainc(np.maximum(a, 1e-300), x))
    lost = scale > FAR
    lost &= a > x
    if lost.any():
        found[lost] = _rising(a[lost], x[lost])
    return found


def _falling(people: Floats, load: Floats) -> Floats:
    """The same as `log_busy_sum`, term by term: fast where the load is far above the people."""
    total, term = np.ones_like(load), np.ones_like(load)
    left = people.copy()
    while np.any(term > _CONVERGED * total):
        term = term * np.maximum(left, 0.0) / load
        total += term
        left -= 1
    return np.log(total)


def _rising(a: Floats, x: Floats) -> Floats:
    """The same as `log_queue_sum`, term by term: fast where a is far above x."""
    total, term, at = np.ones_like(x), np.ones_like(x), a.copy()
    while np.any(term > _CONVERGED * total):
        at += 1
        term = term * x / at
        total += term
    return np.log(total)
