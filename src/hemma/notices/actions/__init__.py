"""Telling people, within the border of their working hours."""

from hemma.notices.actions.choosing import choose, set_habit
from hemma.notices.actions.devices import (
    add_device,
    ensure_key,
    forget_devices_of,
    remove_device,
    try_devices,
)
from hemma.notices.actions.holding import SORT_OF, forget, let_through, take_in
from hemma.notices.actions.mailing import mail_due, send_digest
from hemma.notices.actions.pushing import push_due
from hemma.notices.actions.reminding import remind
from hemma.notices.actions.writing import read_all, write_word

__all__ = [
    "SORT_OF",
    "add_device",
    "choose",
    "ensure_key",
    "forget",
    "forget_devices_of",
    "let_through",
    "mail_due",
    "push_due",
    "read_all",
    "remind",
    "remove_device",
    "send_digest",
    "set_habit",
    "take_in",
    "try_devices",
    "write_word",
]
