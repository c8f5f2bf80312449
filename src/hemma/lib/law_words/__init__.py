"""Rules of law in people's words: why, and what would help, in six languages.

The core tells codes and numbers; here they become sentences. The words are data beside this file
(`sv.toml` …), apart from the catalogues of the pages: law is told in the language of the workplace
or the reader, also where the pages speak neither (Spanish, Danish, Finnish).
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = ("sv", "nb", "en", "es", "da", "fi")

type Numbers = Sequence[tuple[str, float]] | Mapping[str, float]
"""Named numbers: `_min` minutes, `_days` days, `_share` from 0 to 1."""


def why(language: str, rule: str, numbers: Numbers) -> str:
    """What a flag of that rule says. Raises `KeyError` for an unknown rule or missing number."""
    return _words(language)["why"][rule].format_map(_told(numbers, language))


def remedy(language: str, code: str, numbers: Numbers) -> str:
    """What would help. Raises `KeyError` likewise."""
    return _words(language)["remedy"][code].format_map(_told(numbers, language))


def says(language: str, code: str) -> str:
    """A word about flags: `stops`, `warns`, `informs`, `unverified`, `nothing`."""
    return _words(language)["says"][code]


def fault(
    language: str, origin: str, place: str, number: int, code: str, told: Mapping[str, str]
) -> str:
    """What cannot be read, where, and what to write instead. Raises `KeyError` likewise.

    `place` is `line` or `row`; the number 0 means the whole.
    """
    words = _words(language)["fault"]
    begins = words[place if number else "whole"].format(origin=origin, number=number)
    return begins + words[code].format_map(told)


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    """The words of a language; English where there are none of it."""
    known = language if language in LANGUAGES else "en"
    return tomllib.loads((files("hemma.lib.law_words") / f"{known}.toml").read_text("utf-8"))


def _told(numbers: Numbers, language: str) -> Mapping[str, str]:
    pairs = numbers.items() if isinstance(numbers, Mapping) else numbers
    return {name: _amount(name, value, language) for name, value in pairs}


def _amount(name: str, value: float, language: str) -> str:
    if name.endswith("_share"):
        return f"{_decimal(value * 100, language)} %"
    if name.endswith("_min"):
        hours, minutes = divmod(round(value), 60)
        told = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
        return " ".join(told) or "0 min"
    return _decimal(value, language)


def _decimal(value: float, language: str) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if language == "en" else text.replace(".", ",")
