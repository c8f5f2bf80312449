"""A page with pictures beside tables. No scripts: it may be opened under any policy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np
from numpy.typing import NDArray

from hemma.core.forecast import Forecast, QueueForecast
from hemma.run.paper import sheet, wide

_WIDE, _HIGH, _EDGE = 720, 200, 40


@dataclass(frozen=True)
class DayRow:
    """One day of a forecast. Its band is not the sum of the intervals' bands, hence not told."""

    day: date
    expected: float


def by_day(told: Forecast, queue: QueueForecast) -> list[DayRow]:
    """Totals of the local days."""
    rows = []
    for day in told.grid.dates:
        slots = told.grid.day_slots(day)
        rows.append(DayRow(day, float(queue.expected[slots.start : slots.stop].sum())))
    return rows


def forecast_page(told: Forecast, findings: Sequence[Sequence[str]]) -> str:
    """The whole page."""
    parts = []
    for queue, found in zip(told.queues, findings, strict=True):
        low, high = queue.quantiles[told.levels.index(0.1)], queue.quantiles[told.levels.index(0.9)]
        parts += [
            f"<h2>{escape(queue.queue)}</h2>",
            picture(
                queue.expected,
                low,
                high,
                f"Contacts per {told.grid.slot_min} minutes, with 80 % band",
                across=(f"{told.grid.dates[0]:%a %Y-%m-%d}", f"{told.grid.dates[-1]:%a %Y-%m-%d}"),
            ),
            table(
                ("Day", "Expected contacts"),
                [(f"{r.day:%a %Y-%m-%d}", f"{r.expected:.1f}") for r in by_day(told, queue)],
            ),
            "<h3>Found in the past</h3>",
            "<ul>"
            + "".join(f"<li>{escape(line)}</li>" for line in found or ["nothing odd"])
            + "</ul>",
            f"<h3>Backtest: {len(queue.backtest.origins)} weekly origins</h3>",
            table(
                ("Way", "Error (WAPE)", "Bias", "Weight"),
                [
                    (s.name, f"{s.wape:.1%}", f"{s.bias:+.1%}", f"{s.weight:.2f}")
                    for s in (*queue.backtest.scores, queue.backtest.blend)
                ],
            ),
        ]
    return sheet("Forecast", f"Forecast from {told.grid.first_day:%A %Y-%m-%d}", "".join(parts))


def table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with headings."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = (
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(_together(x))}</td>" for x in rest)
        + "</tr>"
        for first, *rest in rows
    )
    inner = f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return wide(inner, "table")


def _together(text: str) -> str:
    """Short cells, such as 84 % ± 1 %, stay on one line; longer ones may break."""
    return text.replace(" ", "\u00a0") if len(text) <= 18 else text


def _dashed(line: float, top: float) -> str:
    up = _HIGH - line / top * (_HIGH - 10)
    return (
        f'<line class="mark" x1="{_EDGE}" x2="{_WIDE}" y1="{up:.1f}" y2="{up:.1f}" stroke="#7a3b00" '
        f'stroke-dasharray="6 4" /><text x="0" y="{up + 4:.1f}" font-size="12">{line:.0f}</text>'
    )


def _under(first: str, last: str) -> str:
    return (
        f'<text x="{_EDGE}" y="{_HIGH + 16}" font-size="12">{escape(first)}</text>'
        f'<text x="{_WIDE}" y="{_HIGH + 16}" font-size="12" text-anchor="end">{escape(last)}</text>'
    )


def picture(
    middle: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    title: str,
    *,
    across: tuple[str, str] | None = None,
    line: float | None = None,
) -> str:
    """A line with its band as SVG; all three (slots,). `across` the words under its ends, `line` a
    dashed one at that height."""
    top = float(max(high.max(initial=0.0), middle.max(initial=0.0), line or 0.0, 1.0))
    right = _EDGE + np.arange(middle.size) * (_WIDE - _EDGE) / max(1, middle.size - 1)

    def points(values: NDArray[np.float64], at: NDArray[np.float64]) -> str:
        up = _HIGH - values / top * (_HIGH - 10)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(at, up, strict=True))

    band = points(np.concatenate([low, high[::-1]]), np.concatenate([right, right[::-1]]))
    dashed = "" if line is None else _dashed(line, top)
    under = "" if across is None else _under(*across)
    high_px = _HIGH + (20 if across else 10)
    drawn = (
        f'<svg role="img" viewBox="0 0 {_WIDE} {high_px}" width="100%">'
        f"<title>{escape(title)}</title>"
        f'<line class="axis" x1="{_EDGE}" x2="{_WIDE}" y1="{_HIGH}" y2="{_HIGH}" stroke="#888888" />'
        f'<polygon class="band" points="{band}" fill="#9ec5e8" />'
        f'<polyline class="line" points="{points(middle, right)}" fill="none" stroke="#123a5c" '
        f'stroke-width="1.5" />'
        f'<text x="0" y="14" font-size="12">{top:.0f}</text>'
        f'<text x="0" y="{_HIGH}" font-size="12">0</text>{dashed}{under}</svg>'
    )
    return f"<p>{escape(title)}.</p>{wide(drawn, title)}"
