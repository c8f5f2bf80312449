"""Django's sessions in the database, in a table that knows whose they are.

So people can see where they are signed in, and end it; a leaver's sessions end in one statement.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from hemma.lib import clock
from hemma.people.models import Session

# A page writes when it was opened at most this often.
SEEN_EVERY = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """Keeps person, number and beginning of a session through all its writes."""

    _row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        self._row = super()._get_session_from_db()  # type: ignore[misc]  # the stubs lack it
        return self._row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.number, row.since = self._begun(row.person_id)
        row.last_seen = clock.now()
        same = self._row is not None and self._row.number == row.number
        row.device = self._row.device if self._row is not None and same else ""
        self._row = row
        return row

    def _begun(self, person_id: int | None) -> tuple[UUID, datetime]:
        """A session begins when somebody signs in; a new key for the same person changes nothing."""
        if self._row is not None and self._row.person_id == person_id:
            return self._row.number, self._row.since
        return uuid4(), clock.now()

    def number(self) -> UUID | None:
        """The session's public name, once it is in the database."""
        return self._row.number if self._row is not None else None

    def seen(self, device: str) -> None:
        """Remember that the session was used now, and by what sort of browser."""
        now = clock.now()
        row = self._row
        if row is not None and (now - row.last_seen > SEEN_EVERY or row.device != device):
            Session.objects.filter(session_key=self.session_key).update(
                last_seen=now, device=device
            )
            row.last_seen, row.device = now, device
