"""From the table to what is told, for each design."""

import argparse
from dataclasses import replace

import numpy as np

from hemma.core.effects import (
    Apart,
    At,
    CannotEstimate,
    Controls,
    Counting,
    Curve,
    Estimate,
    Fit,
    Link,
    Panel,
    Verdict,
    apart,
    by_group,
    difference_of_rates,
    equivalent,
    fit,
    fit_binary,
    fit_few,
    fit_rates,
    marginal_effects,
    number,
    panel,
    redraw,
    roll_out,
    verdict,
)
from hemma.run.effects.found import Found, Part
from hemma.run.effects.groups import compare_rewards, stay
from hemma.run.effects.progress import Step
from hemma.run.effects.table import Table


def estimate(table: Table, options: argparse.Namespace, step: Step = lambda _: None) -> Found:
    """What the options ask, told step by step. Raises CannotEstimate."""
    step(f"estimating from {table.read} rows")
    if options.design in {"parity", "stay"}:
        found = (compare_rewards if options.design == "parity" else stay)(table, options)
        return replace(found, notes=(*found.notes, *table.notes))
    if options.model == "poisson":
        found = _rates(table, options)
    elif options.model != "linear":
        found = _binary(table, options)
    elif options.design == "panel":
        found = _panel(table, options)
    else:
        found = _waves(table, options, step)
    sentences = list(found.sentences)
    if options.by:
        step(f"by {options.by}")
        found = _by(found, table, options)
        sentences = list(found.sentences)
    if options.margin is not None:
        one = found.parts[0].estimates[0]
        told = equivalent(one, options.margin)
        sentences.append(
            f"No difference larger than {options.margin:g}: {'shown' if told.shown else 'not shown'}"
            f" (p {told.p:.3f}); the smallest margin earned is {told.earned:.3f}."
        )
    return replace(found, sentences=tuple(sentences), notes=(*found.notes, *table.notes))


def _columns(table: Table, options: argparse.Namespace) -> tuple[list[str], Panel]:
    names = [*options.exposure, *options.control]
    labels = table.labels
    when = None
    if options.period:
        numbers = [number(cell) for cell in labels[options.period]]
        when = labels[options.period] if None in numbers else [float(x or 0) for x in numbers]
    return names, panel(
        table.numbers[options.outcome],
        np.column_stack([table.numbers[name] for name in names]),
        labels[options.person],
        when,
        names=names,
        cluster=labels[options.cluster] if options.cluster else None,
        weights=table.numbers[options.weights] if options.weights else None,
    )


def _fitted(data: Panel, options: argparse.Namespace) -> Fit:
    counting, curve = Counting(options.counting), Curve(options.curve)
    persons = bool(options.period)
    if options.errors == "cr2" or (options.errors == "auto" and data.clusters < 50):
        return fit_few(data, level=options.level, persons=persons)
    return fit(data, counting=counting, curve=curve, level=options.level, persons=persons)


def _panel(table: Table, options: argparse.Namespace) -> Found:
    names, data = _columns(table, options)
    found = _fitted(data, options)
    many = len(options.exposure)
    sentences = [
        sentence(one, options.outcome, same_persons=bool(options.period))
        for one in found.estimates[:many]
    ]
    parts = [Part("effect within the person" if options.period else "difference", found.estimates)]
    if options.period:
        told = apart(data, Counting(options.counting), options.level)
        parts.append(Part(f"{names[0]}, apart from choice", (told.naive, told.selection)))
        sentences += _choice(told, names[0])
    errors = f"{found.convention}, clustered by {options.cluster or options.person}"
    if found.counted:
        errors += f", {found.counted} parameters counted"
    return Found(
        options.design, tuple(sentences), tuple(parts), found.n, found.persons, found.periods,
        found.clusters, errors, options.level, (),
    )  # fmt: skip


def sentence(one: Estimate, outcome: str, *, same_persons: bool = True) -> str:
    """The estimate in a sentence that claims no more than its interval."""
    told, span = verdict(one), f"between {one.low:.3f} and {one.high:.3f}"
    if told is Verdict.CANNOT_SAY:
        return f"{one.name} and {outcome}: cannot say. The effect lies {span}, which includes none at all."
    if not same_persons:  # different people are compared: no word of cause
        way = "higher" if told is Verdict.HIGHER else "lower"
        return f"{outcome} is {way} by {abs(one.value):.3f} with {one.name}; the difference lies {span}."
    way = "raises" if told is Verdict.HIGHER else "lowers"
    return f"{one.name} {way} {outcome} by {abs(one.value):.3f}; the effect lies {span}."


def _choice(told: Apart, name: str) -> list[str]:
    chose = {
        Verdict.HIGHER: "of it comes from who they are: they would be higher anyway",
        Verdict.LOWER: "comes from who they are: they would be lower anyway",
        Verdict.CANNOT_SAY: "may come from who they are; that cannot be told from chance",
    }[verdict(told.selection)]
    lines = [
        f"Side by side, rows with {name} differ by {told.naive.value:.3f};"
        f" {told.selection.value:.3f} {chose}.",
        f"The effect rests on {told.switchers} of {told.persons} persons, who were seen both ways."
        f" Such data find an effect of {told.smallest_seen:.3f} in 80 of 100 cases.",
    ]
    if told.persons_needed is not None:
        lines.append(f"To tell an effect of this size takes about {told.persons_needed} persons.")
    return lines


