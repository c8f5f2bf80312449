"""What each country's law says of a week that somebody wrote: made ready for the page.

Nothing is stored and nobody's own schedule is read: it is about what stands in the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hemma.core.rules import Basis, Flag, RuleValue, Severity, Timeline, builtin, check
from hemma.core.rules.written import BadRows, Fault, WrittenLine, read_week
from hemma.lib import law_words
from hemma.ui.times import day_name

LANDS: dict[str, str | Promise] = {
    "se": _("Sweden"),
    "no": _("Norway"),
    "es": _("Spain"),
    "dk": _("Denmark"),
    "fi": _("Finland"),
    "eu": _("EU floor"),
}
"""Whose law can be asked, in the order in which it is shown."""

MOST_ROWS, MOST_PEOPLE, MOST_FAULTS = 1_000, 60, 20

_LOOKS = {
    Severity.STOPS: ("danger", "hand"),
    Severity.WARNS: ("warn", "triangle-alert"),
    Severity.INFORMS: ("info", "info"),
}

# Days after a Monday; every row shows something that one country minds and another does not.
_EXAMPLE = (
    ("Amanda", "se", "shift", 0, "08:00", "16:45", "home"),
    ("Amanda", "se", "paus", 0, "10:00", "10:15", ""),
    ("Amanda", "se", "rast", 0, "13:15", "14:00", ""),
    ("Bengt", "se", "shift", 2, "16:00", "21:15", "office"),
    ("Bengt", "se", "rast", 2, "18:00", "18:30", ""),
    ("Bengt", "se", "shift", 3, "07:30", "12:00", "office"),
    ("Marta", "es", "shift", 1, "09:00", "18:30", "home"),
    ("Marta", "es", "rast", 1, "13:30", "14:00", ""),
    ("Marta", "es", "overtime", 3, "14:00", "17:00", "office"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One flag in words; `look` is the badge's and `icon` its picture."""

    severity: str
    look: str
    icon: str
    paragraph: str
    source: str
    verified: bool
    when: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Land:
    """What one country says of one person's week."""

    name: str | Promise
    own: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One person of the text, and the countries side by side."""

    name: str
    lands: tuple[Land, ...]


def example(today: date) -> str:
    """A week from the Monday after `today`, as one would write it."""
    monday = today + timedelta(days=7 - today.weekday())
    rows = [
        f"{name},{land},{kind},{monday + timedelta(days=day)} {start},{end},{place}"
        for name, land, kind, day, start, end, place in _EXAMPLE
    ]
    return "\n".join(["person,country,kind,start,end,place", *rows, ""])


def judge_week(
    text: str, origin: str, *, home: str, lands: Sequence[str], language: str, today: date
) -> list[Judged]:
    """Every person's week under every one of the countries; `home` is the country of rows that
    name none. Clock times are read as those of each country. Raises `BadRows`."""
    own: dict[str, set[str]] = {}
    for line in _lines(text, origin, home, None):
        own.setdefault(line.name, set()).add(line.timeline.pack)
    if len(own) > MOST_PEOPLE:
        raise _too_many_people(origin)
    found: dict[str, list[Land]] = {name: [] for name in own}
    for land in lands:
        for line in _lines(text, origin, home, land):
            flags = check(line.timeline, builtin())
            said = tuple(_said(flag, line.timeline, language, today) for flag in flags)
            found[line.name].append(Land(LANDS[land], land in own[line.name], said))
    return [Judged(name, tuple(found[name])) for name in own]


def _lines(text: str, origin: str, home: str, under: str | None) -> tuple[WrittenLine, ...]:
    return read_week(text, origin, country=home, under=under, most_rows=MOST_ROWS)


def _too_many_people(origin: str) -> BadRows:
    return BadRows([Fault(origin, "line", 0, "too_many_people", {"most": str(MOST_PEOPLE)})])


def faults(bad: BadRows, language: str) -> list[str]:
    """What cannot be read, each with its place and what to write instead; the first ones."""
    return [
        law_words.fault(language, one.origin, one.place, one.number, one.code, one.told)
        for one in bad.faults[:MOST_FAULTS]
    ]


def _said(flag: Flag, line: Timeline, language: str, today: date) -> Said:
    look, icon = _LOOKS[flag.severity]
    return Said(
        law_words.says(language, flag.severity),
        look,
        icon,
        flag.paragraph,
        _source(flag),
        flag.verified,
        _when(flag, line, today),
        law_words.why(language, flag.rule, flag.numbers),
        law_words.remedy(language, flag.remedy, flag.numbers),
    )


def _source(flag: Flag) -> str:
    for pack in builtin().packs:
        for value in pack.values.values() if pack.id == flag.pack else ():
            if value.paragraph == flag.paragraph:
                return value.source
    return ""


def _when(flag: Flag, line: Timeline, today: date) -> str:
    """The stretch in the workplace's time; whole days are told as dates alone."""
    start, end = (at.astimezone(line.zone) for at in (flag.at.start, flag.at.end))
    if _is_midnight(start) and _is_midnight(end):
        return f"{_day(start, today)} – {_day(end - timedelta(days=1), today)}"
    last = f"{end:%H:%M}" if end.date() == start.date() else f"{_day(end, today)} {end:%H:%M}"
    return f"{_day(start, today)} {start:%H:%M} – {last}"


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute) == (0, 0)


def _day(at: datetime, today: date) -> str:
    return day_name(at.date(), today)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A country's values that nobody has read in the law itself."""

    name: str | Promise
    since: str
    values: tuple[tuple[RuleValue, str, str], ...]


def to_be_verified() -> list[Unconfirmed]:
    """Every value of the packs that was not read in the law, with what it rests on, by country."""
    on = {
        Basis.SECONDARY: _("read about, not in the law itself"),
        Basis.RECALLED: _("remembered, not looked up"),
    }
    packs = sorted(builtin().packs, key=lambda pack: [*LANDS].index(pack.id))
    return [
        Unconfirmed(
            LANDS[pack.id],
            date_format(pack.valid_from, "Y-m-d"),
            tuple(
                (value, _amount(value), str(on[value.basis]))
                for value in pack.values.values()
                if not value.verified
            ),
        )
        for pack in packs
    ]


def _amount(value: RuleValue) -> str:
    return ", ".join(sorted(value.words)) if value.words else f"{value.number:g}"
