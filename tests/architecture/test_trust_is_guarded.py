"""What would break trust is caught: the product is clean, each rule bites, and the table tells."""

import dataclasses
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from architecture.rules import trust

from hemma.core.routing import PersonFacts

type Rule = Callable[[Path], Iterable[str]]

RULES: list[Rule] = [
    trust.listening,
    trust.elsewhere,
    trust.programs,
    trust.figures,
    trust.answers,
    trust.listening_in,
    trust.guilt,
    trust.acting,
]
PLANTS: list[tuple[Rule, str, str]] = [
    (trust.listening, "ui/static/ui/x.js", 'document.addEventListener("keydown", count)'),
    (trust.listening, "ui/static/ui/x.js", "window.addEventListener('mousemove', awake);"),
    (trust.listening, "ui/static/ui/x.js", "document.onvisibilitychange = gone"),
    (trust.listening, "ui/static/ui/x.js", 'window.addEventListener("blur", left)'),
    (trust.listening, "desk/templates/desk/x.html", 'document.addEventListener("copy", tell)'),
    (trust.listening, "ui/static/ui/shortcuts.js", 'document.addEventListener("click", f)'),
    (
        trust.listening,
        "ui/static/ui/drafts.js",
        'document.addEventListener("input", f)\nfetch("/typed")',
    ),
    (trust.listening, "ui/static/ui/x.js", 'navigator.sendBeacon("/left")'),
    (trust.listening, "ui/static/ui/x.js", "chrome.runtime.connect()"),
    (trust.elsewhere, "ui/templates/ui/x.html", '<script src="https://cdn.example.org/a.js">'),
    (trust.elsewhere, "ui/templates/ui/x.html", '<img src="//pixel.example.org/1.gif">'),
    (trust.elsewhere, "ui/static/ui/x.css", '@import "https://fonts.example.org/a.css";'),
    (trust.elsewhere, "ui/static/ui/x.css", "a { background: url(https://x.example.org/a) }"),
    (trust.elsewhere, "ui/static/ui/x.js", 'fetch("https://where.example.org/ip")'),
    (trust.elsewhere, "ui/static/ui/x.js", 'import { a } from "https://cdn.example.org/a.js"'),
    (trust.programs, "workplace/static/workplace/helper.msi", ""),
    (trust.programs, "workplace/static/workplace/helper.crx", ""),
    (trust.figures, "workday/queries.py", "def adherence_of(asker, person): pass"),
    (trust.figures, "workday/queries/x.py", "class Row:\n  productivity: float"),
    (trust.figures, "desk/views.py", 'def show(r): return {"ranking": 1}'),
    (trust.figures, "desk/actions.py", "def store_engagement(*, actor): pass"),
    (trust.figures, "people/forms.py", "class Home:\n  suitability: int = 0"),
    (
        trust.answers,
        "pulse/models.py",
        'class Answer(Model):\n  of = models.ForeignKey("people.Person")',
    ),
    (
        trust.answers,
        "pulse/models.py",
        "class Response(Model):\n  of = models.ForeignKey(settings.AUTH_USER_MODEL)",
    ),
    (
        trust.answers,
        "people/models/x.py",
        "class SurveyAnswer(Model):\n  journal_key = f(journal_key)",
    ),
    (trust.listening_in, "desk/models.py", "class CallRecording(Model): pass"),
    (trust.listening_in, "desk/urls.py", 'path("calls/<int:pk>/whisper/", f, name="x")'),
    (trust.guilt, "workday/templates/workday/x.html", "<p>You have been away for 9 minutes</p>"),
    (trust.guilt, "workday/templates/workday/x.html", "<b>A 5 day streak!</b>"),
    (trust.guilt, "ui/static/ui/x.js", 'ask("Still there?")'),
    (trust.guilt, "workday/locale/sv/x.po", 'msgstr "Du har varit borta i 9 minuter"'),
    (trust.guilt, "workday/locale/nb/x.po", 'msgstr "Er du der ennå?"'),
    (trust.guilt, "workday/static/workday/x.css", ".pause-clock { color: var(--danger) }"),
    (trust.acting, "people/views/x.py", "from django.contrib.auth import login"),
    (trust.acting, "desk/views.py", "def f(r): auth.login(r, other)"),
    (trust.acting, "people/actions/x.py", "def impersonate(*, actor, person): pass"),
    (trust.acting, "people/views/x.py", "def login_as(request, pk): pass"),
]
NEIGHBOURS: list[tuple[Rule, str, str]] = [
    (trust.listening, "ui/static/ui/shortcuts.js", 'document.addEventListener("keydown", help)'),
    (trust.listening, "ui/static/ui/x.js", 'button.addEventListener("click", open); fetch("/x")'),
    (trust.listening, "ui/static/ui/x.js", 'document.addEventListener("htmx:after:swap", f)'),
    (trust.elsewhere, "ui/templates/ui/x.html", '<script src="{% static "ui/frame.js" %}">'),
    (trust.elsewhere, "ui/static/ui/x.svg", '<a href="http://www.w3.org/2000/svg">'),
    (trust.programs, "ui/static/ui/x.woff2", ""),
    (trust.figures, "desk/queries.py", "def waiting(asker): return {'queue': 1}"),
    (trust.answers, "pulse/models.py", "class Answer(Model):\n  group = models.ForeignKey(Group)"),
    (
        trust.answers,
        "desk/models.py",
        'class AnswerDraft(Model):\n  by = models.ForeignKey("people.Person")',
    ),
    (trust.listening_in, "journal/models.py", "class Event(Model): pass"),
    (trust.guilt, "workday/templates/workday/x.html", "<p>Your pause has begun. Rest well.</p>"),
    (trust.guilt, "desk/static/desk/x.css", ".remove { color: var(--danger) }"),
    (trust.acting, "people/views/door.py", "from django.contrib.auth import login"),
]
_REFERENCE = re.compile(r"`([\w/.]+\.py)::(\w+)`")
_ROW = re.compile(r"^\| (N\d+) \|(.+)\|(.+)\|$", re.MULTILINE)


