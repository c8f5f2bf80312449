"""Trying a mailbox's connections: what works, and what the servers say when it does not."""

from dataclasses import dataclass, replace

from hemma.desk.actions import signing_in
from hemma.desk.models import Mailbox
from hemma.lib import sealing
from hemma.lib.mail import imap, oauth, smtp
from hemma.people.visibility import Asker


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome: '' where a connection was made, else the server's or the system's words."""

    imap: str
    smtp: str

    @property
    def works(self) -> bool:
        """Whether both connections were made."""
        return not self.imap and not self.smtp


TROUBLE = (*imap.FAILURES, ValueError, sealing.Unreadable, oauth.Refused)


def try_mailbox(*, actor: Asker, mailbox: Mailbox, timeout_s: float = 15.0) -> Tried:
    """Sign in by IMAP and by SMTP and leave again; no mail is read and none is sent.

    `mailbox` need not be stored yet; `timeout_s` is per network operation.
    """
    del actor
    return Tried(_imap(mailbox, timeout_s), _smtp(mailbox, timeout_s))


def _imap(mailbox: Mailbox, timeout_s: float) -> str:
    try:
        server = replace(signing_in.imap_server(mailbox), timeout_s=timeout_s)
        with imap.Connection(server) as connection:
            connection.examine()
    except TROUBLE as failure:
        return _words(failure)
    return ""


def _smtp(mailbox: Mailbox, timeout_s: float) -> str:
    try:
        smtp.knock(replace(signing_in.smtp_server(mailbox), timeout_s=timeout_s))
    except TROUBLE as failure:
        return _words(failure)
    return ""


def _words(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:300]
