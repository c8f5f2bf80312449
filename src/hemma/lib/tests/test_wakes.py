"""What is done seldom is done at once, then once a while by Hemma's clock, and again if it failed."""

from datetime import UTC, datetime, timedelta

import pytest

from hemma.lib import clock, wakes

MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_is_done_at_once_and_then_after_each_hour():
    told = []
    tell = wakes.seldom(HOUR, lambda: told.append(clock.now()))
    for minutes in (0, 1, 58, 62, 63, 120, 124):
        with clock.moved_to(MORNING + timedelta(minutes=minutes)):
            tell()
    hours = [round((when - MORNING) / timedelta(minutes=1)) for when in told]
    assert hours == [0, 62, 124]


def test_a_clock_that_was_put_back_does_not_stop_it():
    told = []
    tell = wakes.seldom(HOUR, lambda: told.append(clock.now()))
    for days in (0, -3):
        with clock.moved_to(MORNING + timedelta(days=days)):
            tell()
    assert len(told) == 2


def test_what_failed_is_done_again_at_the_next_call():
    tries = []

    def fail_once():
        tries.append(clock.now())
        if len(tries) == 1:
            raise OSError("the disk is full")

    tell = wakes.seldom(HOUR, fail_once)
    with clock.moved_to(MORNING):
        with pytest.raises(OSError, match="full"):
            tell()
        tell()
        tell()
    assert len(tries) == 2
