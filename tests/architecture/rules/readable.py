"""Rules that keep the code readable at a sitting: sizes and docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.rules.trees import Def, parsed, place, public_functions, sources

FILE_LINES, FUNCTION_LINES = 300, 40
# File → why it may be longer. Meant to stay empty.
LONGER_FILES: dict[str, str] = {}


def sizes(package: Path) -> Iterator[str]:
    """Files up to 300 lines, functions up to 40; tests too."""
    for path in sources(package, tests=True):
        name = path.relative_to(package).as_posix()
        lines = len(path.read_text().splitlines())
        if lines > FILE_LINES and name not in LONGER_FILES:
            yield f"{name} has {lines} lines"
        for node in ast.walk(parsed(path)):
            if isinstance(node, Def) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield f"{place(package, path, node.lineno)} {node.name} has {length} lines"


def docstrings(package: Path) -> Iterator[str]:
    """Core and lib say what every public class and function is; rooms what every read and verb is."""
    for path in sources(package):
        room, *inside = path.relative_to(package).with_suffix("").parts
        tree = parsed(path)
        if room in {"core", "lib"}:
            if tree.body and not ast.get_docstring(tree):
                yield f"{place(package, path, 1)} has no docstring"
            wanted = [*public_functions(tree), *_public_classes(tree)]
        elif inside and inside[0] in {"actions", "queries"}:
            wanted = list(public_functions(tree))
        else:
            continue
        for node in wanted:
            if not ast.get_docstring(node):
                yield f"{place(package, path, node.lineno)} {node.name} has no docstring"


def _public_classes(tree: ast.Module) -> list[ast.ClassDef]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
