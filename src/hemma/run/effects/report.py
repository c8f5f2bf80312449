"""One page without anything from elsewhere: a picture, and the same numbers as a table."""

from html import escape

from hemma.core.effects import Estimate
from hemma.run.effects.found import Curve, Found, Part
from hemma.run.paper import sheet, wide

WIDE, LEFT, ROW = 640, 200, 28


def page(found: Found, outcome: str) -> str:
    """The whole page as HTML."""
    said = "".join(f"<p>{escape(text)}</p>" for text in found.sentences)
    body = _curves(found.curves) + "".join(_section(part) for part in found.parts)
    notes = "".join(f"<li>{escape(note)}</li>" for note in found.notes)
    rests = (
        f"N {found.n}, persons {found.persons}, periods {found.periods}, clusters {found.clusters}."
        f" Errors: {found.errors}. Intervals of {found.level:.0%}."
    )
    title = f"Effects on {outcome}"
    return sheet(
        title, title, f"{said}{body}<h2>What it rests on</h2><p>{escape(rests)}</p><ul>{notes}</ul>"
    )


def _section(part: Part) -> str:
    heads = "".join(
        f'<th scope="col">{x}</th>' for x in ("", "estimate", "error", "from", "to", "p")
    )
    rows = "".join(_row(one) for one in part.estimates)
    return (
        f"<section><h2>{escape(part.title)}</h2>{wide(picture(part), part.title)}"
        + wide(
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>",
            f"{part.title}: table",
        )
        + "</section>"
    )


def _curves(curves: tuple[Curve, ...]) -> str:
    """Shares over time, one on the other; the tables below hold the same numbers."""
    if not curves:
        return ""
    last = max(time for one in curves for time, _ in one.points) or 1.0
    tall, drawn = 240, []
    for at, one in enumerate(curves):
        path, high = [], 1.0
        for time, share in one.points:
            x = 40 + time / last * (WIDE - 60)
            path += [
                f"{x:.1f},{20 + (1 - high) * (tall - 60):.1f}",
                f"{x:.1f},{20 + (1 - share) * (tall - 60):.1f}",
            ]
            high = share
        dash = ' stroke-dasharray="6 4"' if at else ""
        drawn.append(
            f'<polyline points="{" ".join(path)}" fill="none" stroke="currentColor" stroke-width="2"{dash}/>'
            f'<text x="{60 + at * 260}" y="{tall - 8}" font-size="14" fill="currentColor">'
            f"{'- - ' if at else '— '}{escape(one.name[:28])}</text>"
        )
    ends = "".join(
        f'<text x="34" y="{24 + (1 - share) * (tall - 60):.0f}" text-anchor="end" font-size="14"'
        f' fill="currentColor">{share:.0%}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    return (
        '<section><h2>still there over time</h2><svg role="img" aria-label="share still there over'
        f' time; the tables below hold the numbers" viewBox="0 0 {WIDE} {tall}">{ends}{"".join(drawn)}'
        "</svg></section>"
    )


def _row(one: Estimate) -> str:
    cells = "".join(f"<td>{x:.4f}</td>" for x in (one.value, one.error, one.low, one.high))
    cells += f"<td>{'&lt;0.0001' if one.p < 0.0001 else f'{one.p:.4f}'}</td>"
    return f'<tr><th scope="row">{escape(one.name)}</th>{cells}</tr>'


def picture(part: Part) -> str:
    """Each estimate a dot on its interval, with the line of no effect."""
    low = min(0.0, *(one.low for one in part.estimates))
    high = max(0.0, *(one.high for one in part.estimates))
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return LEFT + (value - low) / span * (WIDE - LEFT - 20)

    tall = ROW * len(part.estimates) + 30
    drawn = [
        f'<line x1="{x(0):.1f}" x2="{x(0):.1f}" y1="0" y2="{tall - 20}" stroke="currentColor" '
        'stroke-dasharray="4 4"/>'
        f'<text x="{x(0):.1f}" y="{tall - 4}" text-anchor="middle" font-size="14" fill="currentColor">0</text>'
    ]
    for i, one in enumerate(part.estimates):
        y = ROW * i + ROW / 2
        drawn.append(
            f'<text x="{LEFT - 12}" y="{y + 5}" text-anchor="end" font-size="14" fill="currentColor">'
            f"{escape(one.name[:26])}</text>"
            f'<line x1="{x(one.low):.1f}" x2="{x(one.high):.1f}" y1="{y}" y2="{y}" '
            'stroke="currentColor" stroke-width="2"/>'
            f'<circle cx="{x(one.value):.1f}" cy="{y}" r="5" fill="currentColor"/>'
        )
    label = escape(f"{part.title}: estimates and intervals; the table below holds the same numbers")
    return (
        f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDE} {tall}">{"".join(drawn)}</svg>'
    )
