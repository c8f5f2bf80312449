"""The pages of notices."""

from hemma.notices.views.reading import after_hours, line, mine, read, write
from hemma.notices.views.settings import (
    add_device,
    choose,
    remove_device,
    set_habit,
    settings,
    try_devices,
)

__all__ = [
    "add_device",
    "after_hours",
    "choose",
    "line",
    "mine",
    "read",
    "remove_device",
    "set_habit",
    "settings",
    "try_devices",
    "write",
]
