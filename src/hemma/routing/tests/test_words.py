"""Every code is a sentence in three languages, and none tells what is private."""

import pytest
from django.utils import translation

from hemma.core.routing import ReasonCode, WhyNot
from hemma.routing.words import why

SILENT = {ReasonCode.WAITED}
NUMBERS = {"people": 2, "able": 3, "free": 1}


def stored(code, why_not=None, people=2):
    return {"code": str(code), "why_not": why_not, "numbers": {**NUMBERS, "people": people}}


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("code", [code for code in ReasonCode if code not in SILENT])
def test_every_reason_has_words(code, language):
    with translation.override(language):
        assert all(why([stored(code)])), code


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("obstacle", list(WhyNot))
def test_every_obstacle_has_words_for_one_and_for_many(obstacle, language):
    with translation.override(language):
        [one] = why([stored(ReasonCode.NOBODY, str(obstacle), 1)])
        [many] = why([stored(ReasonCode.NOBODY, str(obstacle), 7)])
    if obstacle is not WhyNot.QUEUE_CLOSED:
        assert one.startswith("1 ")
        assert many.startswith("7 ")


def test_swedish_and_norwegian_are_not_english():
    def said(language):
        with translation.override(language):
            return why([stored(ReasonCode.NOBODY, str(obstacle)) for obstacle in WhyNot])

    assert not set(said("sv")) & set(said("en"))
    assert not set(said("nb")) & set(said("en"))


def test_that_somebody_said_no_cannot_be_told_from_having_enough_to_do():
    declined = why([stored(ReasonCode.NOBODY, "declined_already", 1)])
    full = why([stored(ReasonCode.NOBODY, "at_capacity", 1)])
    limit = why([stored(ReasonCode.NOBODY, "personal_limit", 1)])
    assert declined == full == limit
    both = why(
        [
            stored(ReasonCode.NOBODY, "declined_already", 1),
            stored(ReasonCode.NOBODY, "at_capacity", 2),
        ]
    )
    assert len(both) == 1
    assert both[0].startswith("3 ")
