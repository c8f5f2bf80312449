"""Who is started beside whom: as many processes for pages as the machine can bear."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hemma.run import children
from hemma.run.children import Settings
from hemma.run.telling import Refusal

SETTINGS = Settings(data=Path("/srv/hemma"))


def started(monkeypatch, cores: int, said: str | None = None) -> list[str]:
    """The names of the product's processes on a machine with so many cores."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    if said is None:
        monkeypatch.delenv("HEMMA_WEB_PROCESSES", raising=False)
    else:
        monkeypatch.setenv("HEMMA_WEB_PROCESSES", said)
    told = children.environment(SETTINGS, 8000)
    return [one.name for one in children.product(SETTINGS, told, 7)]


def test_a_small_machine_has_one_process_for_pages_and_a_large_one_several(monkeypatch):
    assert started(monkeypatch, 1) == started(monkeypatch, 2) == ["web", "worker", "mail"]
    assert started(monkeypatch, 8) == ["web", "web-2", "web-3", "web-4", "worker", "mail"]
    assert len(started(monkeypatch, 96)) == children.MOST_WEB + 2


def test_imran_says_how_many_and_a_slip_of_the_pen_is_refused(monkeypatch):
    assert started(monkeypatch, 2, "3") == ["web", "web-2", "web-3", "worker", "mail"]
    for said in ("0", "two", "-1", "1000"):
        with pytest.raises(Refusal, match="HEMMA_WEB_PROCESSES"):
            started(monkeypatch, 2, said)


def test_all_processes_for_pages_wait_at_the_same_socket(monkeypatch):
    monkeypatch.setenv("HEMMA_WEB_PROCESSES", "2")
    told = children.environment(SETTINGS, 8000)
    web = [one for one in children.product(SETTINGS, told, 7) if one.name.startswith("web")]
    assert [one.passed for one in web] == [(7,), (7,)]


LOCKED_OUT = """
import django
django.setup()
from django.core.cache import cache
cache.set("tries of tina", (cache.get("tries of tina") or 0) + 1, 60)
print(cache.get("tries of tina"))
"""


@pytest.mark.parametrize(("processes", "counted"), [("2", ["1", "2"]), ("1", ["1", "1"])])
def test_tries_to_sign_in_count_for_all_processes_together(tmp_path, processes, counted):
    """Else whoever guesses would have as many tries more as there are processes."""
    environment = os.environ | {
        "HEMMA_DATA": str(tmp_path),
        "HEMMA_DATABASE_URL": "postgresql://nobody@localhost:1/none",
        "HEMMA_WEB_PROCESSES": processes,
        "DJANGO_SETTINGS_MODULE": "hemma.settings",
        "PYTHONPATH": str(Path(children.__file__).parents[2]),
    }
    said = [
        subprocess.run(
            [sys.executable, "-c", LOCKED_OUT], env=environment, check=True, capture_output=True,
            text=True,
        ).stdout.split()[-1]
        for _turn in range(2)
    ]  # fmt: skip
    assert said == counted
