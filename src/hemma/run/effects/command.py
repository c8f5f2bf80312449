"""The options, the design that was asked for, and the ways of telling what came out."""

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hemma.core.effects import CannotEstimate, Why
from hemma.run.effects import designs
from hemma.run.effects.found import Found
from hemma.run.effects.progress import steps
from hemma.run.effects.report import page
from hemma.run.effects.table import load
from hemma.run.telling import Refusal, say

WHY = {
    Why.NO_VARIATION: "it never changes within a person, so nothing can be told of it",
    Why.COLLINEAR: "it tells the same as the columns before it",
    Why.NO_COMPARISON: "nobody is left to compare with",
    Why.SWITCHES_BACK: "somebody begins and later stops; this design needs a change that stays."
    " Use --design panel, or choose the rows with --where",
    Why.SEPARATED: "the outcome is the same for all of a group: the effect has no finite size",
    Why.NOT_BINARY: "only 0 and 1 are understood here",
    Why.TOO_FEW_CLUSTERS: "at least two persons (or clusters) are needed",
    Why.TOO_FEW_ROWS: "there are fewer rows than things to estimate",
    Why.CLUSTERS_CUT_PERSONS: "a person belongs to two clusters; use --errors cr1",
}


def run(options: argparse.Namespace) -> int:
    """Read, estimate, tell; 0 well, 1 cannot be estimated, 2 the file or the words need an answer,
    130 stopped (Ctrl-C), with nothing written."""
    try:
        return _run(options)
    except KeyboardInterrupt:
        raise Refusal("Stopped. Nothing was written.", 130) from None


def _run(options: argparse.Namespace) -> int:
    options.outcomes = options.outcome
    options.outcome = options.outcomes[0]
    if len(options.outcomes) > 1 and options.design != "parity":
        raise Refusal("Several --outcome need --design parity.", 2)
    if not options.period and options.design not in {"panel", "parity", "stay"}:
        raise Refusal(f"--design {options.design} needs --period.", 2)
    if (options.redraw and options.design != "waves") or (options.by and options.model != "linear"):
        raise Refusal("--redraw needs --design waves, and --by the linear model.", 2)
    step = steps(options.progress)
    step(f"reading {options.file}")
    table = load(options)
    try:
        found = designs.estimate(table, options, step)
    except CannotEstimate as refused:
        text = WHY.get(refused.why, str(refused.why))
        raise Refusal(
            f"This cannot be estimated{': ' + refused.name if refused.name else ''}: {text}."
        ) from None
    if options.report:
        step(f"writing {options.report}")
        _write(options.report, page(found, options.outcome))
    say(as_json(found) if options.json else as_text(found))
    return 0


def as_json(found: Found) -> str:
    """One JSON object; numbers that are not finite become null."""
    return json.dumps(_plain(asdict(found)), indent=2, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_text(found: Found) -> str:
    """For the terminal: the sentence, the table, and what it rests on."""
    lines = [*found.sentences, ""]
    lines.append(f"{'':<28}{'estimate':>10}{'error':>10}{'from':>10}{'to':>10}{'p':>9}")
    for part in found.parts:
        lines.append(part.title)
        for one in part.estimates:
            numbers = "".join(f"{x:>10.4f}" for x in (one.value, one.error, one.low, one.high))
            lines.append(f"  {one.name:<26}{numbers}{one.p:>9.4f}")
    lines += [
        "",
        f"N {found.n} · persons {found.persons} · periods {found.periods} · clusters {found.clusters}",
    ]
    lines.append(f"errors: {found.errors}; intervals of {found.level:.0%}")
    return "\n".join([*lines, *(f"note: {note}" for note in found.notes)])


def _write(file: Path, text: str) -> None:
    try:
        part = file.expanduser().with_name(f"{file.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(file.expanduser())  # whole or not at all
    except OSError as problem:
        raise Refusal(f"The report cannot be written: {problem}") from None
