"""Every rule catches a planted fault, and lets its innocent neighbour pass."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from architecture.rules import never, pages, readable, shell

type Rule = Callable[[Path], Iterable[str]]
KIND = '\nKind(key="desk.case")\n'

FAULTS: list[tuple[Rule, str, str]] = [
    (shell.wall_clock, "desk/actions.py", "import datetime\nx = datetime.datetime.now()"),
    (shell.wall_clock, "core/grid/x.py", "from datetime import date\nx = date.today()"),
    (shell.wall_clock, "desk/tasks.py", "from django.utils import timezone\nx = timezone.now()"),
    (shell.wall_clock, "desk/tasks.py", "from django.utils.timezone import now"),
    (shell.wall_clock, "lib/x.py", "import time\nx = time.time()"),
    (shell.wall_clock, "desk/queries.py", "from django.db.models.functions import Now"),
    (
        shell.wall_clock,
        "desk/models.py",
        "from django.utils import timezone\nf(default=timezone.now)",
    ),
    (shell.hidden_causes, "desk/x.py", "from django.db.models.signals import post_save"),
    (shell.hidden_causes, "desk/x.py", "from django.dispatch import receiver"),
    (shell.hidden_causes, "desk/models.py", "class Case(Model):\n  def save(self, *a): pass"),
    (shell.views_that_write, "desk/views.py", "def close(request, case): case.save()"),
    (
        shell.views_that_write,
        "desk/views.py",
        "def close(r): Case.objects.filter(pk=1).update(a=1)",
    ),
    (shell.views_that_write, "desk/views/case.py", "def show(r): return Case.objects.get(pk=1)"),
    (
        shell.views_that_write,
        "desk/views.py",
        "def show(r, n): return get_object_or_404(Case, pk=n)",
    ),
    (shell.views_that_write, "desk/views.py", "def drop(r, case): case.messages.all().delete()"),
    (shell.verbs, "desk/actions.py", "def close(case, *, actor): pass"),
    (shell.verbs, "desk/actions.py", "def close(*, case, actor): pass"),
    (shell.verbs, "desk/actions/__init__.py", "def close(): pass"),
    (shell.reads, "desk/queries.py", "def waiting(team): return team.cases.all()"),
    (shell.reads, "desk/queries.py", "def waiting(asker): pass"),
    (shell.reads, "desk/queries.py", KIND + '@reads("desk.secret")\ndef waiting(asker): pass'),
    (shell.reads, "journal/queries.py", "def events(about): return Event.objects"),
    (shell.outward_calls, "desk/actions.py", "import urllib.request"),
    (shell.outward_calls, "core/rules/x.py", "from http.client import HTTPSConnection"),
    (readable.sizes, "desk/x.py", "x = 1\n" * 301),
    (readable.sizes, "desk/tests/test_x.py", "def f():\n" + "  x = 1\n" * 40),
    (readable.docstrings, "core/rules/x.py", '"""Doc."""\ndef check(timeline): pass'),
    (readable.docstrings, "lib/x.py", "def check(timeline):\n  '''Doc.'''"),
    (readable.docstrings, "desk/actions.py", "def close(*, actor): pass"),
    (pages.inline, "desk/templates/desk/x.html", "<p style='color:red'>"),
    (pages.inline, "desk/templates/desk/x.html", "<style>p {}</style>"),
    (pages.inline, "desk/templates/desk/x.html", "<script>1</script>"),
    (pages.inline, "desk/templates/desk/x.html", '<button onclick="go()">'),
    (pages.inline, "desk/templates/desk/x.html", '<button hx-on:click="go()">'),
    (pages.inline, "desk/templates/desk/x.html", '<a href="javascript:go()">'),
    (pages.inline, "desk/static/desk/x.svg", '<g style="fill:red">'),
    (pages.inline, "desk/static/desk/x.js", 'one.setAttribute("style", "color: red")'),
    (pages.inline, "desk/static/desk/x.js", "eval(text)"),
    (pages.tokens, "desk/templates/desk/x.html", '<form method="post"><button>Go</button></form>'),
    (pages.tokens, "desk/templates/desk/x.html", "<FORM hx-post='/x'></FORM>"),
    (pages.tokens, "desk/templates/desk/x.html", "<form method=post>{# {% csrf_token %} #}</form>"),
    (pages.own_room, "desk/templates/desk/x.html", '{% include "routing/offer.html" %}'),
    (pages.own_room, "desk/templates/desk/x.html", '{% extends "people/base.html" %}'),
    (pages.own_room, "desk/templates/desk/x.html", "{% include chosen %}"),
    (never.watching, "ui/static/ui/x.js", "navigator.mediaDevices.getDisplayMedia()"),
    (never.watching, "ui/static/ui/x.js", "new IdleDetector()"),
    (never.watching, "ui/static/ui/x.js", "navigator.geolocation.getCurrentPosition(f)"),
    (never.watching, "ui/static/ui/x.js", "new MediaRecorder(s); new ImageCapture(t)"),
    (never.watching, "workday/templates/workday/x.html", '<ol id="leaderboard">'),
    (never.schema, "people/models.py", "class Person(Model):\n  diagnosis = models.TextField()"),
    (
        never.schema,
        "people/models.py",
        "class Person(Model):\n  union_member = models.BooleanField()",
    ),
    (
        never.schema,
        "workday/models.py",
        "class Day(Model):\n  adherence_percent = models.FloatField()",
    ),
    (
        never.schema,
        "workday/models.py",
        "class Absence(Model):\n  sick_reason = models.TextField()",
    ),
    (never.schema, "workday/models.py", "class ActivityScore(Model):\n  pass"),
    (never.schema, "people/models.py", "class Person(Model):\n  health = models.TextField()"),
    (never.addresses, "workday/urls.py", 'path("ranking/", f, name="x")'),
    (never.addresses, "people/urls.py", 'path("become/", f, name="impersonate")'),
    (never.addresses, "urls.py", "from django.contrib.admin import site"),
]

INNOCENT: list[tuple[Rule, str, str]] = [
    (shell.wall_clock, "lib/clock.py", "import datetime\nx = datetime.datetime.now()"),
    (shell.wall_clock, "journal/queries.py", "from django.db.models.functions import Now"),
    (shell.wall_clock, "desk/actions.py", "from hemma.lib import clock\nx = clock.now()"),
    (shell.hidden_causes, "run/x.py", "import signal"),
    (
        shell.views_that_write,
        "desk/views.py",
        "def f(r):\n  actions.create(x=1)\n  context.update(a=1)",
    ),
    (shell.verbs, "desk/actions.py", "def close(*, actor, case): pass\ndef _help(case): pass"),
    (shell.reads, "desk/queries.py", KIND + '@reads("desk.case")\ndef waiting(asker): pass'),
    (shell.verbs, "desk/actions/helping.py", "def lock(case): pass"),
    (shell.reads, "desk/queries.py", "def midnight(day): return day + DAY"),
    (shell.reads, "people/queries.py", "def by_name(people: QuerySet[Person]): pass"),
    (shell.outward_calls, "lib/http.py", "import urllib.request"),
    (readable.docstrings, "desk/views.py", "def show(request): pass"),
    (pages.inline, "desk/templates/desk/x.html", '{# style="x" #}<script src="x.js"></script>'),
    (pages.tokens, "desk/templates/desk/x.html", '<form method="post">{% csrf_token %}</form>'),
    (pages.tokens, "desk/templates/desk/x.html", '<form role="search"><input name="q"></form>'),
    (pages.own_room, "desk/templates/desk/x.html", '{% extends "ui/base.html" %}'),
    (never.schema, "desk/models.py", "class Offer(Model):\n  decline_reason = models.CharField()"),
    (never.addresses, "urls.py", 'path("queue/health/", f, name="queue_health")'),
    (never.watching, "ui/static/ui/x.js", 'document.addEventListener("keydown", help)'),
]


def plant(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return folder


def named(case: object) -> str | None:
    return getattr(case, "__name__", None)


@pytest.mark.parametrize(("rule", "name", "text"), FAULTS, ids=named)
def test_a_planted_fault_is_caught(rule, name, text, tmp_path):
    found = list(rule(plant(tmp_path / "hemma", name, text)))
    assert found
    assert all(fault.startswith(name) for fault in found)


@pytest.mark.parametrize(("rule", "name", "text"), INNOCENT, ids=named)
def test_its_innocent_neighbour_passes(rule, name, text, tmp_path):
    assert list(rule(plant(tmp_path / "hemma", name, text))) == []


def test_a_verb_that_a_package_hands_on_is_judged(tmp_path):
    package = plant(tmp_path / "hemma", "desk/actions/closing.py", "def close(case): pass")
    (package / "desk/actions/__init__.py").write_text(
        "from hemma.desk.actions.closing import close"
    )
    assert len(list(shell.verbs(package))) == 2


def test_a_package_that_reads_feelings_is_caught():
    names = ["django", "text2emotion", "vaderSentiment", "django_hijack", "pynput", "nh3"]
    assert len(list(never.dependencies(names))) == 4
