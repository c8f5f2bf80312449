"""A thousand random people a country: the check against counting their minutes."""

from collections import Counter

import pytest

from hemma.core.rules import RULES
from hemma.core.rules.tests.chances import COUNTRIES, differences

PEOPLE = 1000
SPOKEN = Counter()


@pytest.mark.parametrize("pack", COUNTRIES)
def test_counting_minutes_says_the_same_of_a_thousand_people(pack):
    for seed in range(PEOPLE):
        only_check, only_minutes, agreed = differences(seed, pack, days=6)
        assert (only_check, only_minutes) == ([], []), f"seed {seed}"
        SPOKEN.update(agreed)


def test_every_rule_spoke_while_minutes_were_counted():
    for seed in range(300):  # the whole fortnight, for rules that need one
        for pack in ("se", "no", "es", "dk"):
            only_check, only_minutes, agreed = differences(-1 - seed, pack, days=12)
            assert (only_check, only_minutes) == ([], []), f"seed {-1 - seed}"
            SPOKEN.update(agreed)
    assert {rule: SPOKEN[rule] for rule in RULES if SPOKEN[rule] < 5} == {}
