"""`hemma forecast`: a file of counts in, what will come out."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from hemma.core.forecast import (
    Event,
    Finding,
    FindingKind,
    Forecast,
    History,
    QueueForecast,
    TooLittle,
    forecast,
    public_holidays,
    updated,
)
from hemma.core.forecast.analogy import by_analogy
from hemma.run.planner import report, tables
from hemma.run.telling import Refusal, say, warn

SAID = {
    FindingKind.MISSING_DAY: "{day}: nothing is known; left out",
    FindingKind.MISSING_SLOTS: "{day}: {size:.0f} intervals are not known; filled from the usual shape",
    FindingKind.CLOSED_DAY: "{day}: nobody came; taken as closed",
    FindingKind.OUTLIER_DAY: "{day}: {size:.2f} times the usual; left out",
    FindingKind.LEVEL_SHIFT: "{day}: since then {size:.2f} times as many; the days before are lifted to it",
    FindingKind.WEEKDAY_OPENED: "{day}: since then there is work on this weekday",
    FindingKind.WEEKDAY_CLOSED: "{day}: since then there is no work on this weekday",
    FindingKind.HOLIDAY_CLOSED: "{day}: a holiday that was closed before; forecast as closed",
    FindingKind.HOLIDAY_UNKNOWN: "{day}: a holiday not seen before; forecast as open. Is it?",
    FindingKind.SHORT: "only {size:.0f} days with contacts are known: wide bands, no season of the year",
}


def main(options: argparse.Namespace) -> int:
    """Read, forecast, tell. Raises `Refusal`."""
    read = tables.read(
        options.file,
        time=options.time,
        count=options.count,
        queue=options.queue,
        zone_name=options.zone,
    )
    for note in read.notes:
        warn(note)
    days = int(options.horizon // 86_400)
    if not 1 <= days <= 366:
        raise Refusal("--horizon is 1 to 366 days, for instance 7d or 4w.", 2)
    years = range(read.grid.first_day.year, read.grid.dates[-1].year + 3)
    try:
        off = public_holidays(options.country.upper(), years) if options.country else {}
        events = tuple(Event(*one) for one in options.event)
        known = History(read.grid, read.queues, read.counts, holidays=off, events=events)
        told = _of_today(known, days) if options.today else forecast(known, days)
        told = _with_new(told, options.like)
    except TooLittle as error:
        raise Refusal(f"The file is too short: {error}.") from error
    except ValueError as error:
        raise Refusal(f"{error}.", 2) from error
    if options.html:
        _write(options.html, report.forecast_page(told, findings=[said(q) for q in told.queues]))
    if options.json:
        say(json.dumps(as_json(told), ensure_ascii=False))
    else:
        for queue in told.queues:
            _tell(told, queue, backtest=options.backtest)
    return 0


def _with_new(told: Forecast, asked: list[tuple[str, str, float]]) -> Forecast:
    """The forecast with new queues after known ones. Raises `Refusal`."""
    queues = {queue.queue: queue for queue in told.queues}
    known = ", ".join(queues)
    for name, model, part in asked:
        if model not in queues or name in queues:
            what = f"--like: {name!r} is there already" if name in queues else f"no queue {model!r}"
            raise Refusal(f"{what}; there are: {known}.", 2)
        queues[name] = by_analogy(queues[model], name, part)
    return replace(told, queues=tuple(queues.values()))


def _of_today(known: History, days: int) -> Forecast:
    """The file's last day is under way: it is forecast from those before, and moved to what has come
    until its last interval with contacts."""
    grid = known.grid
    if grid.days < 2:
        raise TooLittle("one day alone tells nothing of the next")
    before = grid.part(grid.first_day, grid.days - 1)
    told = forecast(replace(known, grid=before, counts=known.counts[:, : len(before)]), days)
    queues = []
    for queue, counts in zip(told.queues, known.counts[:, len(before) :], strict=True):
        seen = counts.copy()
        some = np.flatnonzero(np.nan_to_num(seen) > 0)
        seen[some[-1] + 1 if some.size else 0 :] = np.nan
        moved, factor = updated(queue, seen)
        warn(
            f"{queue.queue}: what came so far moves the rest of {grid.dates[-1]} by {factor - 1:+.1%}"
        )
        queues.append(moved)
    return replace(told, queues=tuple(queues))


def said(queue: QueueForecast) -> list[str]:
    """The findings as sentences; of a new queue first of all that it is one."""
    told = [_said(finding) for finding in queue.findings]
    if queue.analogy is None:
        return told
    return [f"a new queue, after {queue.analogy!r}: its own past is not known", *told]


def _said(finding: Finding) -> str:
    return SAID[finding.kind].format(day=finding.day, size=finding.size)


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}).") from error


def _tell(told: Forecast, queue: QueueForecast, *, backtest: bool) -> None:
    say(f"{queue.queue}: {told.grid.days} days from {told.grid.first_day}")
    for row in report.by_day(told, queue):
        say(f"  {row.day:%a %Y-%m-%d}  {row.expected:10.1f}")
    for line in said(queue):
        say(f"  found {line}")
    scores = (*queue.backtest.scores, queue.backtest.blend) if backtest else (queue.backtest.blend,)
    say(f"  backtest over {len(queue.backtest.origins)} weekly origins:")
    if not queue.backtest.origins:
        say("    the history is too short for any; nobody can tell how good this is")
        return
    for score in scores:
        say(
            f"    {score.name:28} error {score.wape:6.1%}  bias {score.bias:+6.1%}  weight {score.weight:.2f}"
        )
    covered = queue.backtest.covered
    if not np.isnan(covered):
        say(f"    the band from 10 to 90 % held {covered:.0%} of the intervals")


def as_json(told: Forecast) -> dict[str, object]:
    """Everything, interval by interval; times as ISO 8601 with offset, `null` for unknown."""
    starts = [slot.local.isoformat() for slot in told.grid]
    return {
        "zone": told.grid.zone.key,
        "slot_min": told.grid.slot_min,
        "starts": starts,
        "levels": list(told.levels),
        "queues": [_queue_json(queue) for queue in told.queues],
    }


def _queue_json(queue: QueueForecast) -> dict[str, object]:
    back = queue.backtest
    return {
        "queue": queue.queue,
        "analogy": queue.analogy,
        "expected": np.round(queue.expected, 3).tolist(),
        "quantiles": np.round(queue.quantiles, 3).tolist(),
        "findings": [
            {"kind": f.kind, "day": f.day.isoformat(), "size": f.size} for f in queue.findings
        ],
        "backtest": {
            "origins": [day.isoformat() for day in back.origins],
            "scores": [
                {
                    "name": score.name,
                    "wape": _number(score.wape),
                    "bias": _number(score.bias),
                    "weight": score.weight,
                }
                for score in (*back.scores, back.blend)
            ],
            "pinball": _number(back.pinball),
            "naive_pinball": _number(back.naive_pinball),
            "covered_by_80_band": _number(back.covered),
        },
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
