"""Walking a source tree: files, their syntax trees, and which room a file stands in."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

Def = ast.FunctionDef | ast.AsyncFunctionDef


def sources(package: Path, *, tests: bool = False) -> Iterator[Path]:
    """Every Python file of the package, without migrations, and without tests unless asked."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).parts
        if "migrations" in inside or (not tests and "tests" in inside):
            continue
        yield path


def files(package: Path, *suffixes: str) -> Iterator[Path]:
    """Every file with one of the suffixes, without what others made and we carry."""
    for path in sorted(package.rglob("*")):
        if path.suffix in suffixes and not {"vendor", "tests"} & set(path.parts):
            yield path


def furniture(package: Path, name: str) -> Iterator[Path]:
    """The files of one piece of furniture (`views`, `queries`…) in every room: module or package."""
    for path in sources(package):
        room, *inside = path.relative_to(package).with_suffix("").parts
        if inside and inside[0] == name and room not in {"core", "lib", "run"}:
            yield path


def room_of(package: Path, path: Path) -> str:
    """The room that a file stands in; the file's own name for the composition's modules."""
    return path.relative_to(package).parts[0].removesuffix(".py")


@cache
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return _parsed(path, path.stat().st_mtime_ns)


def public_functions(tree: ast.Module) -> Iterator[Def]:
    """Functions at the top of a module whose names do not begin with an underscore."""
    for node in tree.body:
        if isinstance(node, Def) and not node.name.startswith("_"):
            yield node


def dotted(node: ast.expr) -> str:
    """`a.b.c` for such an expression, with `()` for calls in between; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every imported name in full (`django.db.models.F`) with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def place(package: Path, path: Path, line: int) -> str:
    """`desk/views.py:12`, as the faults name it."""
    return f"{path.relative_to(package).as_posix()}:{line}"


def faced(package: Path, name: str) -> Iterator[tuple[Path, Def]]:
    """The functions that a room offers as its `name`: a module's public ones, and of a package
    those that its `__init__` hands on. What else stands in the package is its own business.
    """
    for path in furniture(package, name):
        offered = _offered(path.parent / "__init__.py") if path.parent.name == name else None
        for function in public_functions(parsed(path)):
            if offered is None or path.name == "__init__.py" or function.name in offered:
                yield path, function


def _offered(face: Path) -> set[str]:
    if not face.exists():
        return set()
    nodes = (node for node in parsed(face).body if isinstance(node, ast.ImportFrom))
    return {alias.name for node in nodes for alias in node.names}
