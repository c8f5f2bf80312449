"""Trying a mailbox's connections: what works, and what the servers say when it does not.

The whole way can be tried as well: a letter from the mailbox to itself, until it is seen there.
"""

import threading
import time
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hemma.desk.actions import signing_in
from hemma.desk.keys import mail_key
from hemma.desk.models import Mailbox
from hemma.lib import clock, sealing
from hemma.lib.mail import addresses, imap, oauth, outgoing, smtp
from hemma.lib.mail.parse import parse
from hemma.people.visibility import Asker

# No case has this number: a letter that carries it is one of ours that only tries the way.
NO_CASE = 0
BETWEEN_LOOKS_S = 1.0


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome: '' where a connection was made, else the server's or the system's words.

    `way`: what became of the letter to oneself, '' when it arrived or none was written;
    `arrived_s`: seconds until it was seen, None while none was.
    """

    imap: str
    smtp: str
    way: str = ""
    arrived_s: float | None = None

    @property
    def works(self) -> bool:
        """Whether everything that was tried went well."""
        return not (self.imap or self.smtp or self.way)


TROUBLE = (*imap.FAILURES, ValueError, sealing.Unreadable, oauth.Refused)


def try_mailbox(*, actor: Asker, mailbox: Mailbox, timeout_s: float = 15.0) -> Tried:
    """Sign in by IMAP and by SMTP and leave again; no mail is read and none is sent.

    `mailbox` need not be stored yet; `timeout_s` is per network operation.
    """
    del actor
    return Tried(_imap(mailbox, timeout_s), _smtp(mailbox, timeout_s))


def try_whole_way(
    *, actor: Asker, mailbox: Mailbox, timeout_s: float = 15.0, arrives_within_s: float = 20.0
) -> Tried:
    """`try_mailbox`, and when both work a letter from the mailbox to itself, looked for until it is there.

    Of the mailbox only what arrives meanwhile is looked at. The letter never becomes a case.
    """
    tried = try_mailbox(actor=actor, mailbox=mailbox, timeout_s=timeout_s)
    if not tried.works:
        return tried
    try:
        server = replace(signing_in.imap_server(mailbox), timeout_s=timeout_s)
        with imap.Connection(server) as connection:
            connection.examine()
            before = connection.last_uid
            began = time.monotonic()
            sent = _write_to_oneself(mailbox, timeout_s)
            _wait_for(connection, before, sent, began + arrives_within_s)
            return replace(tried, arrived_s=time.monotonic() - began)
    except TROUBLE as failure:
        return replace(tried, way=_words(failure))


def _write_to_oneself(mailbox: Mailbox, timeout_s: float) -> str:
    """Send the letter; its Message-ID. Raises OSError with the server's words when it is refused."""
    domain = mailbox.address.rpartition("@")[2]
    message_id = addresses.message_id(NO_CASE, domain, mail_key())
    words = _("Hemma wrote this to see that mail leaves and arrives. It can be deleted.")
    letter = outgoing.build(
        outgoing.Answer(
            from_name="Hemma",
            from_address=mailbox.address,
            to=(("", mailbox.address),),
            subject=_("A letter to ourselves"),
            # Some servers give a letter another Message-ID: it stands inside as well.
            text="\n\n".join([words, _mark(message_id)]),
            message_id=message_id,
            date=clock.now(),
            is_automatic=True,
        )
    )
    told = smtp.send(
        letter,
        replace(signing_in.smtp_server(mailbox), timeout_s=timeout_s),
        envelope_from=mailbox.address,
        recipients=(mailbox.address,),
    )
    if not told.all_sent:
        delivery = told.deliveries[mailbox.address]
        raise ConnectionError(f"{delivery.code} {delivery.reason}")
    return message_id


def _mark(message_id: str) -> str:
    return message_id.partition("@")[0]


def _wait_for(connection: imap.Connection, after: int, message_id: str, until: float) -> None:
    mark, never = _mark(message_id), threading.Event()
    while True:
        for uid, raw in connection.newer(after):
            after = uid
            if mark.encode() in raw or mark in parse(raw).text:
                return
        left_s = until - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the letter was taken by the server but has not arrived")
        connection.wait(min(left_s, BETWEEN_LOOKS_S), never, poll_s=BETWEEN_LOOKS_S)
        connection.examine()


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
