"""Customers: they write by SMTP, read what they are answered by IMAP, and sometimes write again."""

import heapq
import imaplib
import itertools
import logging
import random
import smtplib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from hemma.desk.demo_letter import Letter
from hemma.desk.demo_letters import (
    CUSTOMERS,
    KIM,
    LETTERS,
    Customer,
    filled,
    fitting,
)
from hemma.lib import clock
from hemma.run.demo.post import PostOffice

log = logging.getLogger(__name__)

DOMAIN = "post.example"
FAILURES = (OSError, smtplib.SMTPException, imaplib.IMAP4.error)
# A calm office: at most about one letter a minute for a dozen colleagues who answer.
LETTER_EVERY_S = 75.0
COLLEAGUES_PER_LETTER = 12
LOOK_EVERY_S = 7.0
WRITES_AGAIN = 0.6


def address_of(customer: Customer) -> str:
    """The customer's own mailbox on the demo's mail server."""
    return f"{customer.box}@{DOMAIN}"


@dataclass(frozen=True)
class Office:
    """A company that customers write to: its trade and its address."""

    trade: str
    address: str


@dataclass
class _Thread:
    """One matter of one customer: what was written, and whether an answer has been replied to."""

    customer: Customer
    letter: Letter
    answered: bool = False


@dataclass
class Customers:
    """All customers of the demo, in one thread. The same `seed` writes the same letters."""

    post: PostOffice
    offices: Sequence[Office]
    acting: int
    seed: int
    stop: threading.Event
    _due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _threads: dict[str, _Thread] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)  # noqa: S311 - letters, not secrets
        self._turn = itertools.count()

    def run(self) -> None:
        """Write and read until `stop`. Nothing that goes wrong on the way ends it."""
        self._remember_old_mail()
        self._at(0, self._write_first)
        self._at(LOOK_EVERY_S, self._look)
        while not self.stop.is_set():
            while self._due and self._due[0][0] <= time.monotonic():
                _when, _turn, act = heapq.heappop(self._due)
                try:
                    act()
                except FAILURES as failure:
                    log.warning("a customer could not reach the mail server: %s", failure)
            self.stop.wait(0.5)

    def _at(self, in_s: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + in_s, next(self._turn), act))

    def _remember_old_mail(self) -> None:
        for customer in CUSTOMERS:
            address = address_of(customer)
            try:
                uids = [uid for uid, _mail in self.post.newer(address, 0)]
            except FAILURES:
                uids = []
            self._read[address] = max(uids, default=0)

    def _write_first(self) -> None:
        """A handful at once, so that the first page is alive; Kim's is always the first."""
        self._at(LETTER_EVERY_S / 3, self._write_next)
        self._write(self.offices[0], KIM, LETTERS[0])
        for turn in range(min(3 + self.acting // 2, 14)):
            # The story's own team first, since that is where the visitor looks.
            office = self.offices[0] if turn % 2 == 0 else self._rng.choice(list(self.offices))
            self._at(turn * 1.5, lambda office=office: self._write_to(office))  # type: ignore[misc]

    def _write_next(self) -> None:
        share = max(1.0, self.acting / COLLEAGUES_PER_LETTER)
        self._at(max(20.0, self._rng.expovariate(1 / LETTER_EVERY_S)) / share, self._write_next)
        # Customers of a calm office do not go on writing into a growing pile.
        if sum(not one.answered for one in self._threads.values()) < 4 + 1.5 * self.acting:
            self._write_to(self._rng.choice(list(self.offices)))

    def _write_to(self, office: Office) -> None:
        customer, letter = fitting(office.trade, self._rng)
        self._write(office, customer, letter)

    def _write(self, office: Office, customer: Customer, letter: Letter) -> None:
        mail = _mail(customer, office.address, letter.subject)
        mail.set_content(filled(letter.text, customer, self._rng))
        self.post.send(mail)
        self._threads[str(mail["Message-ID"])] = _Thread(customer, letter)

    def _look(self) -> None:
        """Everybody who waits for an answer looks into their mailbox."""
        self._at(LOOK_EVERY_S, self._look)
        for customer in {one.customer for one in self._threads.values()}:
            address = address_of(customer)
            for uid, mail in self.post.newer(address, self._read.get(address, 0)):
                self._read[address] = uid
                self._consider(mail)

    def _consider(self, mail: EmailMessage) -> None:
        if mail.get("Auto-Submitted", "no").lower() != "no":
            return
        chain = f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}".split()
        thread = next((self._threads[one] for one in chain if one in self._threads), None)
        if thread is None or thread.answered:
            return
        thread.answered = True
        if thread.letter.follow_up and self._rng.random() < WRITES_AGAIN:
            self._at(self._rng.uniform(20, 80), lambda: self._reply(thread, mail))

    def _reply(self, thread: _Thread, to: EmailMessage) -> None:
        address = parseaddr(str(to.get("Reply-To") or to.get("From", "")))[1]
        subject = str(to.get("Subject", thread.letter.subject))
        mail = _mail(thread.customer, address, subject)
        if to.get("Message-ID"):
            mail["In-Reply-To"] = to["Message-ID"]
            mail["References"] = f"{to.get('References', '')} {to['Message-ID']}".strip()
        words = filled(thread.letter.follow_up, thread.customer, self._rng)
        body = to.get_body(("plain",))
        quoted = "\n".join(
            f"> {line}" for line in (body.get_content() if body else "").splitlines()
        )
        mail.set_content(f"{words}\n\n{thread.customer.first_name}\n\n{quoted}\n")
        self.post.send(mail)


def _mail(customer: Customer, to: str, subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"{customer.name} <{address_of(customer)}>"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=DOMAIN)
    return mail
