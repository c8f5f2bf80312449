"""Fifty hours in which everything goes wrong around the router, from seeds that can be named."""

import random

import pytest

from hemma.core.routing import faults


def told(seed, hours=10.0):
    return faults.play(random.Random(seed).random, hours)


@pytest.mark.parametrize("seed", range(5))
def test_ten_hours_of_faults_break_no_promise(seed):
    outcome = told(seed)
    assert outcome.faults > 20
    assert outcome.accepted > 5


def test_what_is_left_in_the_hands_of_who_went_home_is_moved_before_its_promise_breaks(monkeypatch):
    """Amanda takes a case in her last minutes: it is moved, and a play in which it is not, says so."""
    assert told(0, 48.0).moved > 0
    monkeypatch.setattr(faults, "must_move", lambda held, now_s: False)
    with pytest.raises(faults.Broken, match="comes back too late"):
        told(0, 48.0)


def test_a_seed_plays_the_same_again():
    assert told(7, 4.0) == told(7, 4.0)
    assert told(7, 12.0) != told(8, 12.0)


def test_an_offer_that_forgets_the_mode_is_found(monkeypatch):
    """The play is not blind: break the upkeep or the policy and it says so."""
    anything = frozenset(faults.Mode) - {faults.Mode.OFF}
    real = faults.decide

    def careless(facts):
        people = tuple(
            faults.replace(p, mode=faults.Mode.READY) if p.mode in anything else p
            for p in facts.people
        )
        return real(faults.replace(facts, people=people))

    monkeypatch.setattr(faults, "decide", careless)
    with pytest.raises(faults.Broken, match="mode"):
        told(1, 20.0)


def test_an_offer_that_outlives_its_case_is_found(monkeypatch):
    monkeypatch.setattr(faults, "must_move", lambda held, now_s: False)
    real = faults.Play._answers

    def twice(self, contact, person):
        real(self, contact, person)
        if contact in self.store.held:
            self.store.offers[contact] = (person, self.clock_s() + 90)

    monkeypatch.setattr(faults.Play, "_answers", twice)
    monkeypatch.setattr(faults, "ending_of", lambda *_: None)
    with pytest.raises(faults.Broken):
        told(2, 20.0)
