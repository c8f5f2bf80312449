"""Hand a built mail to an SMTP server and tell what became of it, recipient by recipient."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from hemma.lib.mail.dkim_signing import DkimKey, sign

REPLY = tuple[int, bytes]


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Outcome(StrEnum):
    """What is known of one recipient after an attempt.

    UNKNOWN means the connection broke after the message was handed over: it may have arrived, so
    trying again may send it twice.
    """

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in. `timeout_s` is per network operation."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 30.0
    # An access token signs in by XOAUTH2 instead of the password.
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient's outcome with the server's own words."""

    outcome: Outcome
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome for every recipient, by address."""

    deliveries: Mapping[str, Delivery]

    def having(self, outcome: Outcome) -> tuple[str, ...]:
        """The recipients with this outcome."""
        return tuple(a for a, delivery in self.deliveries.items() if delivery.outcome is outcome)

    @property
    def all_sent(self) -> bool:
        """Whether the server took the mail for everyone."""
        return all(d.outcome is Outcome.SENT for d in self.deliveries.values())


def send(
    message: EmailMessage,
    server: SmtpServer,
    *,
    envelope_from: str,
    recipients: tuple[str, ...],
    dkim: DkimKey | None = None,
) -> SendResult:
    """Send to `recipients`. Network and SMTP failures are results, not exceptions.

    Raises ValueError when `dkim` holds no usable key.
    """
    data = message.as_bytes(policy=SMTP)
    if dkim is not None:
        data = sign(data, dkim)
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as failure:
        return _same_for_all(recipients, _from_failure(failure))
    try:
        return _transaction(connection, data, envelope_from, recipients)
    finally:
        _part_ways(connection)


def _connect(server: SmtpServer) -> smtplib.SMTP:
    connection: smtplib.SMTP
    if server.security is Security.TLS:
        connection = smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=server.timeout_s,
            context=ssl.create_default_context(),
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
    try:
        connection.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        if server.token:
            _xoauth2(connection, server)
        elif server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _xoauth2(connection: smtplib.SMTP, server: SmtpServer) -> None:
    said = f"user={server.user}\x01auth=Bearer {server.token}\x01\x01"
    # After a refusal the server tells why in a challenge, which is answered by an empty line.
    answers = iter([said])
    connection.auth("XOAUTH2", lambda _challenge=None: next(answers, ""))


def _transaction(
    connection: smtplib.SMTP, data: bytes, envelope_from: str, recipients: tuple[str, ...]
) -> SendResult:
    refused: dict[str, Delivery] = {}
    try:
        # `sendmail` raises away what the server said to each recipient, so this speaks for itself.
        reply = connection.mail(envelope_from)
        if reply[0] != 250:
            return _same_for_all(recipients, _from_reply(reply))
        for recipient in recipients:
            reply = connection.rcpt(recipient)
            if reply[0] not in {250, 251}:
                refused[recipient] = _from_reply(reply)
        accepted = tuple(r for r in recipients if r not in refused)
        if not accepted:
            return SendResult(refused)
    except (OSError, smtplib.SMTPException, UnicodeError) as failure:
        return _same_for_all(recipients, _from_failure(failure))
    return SendResult({**refused, **_hand_over(connection, data, accepted).deliveries})


def _hand_over(connection: smtplib.SMTP, data: bytes, accepted: tuple[str, ...]) -> SendResult:
    try:
        reply = connection.data(data)
    except smtplib.SMTPDataError as refusal:  # the server said no before any data went over
        return _same_for_all(accepted, _from_failure(refusal))
    except (OSError, smtplib.SMTPException) as failure:
        return _same_for_all(accepted, Delivery(Outcome.UNKNOWN, 0, _words(failure)))
    return _same_for_all(accepted, _from_reply(reply))


def _same_for_all(recipients: tuple[str, ...], delivery: Delivery) -> SendResult:
    return SendResult(dict.fromkeys(recipients, delivery))


def _from_reply(reply: REPLY) -> Delivery:
    code, words = reply
    reason = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    if 200 <= code < 300:
        return Delivery(Outcome.SENT, code, reason)
    permanent = 500 <= code < 600
    return Delivery(Outcome.PERMANENT if permanent else Outcome.TEMPORARY, code, reason)


def _from_failure(failure: Exception) -> Delivery:
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        # A wrong password is mended by IT, not by writing the answer again.
        return Delivery(Outcome.TEMPORARY, failure.smtp_code, _words(failure))
    if isinstance(failure, smtplib.SMTPResponseException) and failure.smtp_code > 0:
        reason = failure.smtp_error
        return _from_reply(
            (failure.smtp_code, reason if isinstance(reason, bytes) else reason.encode())
        )
    # The server can't take this address, today or tomorrow. Another thing it lacks (sign-in,
    # STARTTLS) is a wrong setting of the mailbox, which somebody will mend.
    if isinstance(failure, UnicodeError) or "SMTPUTF8" in str(failure):
        return Delivery(Outcome.PERMANENT, 0, _words(failure))
    return Delivery(Outcome.TEMPORARY, 0, _words(failure))


def _words(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:500]


def _part_ways(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def knock(server: SmtpServer) -> None:
    """Connect, sign in and leave. Raises OSError, SMTPException with the server's words."""
    _part_ways(_connect(server))
