"""The stream begins with what a page has missed: neither nothing nor everything."""

import json

from hemma.lib import live, stream
from hemma.lib.stream import Hub


def told(hub: Hub, *audiences: str, since: str) -> list[str]:
    """The topics that a browser of these audiences is given when its stream opens."""
    words = hub.missed(frozenset(audiences), live.read_mark(since)).decode()
    return [json.loads(line[6:])["topic"] for line in words.split("\n") if line]


def change(hub: Hub, audience: str, topic: str) -> None:
    hub.tell(json.dumps({"audience": audience, "topic": topic, "version": 1}))


def listening() -> Hub:
    hub = Hub()
    hub.tell_all()
    return hub


def test_amandas_page_asks_for_nothing_again_when_nothing_has_changed():
    hub = listening()
    change(hub, "queue:1", "queue:1")
    assert told(hub, "queue:1", since=live.mark()) == []


def test_what_changed_while_amandas_page_was_drawn_is_told_once_and_nobody_elses_at_all():
    hub = listening()
    begun = live.mark()
    for audience, topic in (("queue:1", "case:7"), ("person:2", "offer:2"), ("queue:1", "case:7")):
        change(hub, audience, topic)
    change(hub, "person:1", live.REOPEN)
    assert told(hub, "queue:1", "person:1", since=begun) == ["case:7"]


def test_who_was_away_for_longer_than_is_remembered_asks_for_everything(monkeypatch):
    monkeypatch.setattr(stream, "PAST", 2)
    hub = listening()
    begun = live.mark()
    for _turn in range(3):
        change(hub, "queue:1", "case:7")
    assert told(hub, "queue:1", since=begun) == ["all"]
    assert told(hub, "queue:1", since=live.mark()) == []


def test_a_page_from_before_the_hub_listened_or_from_another_machine_asks_for_everything():
    begun = live.mark()
    hub = listening()
    later, moment = live.mark(), live.mark().partition(".")[0]
    assert told(hub, since=begun) == ["all"]
    assert told(hub, since=later) == []
    for said in ("", "7", f"{moment}.elsewhere", f"-{moment}", f"{10**18}.{live.MACHINE}"):
        assert told(hub, since=said) == ["all"]
    assert told(Hub(), since=later) == ["all"], "nobody listens yet"
