"""Loops are woken by name, each alone, and after a lost connection too; what is done seldom is done at
once, then once a while by Hemma's clock, and again if it failed."""

import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from hemma.lib import clock, live, wakes

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


LONG_S = 20.0  # for a slow machine; what must not come is waited for much shorter


class Loop:
    """A loop that only counts its turns, in a thread of its own."""

    def __init__(self, name):
        self.count, self.stop, self.name = 0, threading.Event(), name
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        for _turn in wakes.turns(self.name, self.stop, every_s=1000):
            self.count += 1

    def has_turned(self, times):
        until = time.monotonic() + LONG_S
        while self.count < times and time.monotonic() < until:
            time.sleep(0.01)
        return self.count >= times

    def at_rest(self):
        """How many turns it has made, when it makes no more of them."""
        seen = -1
        while seen != self.count:
            seen = self.count
            time.sleep(0.3)
        return seen


@contextmanager
def loops(*names):
    """Loops that have heard that the listening began."""
    made = [Loop(name) for name in names]
    try:
        assert all(one.has_turned(1) for one in made)
        assert listeners(wanted=1) == 1
        yield made
    finally:
        for one in made:
            one.stop.set()
        for one in made:
            one.thread.join(LONG_S)


def listeners(wanted):
    """How many connections listen, as soon as it is as many as wanted."""
    until = time.monotonic() + LONG_S
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%hemma_work%'"
            )
            (found,) = cursor.fetchone()
        if found == wanted or time.monotonic() > until:
            return found
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_word_wakes_the_loop_whose_name_it_is_and_no_other():
    with loops("tills", "doors") as (tills, doors):
        before, others = tills.at_rest(), doors.at_rest()
        live.wake("tills")
        assert tills.has_turned(before + 1)
        assert doors.at_rest() == others


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_costs_no_word():
    with loops("tills", "doors") as (tills, doors):
        before, others = tills.at_rest(), doors.at_rest()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%hemma_work%'"
            )
        # Whatever was said meanwhile may have been missed: everybody looks once.
        assert tills.has_turned(before + 1)
        assert doors.has_turned(others + 1)
        before = tills.at_rest()
        live.wake("tills")
        assert tills.has_turned(before + 1)


@pytest.mark.django_db(transaction=True)
def test_when_nobody_waits_nobody_listens_and_the_next_one_is_heard():
    for _again in range(2):
        with loops("tills") as (tills,):
            before = tills.at_rest()
            live.wake("tills")
            assert tills.has_turned(before + 1)
        assert listeners(wanted=0) == 0
