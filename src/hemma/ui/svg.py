"""Server-drawn pictures of a day: the wide band and the thin thread.

Pure functions from plain values to markup; every word comes from the caller.

Units: a *time* is whole minutes since midnight in the site's own zone (07:50 is 470; a shift
past midnight runs on, 01:30 is 1530). `x` and `width` are percent of the column, so the picture
fills it while text keeps its size; heights are em, so they grow with the text. Classes and
presentation attributes only, for the strict content security policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

WORD_FROM, ICON_FROM, SMALL_ICON_FROM = 40, 15, 10  # minutes a stretch must last to show it
_OPEN = ("m-pause", "m-rast", "m-away")  # recovery is left open in the thread


@dataclass(frozen=True)
class Segment:
    """One stretch of a day, `start` to `end` in minutes since midnight.

    `css`: the mode's `m-…` class, `word`: what people call it, `icon`: a name in the sprite,
    `flag`: a rule is broken here, and words beside the picture say which.
    """

    start: int
    end: int
    css: str
    word: str
    icon: str
    flag: bool = False

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"{self.word} ends before it starts")


@dataclass(frozen=True)
class Axis:
    """What the picture spans, in minutes since midnight, and where its icons are.

    `turn`: when the clocks change within the day, the minute from which they show something else,
    and by how many minutes (+60 in spring, -60 in autumn). Lengths stay true, the words follow.
    """

    start: int
    end: int
    sprite: str
    turn: tuple[int, int] | None = None

    def clock(self, time: int) -> str:
        """What the clock on the wall shows at `time`.

        >>> Axis(60, 300, "i.svg", turn=(120, 60)).clock(119), Axis(60, 300, "", (120, 60)).clock(120)
        ('01:59', '03:00')
        """
        return clock(time + self.turn[1] if self.turn and time >= self.turn[0] else time)

    def x(self, time: int) -> str:
        """Where `time` is, as a percentage of the width."""
        return percent(time - self.start, self.end - self.start)

    def width(self, minutes: float) -> str:
        """How wide `minutes` are."""
        return percent(minutes, self.end - self.start)


def clock(time: int) -> str:
    """Minutes since midnight as people write them; hours past midnight wrap.

    >>> clock(470), clock(1530)
    ('07:50', '01:30')
    """
    return f"{time // 60 % 24:02d}:{time % 60:02d}"


def percent(part: float, whole: float = 100) -> str:
    """A percentage with at most three decimals and no trailing noughts.

    >>> percent(1, 3), percent(50)
    ('33.333%', '50%')
    """
    if whole <= 0:
        raise ValueError("whole must be more than 0")
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".") + "%"


def day_band(
    segments: Sequence[Segment],
    axis: Axis,
    *,
    title: str,
    title_id: str,
    now: int | None = None,
    sun: tuple[int, int] | None = None,
) -> SafeString:
    """The day as one wide band, with daylight above and *now* through it.

    `axis`: half an hour outside the shift is enough. `sun`: sunrise and sunset in the *site's*
    town, never a person's position. `title`: the whole band in a sentence, for those who cannot
    see it; give the same as a table nearby. Height 8.25 em (`.day__band`).

    >>> day = [Segment(480, 495, "m-meet", "Möte", "mote"), Segment(495, 600, "m-queue", "Kö", "ko")]
    >>> svg = day_band(day, Axis(450, 630, "i.svg"), title="Kö till 10:00.", title_id="b", now=577)
    >>> svg.count('class="seg m-'), 'class="band__now"' in svg, ">09:37<" in svg
    (2, True, True)
    """
    parts = [
        f'<svg class="band day__band" role="img" aria-labelledby="{escape(title_id)}">'
        f'<title id="{escape(title_id)}">{escape(title)}</title>',
        _daylight(axis, sun) if sun else "",
        *(_hour(axis, hour, _covers(axis, hour, now)) for hour in _hours(axis)),
        *(_segment(axis, one, now) for one in _within(segments, axis)),
        _now(axis, now) if now is not None and axis.start <= now <= axis.end else "",
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text is escaped above


def thread(segments: Sequence[Segment], now: int) -> SafeString:
    """The same day as a thin line under the bar, on pages without the band.

    Decoration beside the words that say what is next, so it is hidden from screen readers.
    Pauses and meal breaks are left open. The axis is the shift itself.

    >>> day = [Segment(480, 540, "m-queue", "Kö", "ko"), Segment(540, 600, "m-rast", "Rast", "rast")]
    >>> thread(day, 510).count("thread__part"), 'cx="25%"' in thread(day, 510)
    (1, True)
    >>> thread([], 510)
    ''
    """
    if not segments:
        return mark_safe("")
    axis = Axis(min(s.start for s in segments), max(s.end for s in segments), "")
    hair = (axis.end - axis.start) * 0.0015  # a sliver of air between neighbours
    drawn = "".join(
        f'<rect class="thread__part {escape(s.css)}" x="{axis.x(s.start)}" y="2" '
        f'width="{axis.width(max(s.end - s.start - hair, 0))}" height="4"/>'
        for s in segments
        if s.css not in _OPEN
    )
    here = axis.x(min(max(now, axis.start), axis.end))
    return mark_safe(  # noqa: S308 - every text is escaped above
        '<svg class="thread" aria-hidden="true">'
        f'<line class="thread__line" x1="0" x2="100%" y1="4" y2="4"/>{drawn}'
        f'<circle class="thread__now" cx="{here}" cy="4" r="6"/></svg>'
    )


def _hours(axis: Axis) -> range:
    return range(-(-axis.start // 60) * 60, axis.end + 1, 60)


def _within(segments: Iterable[Segment], axis: Axis) -> list[Segment]:
    return [s for s in segments if s.end > axis.start and s.start < axis.end]


def _daylight(axis: Axis, sun: tuple[int, int]) -> str:
    rise, down = max(sun[0], axis.start), min(sun[1], axis.end)
    dusk = '<rect class="band__dusk" x="0" y="1.95em" width="100%" height=".3em" rx="2"/>'
    if down <= rise:
        return dusk
    return dusk + (
        f'<rect class="band__sun" x="{axis.x(rise)}" y="1.95em" '
        f'width="{axis.width(down - rise)}" height=".3em" rx="2"/>'
    )


def _covers(axis: Axis, hour: int, now: int | None) -> bool:
    """Whether the mark of *now* lies over the hour's number, on the narrowest band that is shown."""
    return now is not None and abs(hour - now) < 0.04 * (axis.end - axis.start)


