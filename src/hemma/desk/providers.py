"""Where mail is fetched and handed in, guessed from an address: what people rarely know by heart.

Names as the providers publish them for mail programs.
"""

from dataclasses import dataclass

from hemma.desk.models import Security


@dataclass(frozen=True, slots=True)
class Servers:
    """A pair of servers with their usual ports."""

    imap_host: str
    smtp_host: str
    imap_port: int = 993
    smtp_port: int = 587


_GOOGLE = Servers("imap.gmail.com", "smtp.gmail.com")
_MICROSOFT = Servers("outlook.office365.com", "smtp.office365.com")
_YAHOO = Servers("imap.mail.yahoo.com", "smtp.mail.yahoo.com", smtp_port=465)
_APPLE = Servers("imap.mail.me.com", "smtp.mail.me.com")
KNOWN = {
    "gmail.com": _GOOGLE,
    "googlemail.com": _GOOGLE,
    "outlook.com": _MICROSOFT,
    "hotmail.com": _MICROSOFT,
    "live.com": _MICROSOFT,
    "yahoo.com": _YAHOO,
    "icloud.com": _APPLE,
    "me.com": _APPLE,
    "fastmail.com": Servers("imap.fastmail.com", "smtp.fastmail.com", smtp_port=465),
}


def guess(address: str) -> Servers:
    """The servers of a mailbox, by its address; for a domain of one's own the usual names."""
    domain = address.rpartition("@")[2].lower()
    return KNOWN.get(domain) or Servers(f"imap.{domain}", f"smtp.{domain}")


def imap_security(port: int, host: str) -> Security:
    """How IMAP on this port is protected; in clear on this machine alone."""
    if port == 993:
        return Security.TLS
    return Security.NONE if _is_here(host) else Security.STARTTLS


def smtp_security(port: int, host: str) -> Security:
    """How SMTP on this port is protected; in clear on this machine alone."""
    if port == 465:
        return Security.TLS
    return Security.NONE if _is_here(host) else Security.STARTTLS


def _is_here(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}
