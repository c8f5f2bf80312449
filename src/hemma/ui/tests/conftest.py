import pytest


@pytest.fixture(autouse=True)
def _an_empty_frame(monkeypatch):
    """The frame alone: what rooms hang into it is theirs to test, and asks for real people."""
    from hemma.ui import nav, slots

    for registry in (nav.menu, nav.foot, slots.fragments):
        monkeypatch.setattr(registry, "_entries", {})
