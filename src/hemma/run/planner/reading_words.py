"""What somebody types for a length of time, a share or a target; imports nothing heavy."""

import argparse
import re
from datetime import date, datetime

_LENGTHS_S = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


def seconds(text: str) -> float:
    """ "30m" as 1800; a number alone is seconds."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(s|min|m|h|d|w)?", text.strip())
    if not found or float(found[1].replace(",", ".")) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time; write 30m, 1h, 7d")
    return float(found[1].replace(",", ".")) * _LENGTHS_S[found[2] or "s"]


def steps(text: str) -> int:
    """200: at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps; write 200")
    return int(text)


def slower(text: str) -> float:
    """1.3: a third longer."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 1 <= number < 100:
        raise argparse.ArgumentTypeError(f"{text!r}: 1 or more; 1.3 for three tenths longer")
    return number


def share(text: str) -> float:
    """ "85" and "85%" as 0.85, "0.85" as it is."""
    try:
        number = float(text.strip().rstrip("%").replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; write 0.85 or 85%") from None
    number = number / 100 if number > 1 or text.strip().endswith("%") else number
    if not 0 <= number < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a share is below 100 %")
    return number


def within(text: str) -> tuple[float, float]:
    """ "80/20s": 80 % answered within 20 seconds."""
    first, slash, second = text.partition("/")
    if not slash:
        raise argparse.ArgumentTypeError(f"{text!r}: write 80/20s for 80 % within 20 seconds")
    return share(first + ("%" if "%" not in first and "." not in first else "")), seconds(second)


def event(text: str) -> tuple[str, frozenset[date], float | None]:
    """ "bills=2026-10-01,2026-11-01:1.2": name, days, and the effect until one is learned."""
    name, _, told = text.partition("=")
    days, _, effect = told.partition(":")
    try:
        found = frozenset(date.fromisoformat(day.strip()) for day in days.split(","))
        factor = float(effect.replace(",", ".")) if effect else None
    except ValueError:
        found, factor = frozenset(), None
    if not (name.strip() and found) or (factor is not None and not 0 < factor < 100):
        raise argparse.ArgumentTypeError(
            f"{text!r}: write a name, its days, and if none lies behind how many times the usual: "
            "bills=2026-10-01,2026-11-01:1.2"
        )
    return name.strip(), found, factor


def like(text: str) -> tuple[str, str, float]:
    """ "chat=calls:0.3": the new queue, the known one, and its share of that one's contacts."""
    name, _, told = text.partition("=")
    model, _, part = told.rpartition(":")
    try:
        share_of = float(part.replace(",", "."))
    except ValueError:
        share_of = 0.0
    if not (name.strip() and model.strip() and 0 < share_of < 100):
        raise argparse.ArgumentTypeError(f"{text!r}: write new=known:share, like chat=calls:0.3")
    return name.strip(), model.strip(), share_of


def moment(text: str) -> datetime:
    """ "2026-11-03 09:00", on the plan's own clock."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-11-03 09:00") from None
