"""The product keeps the rules of the house. That each rule bites: test_rules_are_caught.py."""

import tomllib

import pytest
from architecture.rules import never, pages, readable, shell

RULES = [
    shell.wall_clock,
    shell.hidden_causes,
    shell.views_that_write,
    shell.verbs,
    shell.reads,
    shell.outward_calls,
    readable.sizes,
    readable.docstrings,
    pages.inline,
    pages.tokens,
    pages.own_room,
    never.watching,
    never.schema,
    never.addresses,
]


@pytest.mark.requirement("S4-3", "S4-14")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule, package):
    assert list(rule(package)) == [], rule.__doc__


def test_no_dependency_reads_feelings_or_watches_people(root):
    locked = [
        line.split("==")[0]
        for name in ("requirements.lock", "requirements-dev.lock")
        for line in (root / name).read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    declared = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    assert len(locked) > 20
    assert list(never.dependencies([*locked, *declared])) == []
