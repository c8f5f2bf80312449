"""Kim, seen from outside: nothing but smtplib and imaplib, as any customer's mail program."""

import imaplib
import itertools
import smtplib
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import localtime, make_msgid, parseaddr

from hemma.lib.tests.dovecot import Dovecot

PATIENCE_S = 15
_numbers = itertools.count(1)


class Customer:
    """One customer with a mailbox on the mail server."""

    def __init__(self, mail: Dovecot, name: str = "Kim Holm") -> None:
        self.mail, self.name = mail, name
        self.address = f"{name.split()[0].lower()}{next(_numbers)}@post.example"

    def writes(self, to: str, subject: str, text: str) -> EmailMessage:
        """Send a letter by SMTP."""
        letter = self._letter(to, subject, text)
        self._send(letter)
        return letter

    def replies(self, to: EmailMessage, text: str) -> EmailMessage:
        """Answer a letter as mail programs do: to its Reply-To, with its chain of references."""
        address = parseaddr(str(to["Reply-To"] or to["From"]))[1]
        letter = self._letter(address, f"Sv: {to['Subject']}", text)
        letter["In-Reply-To"] = to["Message-ID"]
        letter["References"] = f"{to['References'] or ''} {to['Message-ID']}".strip()
        self._send(letter)
        return letter

    def fetches(self, words: str) -> EmailMessage:
        """The first mail in the mailbox whose text holds `words`, by IMAP; waits for it."""
        end = time.monotonic() + PATIENCE_S
        while True:
            found = [one for one in self._inbox() if words in _text(one)]
            if found:
                return found[0]
            if time.monotonic() > end:
                heard = [f"{one['Subject']}: {_text(one)[:200]}" for one in self._inbox()]
                raise AssertionError(f"{self.name} got no mail with {words!r}; got {heard}")
            time.sleep(0.2)

    def _letter(self, to: str, subject: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = f"{self.name} <{self.address}>"
        letter["To"] = to
        letter["Subject"] = subject
        letter["Date"] = localtime()
        letter["Message-ID"] = make_msgid(domain="post.example")
        letter.set_content(text)
        return letter

    def _send(self, letter: EmailMessage) -> None:
        with smtplib.SMTP(self.mail.smtp_host, self.mail.smtp_port, timeout=10) as connection:
            connection.send_message(letter)

    def _inbox(self) -> list[EmailMessage]:
        with imaplib.IMAP4(self.mail.imap_host, self.mail.imap_port, timeout=10) as connection:
            connection.login(self.address, self.mail.password)
            connection.select("INBOX")
            _status, found = connection.uid("search", "ALL")
            letters = []
            for uid in found[0].split():
                _status, data = connection.uid("fetch", uid.decode(), "(BODY.PEEK[])")
                letters.append(message_from_bytes(data[0][1], policy=default))
            return letters


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain", "html"))
    return body.get_content() if body else ""
