"""All rooms' styles are on every page: what one room calls its own no other may mean otherwise."""

import re
from collections import defaultdict
from pathlib import Path

ROOMS = Path(__file__).parents[2] / "src" / "hemma"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{}]+)\{")
FIRST_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


def classes(css: str) -> set[str]:
    """The classes that `css` gives a meaning to: those its selectors begin with."""
    plain = COMMENT.sub("", css)
    parts = (part.strip() for group in SELECTORS.findall(plain) for part in group.split(","))
    return {found[1] for part in parts if (found := FIRST_CLASS.match(part))}


def met(sheets: dict[str, str]) -> dict[str, set[str]]:
    """Classes that more than one of `sheets` (room, styles) gives a meaning to, with the rooms."""
    rooms = defaultdict(set)
    for room, css in sheets.items():
        for name in classes(css):
            rooms[name].add(room)
    return {name: who for name, who in rooms.items() if len(who) > 1}


def test_no_two_rooms_style_a_class_of_the_same_name():
    sheets = defaultdict(str)
    for file in sorted(ROOMS.glob("*/static/**/*.css")):
        room = file.relative_to(ROOMS).parts[0]
        if room != "ui":  # what all share; a room may say more about it inside its own pages
            sheets[room] += file.read_text()
    shared = classes("".join(f.read_text() for f in sorted((ROOMS / "ui").rglob("*.css"))))
    assert len(sheets) > 5
    assert {name: who for name, who in met(sheets).items() if name not in shared} == {}


def test_two_rooms_that_each_style_a_week_are_caught():
    desk = "@layer rooms { /* .month {} */ .week, .day { gap: 0 } .week .field { gap: 0 } }"
    law = "@media print { .week > p { margin: 0 } .month { margin: 0 } }"
    assert met({"desk": desk, "planning": law}) == {"week": {"desk", "planning"}}
