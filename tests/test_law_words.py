"""Every rule says why and what would help, in six languages, with numbers that it has."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import pytest

from hemma.core.rules import RULES, Remedy, Severity, check
from hemma.core.rules.tests.chances import COUNTRIES, SEASONS, laws, rows, timeline
from hemma.lib import law_words


def tables(language):
    return tomllib.loads((files("hemma.lib.law_words") / f"{language}.toml").read_text("utf-8"))


@cache
def flags():
    """Flags of every rule, from random people."""
    import random

    chance, found = random.Random(7), {}
    for number in range(1500):
        pack = list(COUNTRIES)[number % len(COUNTRIES)]
        line = timeline(rows(chance, 12), SEASONS[1], pack, is_minor=number % 5 == 0)
        for flag in check(line, laws(True)[0]):
            found.setdefault((flag.rule, flag.remedy), flag)
    assert {rule for rule, _ in found} == set(RULES)
    return list(found.values())


@pytest.mark.parametrize("language", law_words.LANGUAGES)
def test_every_rule_and_remedy_has_words_and_no_other(language):
    words = tables(language)
    assert words["why"].keys() == RULES.keys()
    assert words["remedy"].keys() == set(Remedy)
    assert words["says"].keys() == {*Severity, "unverified", "nothing"}


@pytest.mark.parametrize("language", law_words.LANGUAGES)
def test_every_flag_can_be_told(language):
    for flag in flags():
        told = law_words.why(language, flag.rule, flag.numbers)
        helps = law_words.remedy(language, flag.remedy, flag.numbers)
        assert "{" not in told + helps
        assert told != helps


@pytest.mark.parametrize("language", law_words.LANGUAGES)
def test_every_language_names_the_same_numbers(language):
    def names(words, part):
        return {key: set(re.findall(r"{(\w+)}", text)) for key, text in words[part].items()}

    assert tables(language)["fault"].keys() == tables("en")["fault"].keys()
    for part in ("why", "remedy", "fault"):
        assert names(tables(language), part) == names(tables("en"), part)


def test_bengts_night_in_words():
    numbers = (("rest_min", 615.0), ("least_min", 660.0), ("missing_min", 45.0))
    assert law_words.why("en", "daily_rest", numbers) == (
        "Daily rest is 10 h 15 min; it has to be at least 11 h."
    )
    assert law_words.remedy("sv", "move_apart", numbers) == (
        "Sluta tidigare eller börja senare, 45 min tillsammans."
    )
    assert law_words.why("es", "home_share", {"home_share": 0.333, "most_share": 0.3}).startswith(
        "33,3 % del tiempo"
    )


def test_an_unknown_language_reads_english():
    assert law_words.says("tlh", "stops") == "stops"
