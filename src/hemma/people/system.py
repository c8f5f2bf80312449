"""The system itself as the one who asks: the router, the mail poller, the retention jobs.

It stands in the registry like any viewer, so that people can read what it uses about them.
"""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """Asks and acts on its own; its events have no actor."""

    journal_key: uuid.UUID | None = None
    name: str = "Hemma"


SYSTEM = System()
