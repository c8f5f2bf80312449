"""Trying a mailbox's connections: what works, and what the servers say when it does not."""

from dataclasses import dataclass

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


def try_mailbox(*, actor: Asker, mailbox: Mailbox) -> Tried:
    """Sign in by IMAP and by SMTP and leave again; no mail is read and none is sent."""
    del actor
    return Tried(_imap(mailbox), _smtp(mailbox))


def _imap(mailbox: Mailbox) -> str:
    try:
        with imap.Connection(signing_in.imap_server(mailbox)) as connection:
            connection.examine()
    except TROUBLE as failure:
        return _words(failure)
    return ""


def _smtp(mailbox: Mailbox) -> str:
    try:
        smtp.knock(signing_in.smtp_server(mailbox))
    except TROUBLE as failure:
        return _words(failure)
    return ""


def _words(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:300]
