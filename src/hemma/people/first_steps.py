"""The steps by which an empty installation becomes a customer service; each room adds its own.

`people.slots` and the rooms above register them at start; the guide shows them in order. A step is
an ordinary page: the guide stands beside it as a slot (`set_up.steps`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from hemma.people.models import Person
from hemma.ui.registry import Registry


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `there` says in a few words what is there already, '' while there is nothing."""

    key: str
    label: str | Promise
    url_name: str
    order: int
    there: Callable[[Person], str]


steps: Registry[Step] = Registry()


def register(
    key: str,
    label: str | Promise,
    url_name: str,
    order: int,
    there: Callable[[Person], str],
) -> None:
    """Add a step; lowest `order` first."""
    steps.add(Step(key, label, url_name, order, there))