def _hour(axis: Axis, hour: int, covered: bool) -> str:
    x = axis.x(hour)
    anchor = "start" if hour == axis.start else "end" if hour == axis.end else "middle"
    line = f'<line class="band__hour" x1="{x}" x2="{x}" y1="1.7em" y2="7.4em"/>'
    if covered:
        return line
    return (
        f"{line}"
        f'<text class="band__tick" x="{x}" y="1.2em" text-anchor="{anchor}">{axis.clock(hour)[:2]}</text>'
    )


def _segment(axis: Axis, seg: Segment, now: int | None) -> str:
    """A nested svg, which clips its own words."""
    left, right = max(seg.start, axis.start), min(seg.end, axis.end)
    past = now is not None and seg.end <= now
    classes = f"seg {seg.css}" + " seg--past" * past + " seg--flag" * seg.flag
    return (
        f'<svg class="{escape(classes)}" x="{axis.x(left)}" y="2.9em" '
        f'width="{axis.width(right - left)}" height="4.2em">'
        f"<title>{axis.clock(seg.start)}–{axis.clock(seg.end)} {escape(seg.word)}</title>"
        f'<rect class="seg__box" width="100%" height="100%"/>{_inside(axis, seg)}</svg>'
    )


def _inside(axis: Axis, seg: Segment) -> str:
    length = seg.end - seg.start
    if length >= WORD_FROM:
        return (
            _icon(axis, seg, ".65em", ".7em", ".9em")
            + f'<text x="1.85em" y="1.5em">{escape(seg.word.split(" ")[0])}</text>'
            + f'<text class="seg__time" x=".75em" y="3.1em">{axis.clock(seg.start)}</text>'
        )
    if length >= ICON_FROM:
        return _icon(axis, seg, "50%", "1.4em", "1.1em", 9)
    if length >= SMALL_ICON_FROM:
        return _icon(axis, seg, "50%", "1.5em", ".8em", 6.4)
    return ""


def _icon(axis: Axis, seg: Segment, x: str, y: str, size: str, shift: float = 0) -> str:
    move = f' transform="translate(-{shift:g} 0)"' if shift else ""
    return (
        f'<use class="seg__icon" href="{escape(axis.sprite)}#{escape(seg.icon)}" '
        f'x="{x}" y="{y}" width="{size}" height="{size}"{move}/>'
    )


def _now(axis: Axis, now: int) -> str:
    x = axis.x(now)
    return (
        f'<line class="band__now" x1="{x}" x2="{x}" y1="1.5em" y2="7.6em"/>'
        f'<svg x="{x}" y="0" width="1" height="1" overflow="visible">'
        '<rect class="band__nowbox" x="-24" y="0" width="48" height="22" rx="5"/>'
        f'<text class="band__nowtext" x="0" y="16">{axis.clock(now)}</text></svg>'
    )
