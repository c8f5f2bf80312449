"""Who reads the outbox: rooms say which kinds they want to hear of, and each message is told once.

One message may concern several rooms: someone leaves, and the desk, the schedule and the modes
all have something to do. They do it in one transaction with the note that it was done, so a crash
in between loses and doubles nothing. A room that fails is asked again later; the others' messages
do not wait for it.
"""

from collections.abc import Callable

import structlog
from django.db import transaction

from hemma.journal.actions import mark_handled, take_from_outbox
from hemma.journal.models import OutboxMessage

log = structlog.get_logger(__name__)

type Reader = Callable[[OutboxMessage], object]

_readers: dict[str, dict[str, Reader]] = {}


def read_by(room: str, kind: str, reader: Reader) -> None:
    """Have `reader(message)` called inside the message's transaction for every message of `kind`.

    It may be called again for a message that another room failed on, so it must not mind.
    """
    _readers.setdefault(kind, {})[room] = reader


def readers() -> dict[str, list[str]]:
    """Kind → the rooms that hear of it, in the order of their names."""
    return {kind: sorted(rooms) for kind, rooms in _readers.items()}


def tell_rooms() -> int:
    """Tell the rooms every message that waits for them, oldest first; how many were dealt with."""
    told, after = 0, 0
    while True:
        try:
            with transaction.atomic():
                messages = take_from_outbox(kinds=_readers, limit=1, after=after)
                if not messages:
                    return told
                [message] = messages
                after = message.pk
                for room in sorted(_readers[message.kind]):
                    _readers[message.kind][room](message)
                mark_handled(message=message, outcome=f"told {len(_readers[message.kind])} rooms")
                told += 1
        except Exception:
            # Whatever it was, the next message is somebody else's and must not wait.
            log.exception("outbox.reader_failed", message=after)
