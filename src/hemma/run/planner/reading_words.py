"""What somebody types for a length of time, a share or a target; imports nothing heavy."""

import argparse
import re

_LENGTHS_S = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


def seconds(text: str) -> float:
    """ "30m" as 1800; a number alone is seconds."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(s|min|m|h|d|w)?", text.strip())
    if not found or float(found[1].replace(",", ".")) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time; write 30m, 1h, 7d")
    return float(found[1].replace(",", ".")) * _LENGTHS_S[found[2] or "s"]


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
