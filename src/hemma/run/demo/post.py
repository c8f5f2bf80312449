"""The demo's post office: the local mail server, and plain SMTP and IMAP for its customers."""

import imaplib
import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from hemma.lib.mail.local_server import LocalMailServer

log = logging.getLogger(__name__)

# Ports that a visitor's own mail program can be pointed at; any free ones when they are taken.
SMTP_PORT, IMAP_PORT = 2525, 1143
TIMEOUT_S = 10


def open_post_office(folder: Path, password: str) -> LocalMailServer:
    """The running server. Mails are kept in `folder` from one start to the next."""
    try:
        return LocalMailServer(folder, SMTP_PORT, IMAP_PORT, password).start()
    except OSError:
        log.info("port %d or %d is taken; the mail server chooses others", SMTP_PORT, IMAP_PORT)
        return LocalMailServer(folder, 0, 0, password).start()


@dataclass(frozen=True)
class PostOffice:
    """Where the demo's customers hand in and fetch their mail."""

    host: str
    smtp_port: int
    imap_port: int
    password: str

    def send(self, mail: EmailMessage) -> None:
        """Hand in a mail by SMTP. Raises OSError or SMTPException."""
        with smtplib.SMTP(self.host, self.smtp_port, timeout=TIMEOUT_S) as connection:
            connection.send_message(mail)

    def newer(self, address: str, last_uid: int) -> Iterator[tuple[int, EmailMessage]]:
        """(uid, mail) of what has come for `address` after `last_uid`, by IMAP, in order."""
        connection = imaplib.IMAP4(self.host, self.imap_port, timeout=TIMEOUT_S)
        with connection:
            connection.login(address, self.password)
            connection.select("INBOX", readonly=True)
            _status, found = connection.uid("search", f"UID {last_uid + 1}:*")
            uids = sorted(int(uid) for part in found if part for uid in part.split())
            for uid in uids:
                if uid > last_uid:  # "n:*" always finds the last one
                    yield uid, self._fetch(connection, uid)

    @staticmethod
    def _fetch(connection: imaplib.IMAP4, uid: int) -> EmailMessage:
        _status, data = connection.uid("fetch", str(uid), "(BODY.PEEK[])")
        raw = next((part[1] for part in data if isinstance(part, tuple)), b"")
        mail = message_from_bytes(bytes(raw), policy=default)
        return mail if isinstance(mail, EmailMessage) else EmailMessage()
