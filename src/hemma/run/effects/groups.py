"""Parity of rewards, and how long people stay: one row per person, two groups side by side."""

import argparse
import math

import numpy as np

from hemma.core.effects import (
    CannotEstimate,
    Compared,
    Estimate,
    Parity,
    Why,
    logrank,
    parity,
    survival,
)
from hemma.run.effects.found import Curve, Found, Part
from hemma.run.effects.table import Table
from hemma.run.telling import Refusal

SHARE, SPREAD = 0.1, 0.2  # margins when none is given: 10 points; a fifth of the spread
TIMES = 8


def compare_rewards(table: Table, options: argparse.Namespace) -> Found:
    """Each outcome by the first exposure, the controls held, with a margin that has to be earned."""
    rewards = {name: np.array(table.numbers[name]) for name in options.outcomes}
    margins = {name: _margin(values, options.margin) for name, values in rewards.items()}
    held = [table.numbers[name] for name in [*options.exposure[1:], *options.control]]
    who = table.labels[options.cluster or options.person]
    told = parity(
        rewards,
        table.numbers[options.exposure[0]],
        margins,
        held=np.column_stack(held) if held else None,
        held_names=[*options.exposure[1:], *options.control],
        cluster=who,
        level=options.level,
    )
    people = len(set(table.labels[options.person]))
    parts = [Part("difference, the controls held", tuple(one.difference for one in told))]
    notes = (
        "p are raised for the number of outcomes (Holm); least squares, also for yes or no",
        *(f"{one.name}: with {one.with_:.4f}, without {one.without:.4f}" for one in told),
        *(f"{one.name}: margin {one.same.margin:.4f}, p of equivalence {one.same.p:.4f}" for one in told),
    )  # fmt: skip
    return Found(
        "parity", tuple(_said(one, options.exposure[0]) for one in told), tuple(parts),
        len(who), people, 0, len(set(who)), "clustered, CR2 below 50 clusters", options.level, notes,
    )  # fmt: skip


def _margin(values: np.ndarray, given: float | None) -> float:
    if given is not None:
        if not given > 0:
            raise Refusal("--margin must be above zero.", 2)
        return given
    if np.isin(values, (0.0, 1.0)).all():
        return SHARE
    return SPREAD * float(np.std(values)) or SPREAD


def _said(one: Compared, exposure: str) -> str:
    size, margin = f"{abs(one.difference.value):.3f}", f"{one.same.margin:.3f}"
    return {
        Parity.HIGHER: f"{one.name}: more with {exposure}, by {size}, the controls alike.",
        Parity.LOWER: f"{one.name}: less with {exposure}, by {size}, the controls alike.",
        Parity.SMALL: f"{one.name}: there is a difference, shown to be smaller than {margin}.",
        Parity.EQUAL: f"{one.name}: no difference larger than {margin}; that is shown.",
        Parity.CANNOT_SAY: f"{one.name}: cannot say. Smaller than {one.same.earned:.3f} is all that is shown.",
    }[one.verdict]  # fmt: skip


def stay(table: Table, options: argparse.Namespace) -> Found:
    """Share still there after a time, with and without the exposure; the log-rank test of both."""
    if not options.event:
        raise Refusal(
            "--design stay needs --event: the column that says who left (1) or stays (0).", 2
        )
    time, left = np.array(table.numbers[options.outcome]), np.array(table.numbers[options.event])
    exposed = np.array(table.numbers[options.exposure[0]])
    if not np.isin(exposed, (0.0, 1.0)).all():
        raise CannotEstimate(Why.NOT_BINARY, options.exposure[0])
    if len({*exposed}) < 2:
        raise CannotEstimate(Why.NO_COMPARISON, options.exposure[0])
    p = logrank(time, left, exposed)
    name = options.exposure[0]
    groups = ((f"with {name}", exposed == 1), (f"without {name}", exposed == 0))
    parts, curves, counts = [], [], []
    at = np.unique(np.quantile(time, np.linspace(0, 1, TIMES)).round(6))
    for title, own in groups:
        found = survival(time[own], left[own], options.level)
        points = tuple(_share(f"{t:g}", found.at(float(t))) for t in at)
        parts.append(Part(f"share still there, {title}", points))
        steps = [(0.0, 1.0), *zip(found.times.tolist(), found.share.tolist(), strict=True)]
        curves.append(Curve(title, (*steps, (float(time[own].max()), steps[-1][1]))))
        counts.append(f"{title}: {int(left[own].sum())} of {int(own.sum())} left")
    apart = p < 1 - options.level
    sentence = (
        f"{options.outcome} {'differs' if apart else 'and'} {'with' if apart else ''} {name}"
        f"{'' if apart else ': cannot say'} (log-rank test, p {p:.4f})."
    )
    sentences = (" ".join(sentence.split()), *(f"{one}." for one in counts))
    people = len(set(table.labels[options.person]))
    return Found(
        "stay", sentences, tuple(parts), len(time), people, 0, people,
        "Greenwood, log-log intervals", options.level,
        ("different persons are compared: it is an effect only if the exposure was drawn by lot",),
        tuple(curves),
    )  # fmt: skip


def _share(name: str, told: tuple[float, float, float]) -> Estimate:
    value, low, high = told
    return Estimate(name, value, math.nan, low, high, math.nan, math.inf)
