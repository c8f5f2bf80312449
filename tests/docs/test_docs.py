"""What the documents say is so: links lead somewhere, settings and commands exist, examples run."""

import doctest
import re
from pathlib import Path

import pytest

from hemma.run.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SETTING = re.compile(r"\bHEMMA_[A-Z]+(?:_[A-Z]+)*\b")
READERS = ("src", "tests", "bench", ".ci")


def broken_links(page: Path) -> list[str]:
    """Links to files or headings that are not there."""
    found = []
    for target in _LINK.findall(_FENCE.sub("", page.read_text())):
        address, _, heading = target.partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        file = (page.parent / address).resolve() if address else page
        if not file.exists():
            found.append(f"{page.name}: {target} is not there")
        elif heading and heading not in headings(file):
            found.append(f"{page.name}: {target} has no such heading")
    return found


def headings(page: Path) -> set[str]:
    """The anchors that a page's headings get."""
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def failing_examples(page: Path) -> int:
    """How many examples of the page's python blocks do not give what they say; prints them."""
    runner, names = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), {}
    for number, (language, code) in enumerate(_FENCE.findall(page.read_text())):
        if language == "python" and ">>>" in code:
            test = doctest.DocTestParser().get_doctest(
                code, names, f"{page.name}:{number}", None, 0
            )
            runner.run(test, clear_globs=False)
            names |= test.globs
    return runner.failures


def settings_read() -> set[str]:
    """Every setting that code, the launcher, the tests or the build server's script mention."""
    files = [ROOT / "hemma", ROOT / "conftest.py", *ROOT.glob(".ci/*")]
    for folder in READERS:
        files += (ROOT / folder).rglob("*.py")
    texts = [file.read_text() for file in files if file != Path(__file__).resolve()]
    return {name for text in texts for name in _SETTING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    assert broken_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_give_what_they_say(page):
    assert failing_examples(page) == 0


def test_every_setting_is_described_and_every_described_setting_is_read():
    described = set(_SETTING.findall((ROOT / "docs/settings.md").read_text()))
    read = settings_read()
    assert "HEMMA_DATA" in read
    assert read - described == set(), "describe them in docs/settings.md"
    assert described - read == set(), "nothing reads them: take them out of docs/settings.md"


def test_every_command_is_described_and_offered_by_the_launcher():
    described = (ROOT / "docs/operate.md").read_text()
    launcher = (ROOT / "hemma").read_text()
    usage = launcher[launcher.index("usage()") : launcher.index("TEXT\n}")]
    for command in COMMANDS:
        assert re.search(rf"^\| `hemma {command}\b", described, re.MULTILINE), command
        assert re.search(rf"^  {command}\b", usage, re.MULTILINE), command


def test_decisions_are_numbered_without_gaps_and_say_what_and_why():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    for number, decision in enumerate(decisions, 1):
        text = decision.read_text()
        assert decision.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert "**Decided.**" in text
        assert "**Why.**" in text


def test_a_link_to_nowhere_is_caught(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A b\n[x](gone.md) [y](page.md#a-b) [z](#gone) [w](https://example.org)\n")
    assert broken_links(page) == [
        "page.md: gone.md is not there",
        "page.md: #gone has no such heading",
    ]


def test_an_example_that_is_not_so_is_caught(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n3\n>>> 1 + 2\n3\n\n```\n")
    assert failing_examples(page) == 1
    assert "Expected" in capsys.readouterr().out
