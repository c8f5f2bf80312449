"""The figures of a replay as people read them: a picture of waits, and a table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hemma.core.routing import WhyNot
from hemma.ui.svg import percent
from hemma.ui.times import duration


@dataclass(frozen=True, slots=True)
class Bar:
    """How many customers waited about so long, by the rules as they are and as tried. Widths are
    percentages of the longest bar."""

    label: str
    now: int
    then: int
    now_width: str
    then_width: str


@dataclass(frozen=True, slots=True)
class Line:
    """One figure by both rules. `better`: which way it went, "" for the same."""

    label: str
    now: str
    then: str
    better: str = ""


def minutes(length_s: float) -> int:
    """Whole minutes, at least one."""
    return max(1, round(length_s / 60))


def moment(at_s: float) -> datetime:
    """Seconds since 1970 as a time (aware)."""
    return datetime.fromtimestamp(at_s, UTC)


def bars(result: Mapping[str, Any]) -> list[Bar]:
    """The waits of both, from the shortest to nobody at all."""
    labels = (
        _("under 15 minutes"),
        _("under an hour"),
        _("under 4 hours"),
        _("within a day"),
        _("longer"),
        _("nobody took it"),
    )
    now, then = result["now"]["waits"], result["then"]["waits"]
    most = max(1, *now, *then)
    return [
        Bar(label, a, b, percent(a, most), percent(b, most))
        for label, a, b in zip(labels, now, then, strict=True)
    ]


def lines(result: Mapping[str, Any]) -> list[Line]:
    """The figures of both, side by side."""
    now, then = result["now"], result["then"]
    return [
        _line(_("Cases taken by somebody"), now["taken"], then["taken"], _whole),
        _line(_("Middle wait"), now["median_s"], then["median_s"], _length, fewer=True),
        _line(_("Nine of ten waited at most"), now["slow_s"], then["slow_s"], _length, fewer=True),
        _line(_("Promises kept"), *_shares(now, then, "kept", "promised"), _share),
        _line(_("Met the person they knew"), *_shares(now, then, "met", "known"), _share),
        _line(
            _("Widest difference from an equal share of cases an hour"),
            now["spread"],
            then["spread"],
            _share,
            fewer=True,
        ),
    ]


def _shares(now: Any, then: Any, part: str, whole: str) -> tuple[float | None, float | None]:
    def share(one: Any) -> float | None:
        return one[part] / one[whole] if one[whole] else None

    return share(now), share(then)


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _share(value: float) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * value)}


def _length(value: float) -> str:
    if value < 60:
        return _("under a minute")
    return duration(timedelta(minutes=round(value / 60)))


def _line(label: str, now: Any, then: Any, words: Any, *, fewer: bool = False) -> Line:
    told = [_("nothing to tell") if one is None else words(one) for one in (now, then)]
    better = ""
    if now is not None and then is not None and told[0] != told[1]:
        better = _("better") if (then < now) is fewer else _("worse")
    return Line(label, told[0], told[1], better)


def reasons(result: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """What was in the way of those who had to wait because nobody fitted: words and both counts."""
    now, then = (dict(result[name]["why"]) for name in ("now", "then"))
    words = _why()
    codes = sorted({*now, *then}, key=lambda code: -max(now.get(code, 0), then.get(code, 0)))
    return [(words.get(code, code), now.get(code, 0), then.get(code, 0)) for code in codes]


def _why() -> dict[str, str]:
    return {
        WhyNot.NOT_IN_QUEUE: _("nobody works in it"),
        WhyNot.MISSING_SKILL: _("the skill is missing"),
        WhyNot.LEVEL_TOO_LOW: _("a higher level is needed"),
        WhyNot.LANGUAGE: _("nobody speaks the language"),
        WhyNot.CHANNEL_NOT_TAKEN: _("nobody answers e-mail"),
        WhyNot.QUEUE_CLOSED: _("the queue was closed"),
        WhyNot.OUTSIDE_HOURS: _("nobody was at work"),
        WhyNot.NOT_PRESENT_MODE: _("nobody was in the queue by plan"),
        WhyNot.TOO_SHORT_BEFORE_STOP: _("everybody would soon have finished"),
        WhyNot.HAS_OPEN_OFFER: _("everybody had something already"),
        WhyNot.AT_CAPACITY: _("everybody had as much in hand as fits"),
        WhyNot.PERSONAL_LIMIT: _("everybody had as much in hand as fits"),
        WhyNot.DECLINED_ALREADY: _("everybody had something already"),
    }
