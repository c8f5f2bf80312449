"""Random people for the rules: the same one for the product's check and for the minutes'."""

import random
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval
from hemma.core.rules import Packs, PlaceType, Timeline, WorkItem, WorkKind, check, parse
from hemma.core.rules.tests.minute_by_minute import almanac, law_of
from hemma.core.rules.tests.minute_rules import everything

COUNTRIES = {
    "se": "Europe/Stockholm",
    "no": "Europe/Oslo",
    "es": "Atlantic/Canary",
    "dk": "Europe/Copenhagen",
    "fi": "Europe/Helsinki",
    "eu": "Europe/Lisbon",
}
SEASON_DAYS, INSIDE_DAYS = 96, 40
SEASONS = [  # 40 days before each lies a night on which something changes
    datetime(2026, 2, 9, tzinfo=UTC),
    datetime(2026, 9, 7, tzinfo=UTC),
    datetime(2026, 11, 16, tzinfo=UTC),
]
KINDS = "shift shift work overtime additional training rast rast paus meal_on_duty on_call standby absence"
SMALL = {  # small caps, so that a fortnight reaches them
    "ordinary_week_h": 21, "ordinary_ref_weeks": 2, "total_avg_week_h": 30, "total_ref_months": 1,
    "overtime_week_h": 4, "overtime_4w_h": 6, "overtime_month_h": 7, "overtime_52w_h": 8,
    "overtime_year_h": 5, "overtime_extra_year_h": 5, "additional_year_h": 5,
    "additional_extra_year_h": 5, "on_call_4w_h": 6, "on_call_month_h": 7, "night_ref_weeks": 1,
    "night_avg_h": 4, "home_ref_weeks": 1, "home_avg_days_week": 2, "full_home_weeks": 1,
    "home_screen_days_week": 0.5, "home_share": 0.5, "home_share_early": 0.4, "days_in_a_row": 3,
    "minor_week_h": 20,
}  # fmt: skip


@cache
def laws(small):
    """The packs as the product reads them, and as TOML; with small caps where asked."""
    folder = files("hemma.core.rules") / "packs"
    texts = {}
    for file in folder.iterdir():
        table, lines = "", []
        for line in file.read_text("utf-8").splitlines():
            table = line.strip("[]") if line.startswith("[") else table
            if small and line.startswith("value") and table in SMALL:
                line = f"value = {SMALL[table]}"
            lines.append(line)
        texts[file.name.removesuffix(".toml")] = "\n".join(lines)
    packs = Packs(tuple(parse(text, name) for name, text in texts.items()))
    return packs, {name: tomllib.loads(text) for name, text in texts.items()}


def rows(chance, days):
    """Up to some items a day, mostly days of work with breaks; in minutes of the season."""
    step, made = chance.choice((1, 5, 15)), []
    for _ in range(chance.randint(0, 9)):
        start = (INSIDE_DAYS * 1440 + chance.randint(0, days * 1440)) // step * step
        length = chance.choice((2, 9, 15, 20, 35)) * 60 * chance.random()
        made.append(
            (chance.choice(KINDS.split()), start, start + max(step, int(length) // step * step))
        )
    for day in range(days):
        if chance.random() < 0.6:
            start = (INSIDE_DAYS + day) * 1440 + chance.randint(5, 21) * 60 + chance.randint(0, 60)
            length = chance.randint(4 * 60, 10 * 60)
            made.append(("shift", start, start + length))
            rast = start + chance.randint(60, 300)
            made.append(("rast", rast, rast + chance.choice((10, 14, 15, 20, 29, 30, 45))))
    place = chance.choice((("home",), (None, "office"), ("home", "office", "other", None)))
    return [
        {
            "kind": kind,
            "start": start,
            "end": end,
            "kept": chance.random() < 0.2,
            "place": chance.choice(place),
            "announced": start - chance.randint(0, 20 * 1440) if chance.random() < 0.3 else None,
        }
        for kind, start, end in made
    ]


def timeline(told, origin, pack, **person):
    """The rows as the product knows them."""
    items = tuple(
        WorkItem(
            number,
            WorkKind(row["kind"]),
            Interval(
                origin + timedelta(minutes=row["start"]), origin + timedelta(minutes=row["end"])
            ),
            PlaceType(row["place"]) if row["place"] else None,
            None if row["announced"] is None else origin + timedelta(minutes=row["announced"]),
            not row["kept"],
        )
        for number, row in enumerate(told)
    )
    return Timeline(1, pack, ZoneInfo(COUNTRIES[pack]), items, **person)


def differences(seed, pack, days):
    """What the check says and the minutes do not, and the other way round; and the
    rules that spoke where both agree."""
    chance = random.Random(f"{seed} {pack}")
    origin, told = chance.choice(SEASONS), rows(chance, days)
    packs, tables = laws(chance.random() < 0.5)
    is_minor, training = chance.random() < 0.2, chance.random() < 0.2
    calendar = almanac(origin, SEASON_DAYS * 1440, COUNTRIES[pack])
    line = timeline(told, origin, pack, is_minor=is_minor, is_training_contract=training)
    flags = check(line, packs)
    ours = sorted(repr(seen(flag, calendar)) for flag in flags)
    person = {"is_minor": is_minor, "is_training": training}
    minutes = everything(told, law_of(tables, pack), calendar, **person)
    theirs = sorted(repr(flag) for flag in minutes)
    if ours == theirs:
        return [], [], [flag.rule for flag in flags]
    return (
        [f for f in ours if f not in theirs],
        [f for f in theirs if f not in ours] or [theirs],
        [],
    )


def seen(flag, calendar):
    """A flag as the minutes tell it; what ends after the season has no end, years neither."""
    start, end = (
        int((at - calendar.origin) / timedelta(minutes=1)) for at in (flag.at.start, flag.at.end)
    )
    numbers = tuple(round(number, 6) for _, number in flag.numbers)
    if flag.rule.endswith("_in_a_year") and (end - start) != 52 * 7 * 1440 and flag.pack != "no":
        start = end = None
    elif end > calendar.edge:
        end = None
    return start, end, flag.rule, flag.paragraph, str(flag.severity), numbers
