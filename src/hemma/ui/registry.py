"""The small ordered list behind the frame's registries."""

from collections.abc import Iterator
from typing import Protocol


class Ordered(Protocol):
    """Something with a place in an order and a name that is unique in its list."""

    @property
    def order(self) -> int: ...

    @property
    def key(self) -> str: ...


class Registry[Entry: Ordered]:
    """Filled at start, read by every request. A second entry with the same key is an error."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Keep `entry`. Raises ValueError when its key is taken."""
        if entry.key in self._entries:
            raise ValueError(f"{entry.key} is registered already")
        self._entries[entry.key] = entry

    def remove(self, key: str) -> None:
        """Take out the entry `key`; for tests that add their own."""
        self._entries.pop(key, None)

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key)))
