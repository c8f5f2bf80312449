"""Every address of the product, and a guard that lets pages read but not write."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.urls import URLPattern, URLResolver, reverse

# The access log is written by looking, and so is when a session was last used.
MAY_BE_WRITTEN = re.compile(r'"?(?:people_look|people_session)"?\b')
WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY|ALTER|CREATE|DROP)\s+"
    r"(?P<what>\S+)|(?P<sent>pg_notify\()|(?P<locked>\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """A named address and its parameters."""

    name: str
    parameters: tuple[str, ...]

    def url(self, arguments: Mapping[str, object]) -> str:
        """The address with its parameters filled in. Raises KeyError for one that is unknown."""
        return reverse(self.name, kwargs={name: arguments[name] for name in self.parameters})


def every_address(
    patterns: Iterable[URLPattern | URLResolver],
    space: tuple[str, ...] = (),
    taken: tuple[str, ...] = (),
) -> Iterator[Address]:
    """All addresses below `patterns`. An address without a name is called `unnamed <route>`."""
    for pattern in patterns:
        parameters = taken + tuple(pattern.pattern.converters or _groups(pattern))
        if isinstance(pattern, URLResolver):
            inside = (*space, pattern.namespace) if pattern.namespace else space
            yield from every_address(pattern.url_patterns, inside, parameters)
        else:
            name = pattern.name or f"unnamed {pattern.pattern}"
            yield Address(":".join((*space, name)), parameters)


def _groups(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    expression = getattr(pattern.pattern, "regex", None)
    return tuple(expression.groupindex) if expression is not None else ()


@dataclass
class Guard:
    """Refuses whatever a page writes, and remembers it: a page may catch the refusal."""

    found: list[str] = field(default_factory=list)

    def watching(self) -> AbstractContextManager[None]:
        """Look at every statement until the context ends."""
        return connection.execute_wrapper(self._look)

    def _look(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        match = WRITES.search(str(sql))
        if match and match["sent"] and '"topic": "looks"' in str(params):
            match = None  # whoever is looked at is told so at once
        if match and not MAY_BE_WRITTEN.match(match["what"] or ""):
            self.found.append(str(sql)[:200])
            raise AssertionError(f"a GET must not write: {str(sql)[:200]}")
        return execute(sql, params, many, context)