def plant(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return folder


def named(case: object) -> str | None:
    return getattr(case, "__name__", None)


@pytest.mark.requirement("S4-3", "S4-14")
@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_product_keeps_peoples_trust(rule, package):
    assert list(rule(package)) == [], rule.__doc__


@pytest.mark.parametrize(("rule", "name", "text"), PLANTS, ids=named)
def test_a_breach_of_trust_is_caught(rule, name, text, tmp_path):
    found = list(rule(plant(tmp_path / "hemma", name, text)))
    assert found
    assert all(fault.startswith(name) for fault in found)


@pytest.mark.parametrize(("rule", "name", "text"), NEIGHBOURS, ids=named)
def test_what_breaks_no_trust_passes(rule, name, text, tmp_path):
    assert list(rule(plant(tmp_path / "hemma", name, text))) == []


def test_every_rule_of_trust_has_been_broken():
    assert {rule for rule, _, _ in PLANTS} == set(RULES)
    assert {rule for rule, _, _ in NEIGHBOURS} == set(RULES)


def test_no_script_may_hear_more_than_it_does(package):
    """A leave that nobody uses any longer would let somebody listen unnoticed."""
    for name, events in trust.HEARS.items():
        text = (package / name).read_text()
        assert {event for event in events if f'document.addEventListener("{event}"' in text} == (
            events
        ), name
    for name in trust.SIGNS_IN:
        assert "import login" in (package / name).read_text()


def test_who_gets_a_case_is_chosen_by_skill_time_and_fairness_alone():
    """N5: nothing about a person's place, ways or results reaches the policy."""
    assert {field.name for field in dataclasses.fields(PersonFacts)} == {
        "assigned_today", "available_today_s", "capacity", "id", "languages", "last_assigned_s",
        "load", "mode", "next_stop_s", "open_offers", "personal_limit", "queues", "skills",
        "works_until_s",
    }  # fmt: skip


def faults_of(table: str, root: Path) -> list[str]:
    """What is wrong with the table of guards: a promise left out, a test that is not there."""
    rows = {number: told for number, _, told in _ROW.findall(table)}
    faults = [f"N{n} is not told of" for n in range(1, 15) if f"N{n}" not in rows]
    for number, told in rows.items():
        references = _REFERENCE.findall(told)
        if not references:
            faults.append(f"{number} names no test")
        for file, test in references:
            if not (root / file).exists() or f"def {test}(" not in (root / file).read_text():
                faults.append(f"{number} names {test} in {file}, which is not there")
    return faults


def test_the_table_of_guards_is_whole_and_names_tests_that_are_there(root):
    table = (root / "docs/how/guards.md").read_text()
    assert faults_of(table, root) == []


def test_a_table_with_a_gap_or_a_lost_test_is_caught(root):
    table = (root / "docs/how/guards.md").read_text()
    without = re.sub(r"^\| N7 .*\n", "", table, flags=re.MULTILINE)
    assert faults_of(without, root) == ["N7 is not told of"]
    lost = table.replace("::test_the_product_keeps_the_rule`", "::test_gone`", 1)
    assert len(faults_of(lost, root)) == 1
