"""Signed addresses and Message-IDs, by which an answer finds its case even without a subject.

The signature is the first 80 bits of an HMAC-SHA256 over the case number, the purpose and the
mailbox, in lower-case base32: mail programs change the case of addresses, so nothing depends on it.
"""

import base64
import hmac
import re
import secrets

SIGNATURE_BYTES = 10
LONGEST_LOCAL_PART = 64  # RFC 5321, section 4.5.3.1.1
MOST_DIGITS = 12
REPLY_ADDRESS = re.compile(r"(.+)\+h(\d{1,12})\.([a-z2-7]{16})@([^@\s]+)")
MESSAGE_ID = re.compile(r"<?h(\d{1,12})\.([a-z2-7]{26})\.([a-z2-7]{16})@[^@\s>]+>?")
SUBJECT_TAG = re.compile(r"\[H-(\d{1,12})\]", re.IGNORECASE)


def reply_address(mailbox_address: str, case_number: int, key: bytes) -> str:
    """'support@example.org' for case 2417 → 'support+h2417.SIGNATURE@example.org'.

    Raises ValueError when the mailbox is no address or its local part leaves no room.
    """
    local, at, domain = mailbox_address.strip().rpartition("@")
    if not (local and at and domain) or not 0 < case_number < 10**MOST_DIGITS:
        raise ValueError(f"no reply address for case {case_number} at {mailbox_address!r}")
    signature = _sign(key, "reply", str(case_number), f"{local}@{domain}".lower())
    signed = f"{local}+h{case_number}.{signature}"
    if len(signed) > LONGEST_LOCAL_PART:
        raise ValueError(f"the local part of {mailbox_address!r} is too long for a reply address")
    return f"{signed}@{domain}"


def read_reply_address(address: str, key: bytes) -> int | None:
    """The case number of a reply address that we made, else None."""
    match = REPLY_ADDRESS.fullmatch(address.strip().lower()) if address.isascii() else None
    if not match:
        return None
    local, number, signature, domain = match.groups()
    genuine = hmac.compare_digest(signature, _sign(key, "reply", number, f"{local}@{domain}"))
    return int(number) if genuine else None


def looks_signed(address: str) -> bool:
    """Whether it has the form of a reply address, genuine or not."""
    return bool(address.isascii() and REPLY_ADDRESS.fullmatch(address.strip().lower()))


def message_id(case_number: int, domain: str, key: bytes) -> str:
    """A new Message-ID (without brackets) that tells its case, and that only we can have made."""
    unique = _base32(secrets.token_bytes(16))
    signature = _sign(key, "message", str(case_number), unique)
    return f"h{case_number}.{unique}.{signature}@{domain}"


def read_message_id(value: str, key: bytes) -> int | None:
    """The case number of a Message-ID that we made, else None."""
    match = MESSAGE_ID.fullmatch(value.strip().lower()) if value.isascii() else None
    if not match:
        return None
    number, unique, signature = match.groups()
    genuine = hmac.compare_digest(signature, _sign(key, "message", number, unique))
    return int(number) if genuine else None


def subject_tag(case_number: int) -> str:
    """'[H-2417]', for the subject of an answer."""
    return f"[H-{case_number}]"


def read_subject_tag(subject: str) -> int | None:
    """The case number in a subject. Anyone can write it: check the sender before trusting it."""
    match = SUBJECT_TAG.search(subject)
    return int(match[1]) if match else None


def _sign(key: bytes, *parts: str) -> str:
    digest = hmac.digest(key, "\x00".join(parts).encode(), "sha256")
    return _base32(digest[:SIGNATURE_BYTES])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