def _waves(table: Table, options: argparse.Namespace, step: Step) -> Found:
    note: tuple[str, ...] = ()
    if len(options.exposure) + len(options.control) > 1 or options.weights or options.cluster:
        note = ("only the first exposure is used; controls, weights and clusters are not",)
    _, data = _columns(table, options)
    told = roll_out(data, Controls(options.controls_from), options.level)
    overall = replace(told.overall, name=options.exposure[0])
    sentences = [sentence(overall, options.outcome)]
    if not np.isnan(told.before_p):
        alike = told.before_p >= 0.05
        sentences.append(
            "Before the start the groups moved "
            + ("alike as far as can be told" if alike else "apart already: do not trust the effect")
            + f" (p {told.before_p:.3f})."
        )
    if options.redraw:
        step(f"drawing the lot again, {options.redraw} times")
        again = redraw(
            data, seed=options.seed, draws=options.redraw, controls=Controls(options.controls_from)
        )
        sentences.append(
            f"Of {again.draws} lots drawn again, a share of {again.p:.3f} shows as much"
            " without any effect."
        )
    trust = {
        "waves": "rests on the lot: who began when must have been drawn",
        "did": "rests on the groups moving alike without the change, which no test can prove",
    }[options.design]
    parts = (
        Part("mean effect since the start", (overall,)),
        Part("periods since the start", told.path),
    )
    waves = ", ".join(str(size) for _, size in told.groups)
    notes = (*note, trust, f"persons a wave: {waves}; never exposed: {told.never}")
    periods = 0 if data.period_labels is None else len(data.period_labels)
    return Found(
        options.design, tuple(sentences), parts, data.n, data.persons, periods, data.persons,
        f"group-time effects against {options.controls_from} exposed, by person", options.level, notes,
    )  # fmt: skip


def _rates(table: Table, options: argparse.Namespace) -> Found:
    _, data = _columns(table, options)
    hours = table.numbers[options.hours] if options.hours else None
    told = fit_rates(data, hours=hours, level=options.level, persons=bool(options.period))
    per = f"{options.outcome} per {options.hours}" if options.hours else options.outcome
    sentences = []
    for one, log in zip(told.ratios, told.logs, strict=True):
        span = f"between {one.low:.3f} and {one.high:.3f} times"
        if verdict(log) is Verdict.CANNOT_SAY:
            sentences.append(
                f"{one.name} and {per}: cannot say. The ratio lies {span}, which includes no change."
            )
        else:
            sentences.append(f"With {one.name}, {per} is {one.value:.3f} times as much; {span}.")
    periods = 0 if data.period_labels is None else len(data.period_labels)
    parts = (Part("ratio of rates", told.ratios), Part("the same as logarithms", told.logs))
    note = f"{told.left_out} rows left out of persons who never had any"
    return Found(
        "poisson", tuple(sentences[: len(options.exposure)]), parts, told.n, told.persons, periods,
        told.clusters, f"{told.convention}, by {options.cluster or options.person}",
        options.level, (note,) if told.left_out else (),
    )  # fmt: skip


def _by(found: Found, table: Table, options: argparse.Namespace) -> Found:
    _, data = _columns(table, options)
    told = by_group(data, table.labels[options.by], level=options.level)
    alike = told.differ_p >= 0.05
    sentence = (
        f"Whether {options.exposure[0]} works differently by {options.by}: "
        + ("cannot say" if alike else "it does")
        + f" (p {told.differ_p:.3f}, all groups together)."
    )
    parts = (
        Part(f"effect in each group of {options.by}", told.effects),
        Part("each group against the mean of the others", told.against_rest),
    )
    note = "by group: intervals hold for all groups at once (Bonferroni), p are raised (Holm)"
    return replace(
        found, sentences=(*found.sentences, sentence), parts=(*found.parts, *parts),
        notes=(*found.notes, note),
    )  # fmt: skip


def _binary(table: Table, options: argparse.Namespace) -> Found:
    names, data = _columns(table, options)
    cluster = data.cluster if options.cluster or data.persons < data.n else None
    fitted = fit_binary(
        data.outcome, data.exposures, link=Link(options.model), names=names, cluster=cluster
    )
    found = marginal_effects(fitted, At(options.at), options.level)
    sentences = [
        sentence(one, options.outcome, same_persons=False) for one in found[: len(options.exposure)]
    ]
    trust = "different persons are compared: it is an effect only if the exposure was drawn by lot"
    parts = [Part(f"change of the probability ({options.model}, at {options.at})", found)]
    try:
        plain, own, others = difference_of_rates(data.outcome, data.exposures[:, 0], options.level)
        parts.append(Part("rates side by side", (plain,)))
        rates = (f"{yes} of {n} = {yes / n:.1%}" for yes, n in (own, others))
        sentences.append(f"With {names[0]}: {next(rates)}; without: {next(rates)}.")
    except CannotEstimate:
        pass  # the exposure is no yes or no: there are no two rates
    note: tuple[str, ...] = (trust,)
    if options.period:
        note += ("effects of persons and periods are not taken out here",)
    return Found(
        options.model, tuple(sentences), tuple(parts), data.n, data.persons, 0, fitted.clusters,
        f"{fitted.convention}, delta method, normal intervals", options.level, note,
    )  # fmt: skip
