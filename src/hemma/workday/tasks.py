"""What the worker does for this room: nobody's modes are kept longer than promised."""

import threading
from datetime import timedelta

from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.lib import loops, wakes
from hemma.people.queries import person_about
from hemma.people.system import SYSTEM
from hemma.workday import actions

FORGET_EVERY = timedelta(hours=1)  # by Hemma's clock, which may be moved


def forget_modes(stop: threading.Event) -> None:
    """Until `stop`: once an hour, forget the modes of more than seven days ago."""
    forget = wakes.seldom(FORGET_EVERY, lambda: actions.forget_old_modes(actor=SYSTEM))
    for _turn in wakes.turns("modes", stop, every_s=30):
        forget()


def end_modes(message: OutboxMessage) -> None:
    """Somebody has left: they are in no mode any more."""
    person = person_about(SYSTEM, message.about)
    if person is not None:
        actions.end_modes(actor=SYSTEM, person=person)
        actions.forget_chat(actor=SYSTEM, person=person)


relay.read_by("workday", "people.left", end_modes)


def notice_lost(stop: threading.Event) -> None:
    """Until `stop`: see whose line has gone down, often enough that no offer waits for them."""
    for _turn in wakes.turns("presence", stop, every_s=10):
        actions.notice_lost(actor=SYSTEM)


def keep_breaks(stop: threading.Event) -> None:
    """Until `stop`: see which breaks were missed, and place them again."""
    for _turn in wakes.turns("breaks", stop, every_s=15):
        actions.keep_breaks(actor=SYSTEM)


def keep_hours(stop: threading.Event) -> None:
    """Until `stop`: warn of hours that go on, end days nobody said goodbye to, forget in time."""
    forget = wakes.seldom(FORGET_EVERY, lambda: actions.forget_old(actor=SYSTEM))
    for _turn in wakes.turns("hours", stop, every_s=60):
        actions.watch_hours(actor=SYSTEM)
        actions.close_forgotten(actor=SYSTEM)
        actions.end_what_is_over(actor=SYSTEM)
        actions.keep_wide(actor=SYSTEM)
        actions.keep_focus(actor=SYSTEM)
        forget()


def tell_chats(stop: threading.Event) -> None:
    """Until `stop`: tell people's chats that they have gone home, as soon as they have."""
    for _turn in wakes.turns("chat", stop, every_s=15):
        actions.tell_chats(actor=SYSTEM)


loops.register("chat", tell_chats)
loops.register("breaks", keep_breaks)
loops.register("hours", keep_hours)
loops.register("modes", forget_modes)
loops.register("presence", notice_lost)
