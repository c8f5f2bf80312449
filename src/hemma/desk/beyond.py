"""What rooms above keep about a letter that is the customer's too.

The desk tells a customer everything and erases everything, and knows no room above it. Those fill
in here, when they start, what they add to a letter, and how it goes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

type Told = Mapping[int, Mapping[str, Any]]
"""Id of a message → what is kept beside it, by name, fit for JSON."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """One room's share. `tell`: what it keeps beside these messages; `empty`: forget their words."""

    room: str
    tell: Callable[[Sequence[int]], Told]
    empty: Callable[[Sequence[int]], None]


_shares: dict[str, Beyond] = {}


def register(share: Beyond) -> Beyond:
    """Add a room's share; called again it replaces its own."""
    _shares[share.room] = share
    return share


def told(message_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What every room keeps beside these messages."""
    ids = list(message_ids)
    found: dict[int, dict[str, Any]] = {}
    for share in _shares.values():
        for message, facts in share.tell(ids).items():
            found.setdefault(message, {}).update(facts)
    return found


def empty(message_ids: Iterable[int]) -> None:
    """Have every room forget what it keeps beside these messages."""
    ids = list(message_ids)
    for share in _shares.values():
        share.empty(ids)
