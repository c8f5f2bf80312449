"""A loop that fails starts again, and harms no other."""

import threading

import pytest

from hemma.lib import loops


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(loops, "_registered", {})
    monkeypatch.setattr(loops, "_beats", {})
    monkeypatch.setattr(loops, "_listeners", [])
    monkeypatch.setattr(loops, "FIRST_PAUSE_S", 0.01)


def test_a_loop_that_fails_is_started_again_while_the_other_goes_on(caplog):
    stop, again = threading.Event(), threading.Event()
    tries = []

    def weak(_stop):
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise OSError("the mail server has gone")

    def steady(stop):
        while not stop.wait(0.01):
            loops.beat("steady")

    loops.register("weak", weak)
    loops.register("steady", steady)
    threads = loops.start(loops.registered("worker"), stop)
    assert again.wait(10)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert "the mail server has gone" in caplog.text
    assert set(loops.seconds_since_beat()) == {"steady"}


def test_each_process_runs_its_own_loops():
    def run(_stop):
        pass

    loops.register("intake", run, process="mail")
    loops.register("routing", run)
    assert [x.name for x in loops.registered("mail")] == ["intake"]
    assert [x.name for x in loops.registered("worker")] == ["routing"]


def test_two_loops_may_not_share_a_name_but_one_may_be_registered_twice():
    def one(_stop):
        pass

    loops.register("intake", one)
    loops.register("intake", one)
    with pytest.raises(ValueError, match="intake"):
        loops.register("intake", lambda _stop: None)


def test_whoever_stores_the_heartbeats_hears_each_once():
    heard = []
    store = heard.append
    loops.on_beat(store)
    loops.on_beat(store)
    loops.beat("routing")
    assert heard == ["routing"]
