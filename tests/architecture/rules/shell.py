"""Rules about the rooms' Python: clock, tables, verbs, reads, views."""

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.rules.trees import (
    Def,
    dotted,
    faced,
    furniture,
    imported,
    parsed,
    place,
    room_of,
    sources,
)

# The journal stands below people: it knows keys, not persons; the room above decides who asks.
KNOWS_NO_PEOPLE = {"journal"}
WALL_CLOCK = {
    *(f"{owner}.{reading}" for owner in ("datetime", "datetime.datetime", "dt.datetime")
      for reading in ("now", "utcnow", "today")),
    *("date.today", "datetime.date.today", "dt.date.today"),
    *("timezone.now", "timezone.localdate", "django.utils.timezone.now"),
    *("time.time", "time.time_ns"),
}  # fmt: skip
CLOCK_IMPORTS = {
    "time.time",
    "time.time_ns",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
}
WRITES = {
    "acreate", "add_to", "adelete", "asave", "aupdate", "bulk_create", "bulk_update", "create",
    "delete", "execute", "executemany", "get_or_create", "save", "select_for_update",
    "set_password", "update_or_create",
}  # fmt: skip

READING = {
    "aggregate", "all", "annotate", "exclude", "exists", "execute", "filter", "first", "get",
    "in_bulk", "iterator", "last", "objects", "order_by", "prefetch_related", "raw",
    "select_related", "values", "values_list",
}  # fmt: skip


def wall_clock(package: Path) -> Iterator[str]:
    """Only lib/clock.py asks what time it is; the journal may ask the database (heartbeats)."""
    for path in sources(package):
        if path == package / "lib/clock.py":
            continue
        tree = parsed(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and dotted(node) in WALL_CLOCK:
                yield f"{place(package, path, node.lineno)} reads the wall clock: {dotted(node)}"
        for name, line in imported(tree):
            if name in CLOCK_IMPORTS and room_of(package, path) not in KNOWS_NO_PEOPLE:
                yield f"{place(package, path, line)} imports a clock: {name}"


def hidden_causes(package: Path) -> Iterator[str]:
    """No signals and no save() or delete() overrides: they hide who causes what."""
    for path in sources(package):
        tree = parsed(path)
        for name, line in imported(tree):
            if name.startswith("django.dispatch") or ".signals" in name:
                yield f"{place(package, path, line)} uses signals: {name}"
    for path in furniture(package, "models"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                for inside in node.body:
                    if isinstance(inside, Def) and inside.name in {"save", "delete"}:
                        where = place(package, path, inside.lineno)
                        yield f"{where} overrides {inside.name}() in {node.name}"


def views_that_write(package: Path) -> Iterator[str]:
    """Views ask queries and call actions; they neither write nor look up by themselves."""
    for path in furniture(package, "views"):
        for node in ast.walk(parsed(path)):
            where = place(package, path, getattr(node, "lineno", 0))
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield f"{where} looks up rows by itself: {dotted(node)}"
            if not isinstance(node, ast.Call):
                continue
            called = dotted(node.func)
            if called.split(".")[-1] in {"get_object_or_404", "get_list_or_404"}:
                yield f"{where} looks up rows by itself: {called}"
            elif isinstance(node.func, ast.Attribute) and _writes(called, node.func.attr):
                yield f"{where} writes: {called}()"


def _writes(called: str, verb: str) -> bool:
    if called.startswith(("actions.", "queries.")) or ".actions." in called:
        return False
    if verb == "update":  # of a queryset, not of a dict
        return any(part in called for part in ("objects", "filter()", "all()", "exclude()"))
    return verb in WRITES


def verbs(package: Path) -> Iterator[str]:
    """Actions take keywords only, and who acts comes first."""
    for path, function in faced(package, "actions"):
        if room_of(package, path) in KNOWS_NO_PEOPLE:
            continue
        where = f"{place(package, path, function.lineno)} {function.name}"
        given = function.args
        if given.args or given.posonlyargs or given.vararg:
            yield f"{where} takes positional arguments"
        if not given.kwonlyargs or given.kwonlyargs[0].arg != "actor":
            yield f"{where} does not name the actor first"


def registered_kinds(package: Path) -> set[str]:
    """The keys of every `Kind(key=…)` in the package."""
    return {
        keyword.value.value
        for path in sources(package)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "Kind"
        for keyword in node.keywords
        if keyword.arg == "key"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    }


def reads(package: Path) -> Iterator[str]:
    """Queries begin with who asks and say which registered kinds of data they read.

    Two sorts of functions beside them are no queries: those that take a QuerySet only order or
    narrow what somebody was let to see already, and those that ask no table at all only compute.
    """
    known = registered_kinds(package)
    for path, function in faced(package, "queries"):
        where = f"{place(package, path, function.lineno)} {function.name}"
        first = next(iter([*function.args.posonlyargs, *function.args.args]), None)
        asks = first is not None and first.arg.removeprefix("_") == "asker"
        if not asks and (_takes_rows(first) or not _asks_tables(function)):
            continue
        if not asks:
            yield f"{where} does not begin with the asker"
        if room_of(package, path) not in KNOWS_NO_PEOPLE:
            yield from _kinds_of(function, known, where)


def _takes_rows(first: ast.arg | None) -> bool:
    kind = first.annotation if first is not None else None
    return kind is not None and ast.unparse(kind).startswith("QuerySet")


def _asks_tables(function: Def) -> bool:
    """Whether anything in it looks like reading rows, itself or through another query."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in READING)
        or (isinstance(node, ast.Name) and node.id in {"SYSTEM", "asker", "connection"})
        for node in ast.walk(function)
    )


def _kinds_of(function: Def, known: set[str], where: str) -> Iterator[str]:
    said = [
        argument.value if isinstance(argument, ast.Constant) else ast.unparse(argument)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and dotted(decorator.func).split(".")[-1] == "reads"
        for argument in decorator.args
    ]
    if not said:
        yield f"{where} does not say what it reads (@reads)"
    for kind in said:
        if kind not in known:
            yield f"{where} reads {kind!r}, which nobody registered"


def outward_calls(package: Path) -> Iterator[str]:
    """Only lib and run open connections to others."""
    for path in sources(package):
        if room_of(package, path) in {"lib", "run"}:
            continue
        for name, line in imported(parsed(path)):
            if name.startswith(("urllib.request", "http.client", "ftplib", "telnetlib")):
                yield f"{place(package, path, line)} opens connections: {name}"
