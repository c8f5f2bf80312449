"""Header values of real mail: encoded words, raw eight-bit bytes, broken addresses and dates.

The standard library's header parser raises on some real mails, so each value is read here by
itself and no value can spoil another.
"""

import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from hemma.lib.mail import charsets
from hemma.lib.mail.incoming import Address

ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
SPACE = re.compile(r"\s+")
MESSAGE_ID = re.compile(r"<\s*([^<>\s]{1,900})\s*>")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,250}@[^\s<>()\[\],;:\"@]{1,250}")
PLACEHOLDER = re.compile(r"=W(\d{1,6})=")

Headers = dict[str, list[str]]


def read(message: Message) -> Headers:
    """All headers by lower-case name, as text, unfolded, still with encoded words."""
    found: Headers = {}
    for name, value in message.raw_items():
        raw = str(value).encode("utf-8", "surrogateescape")
        text = charsets.guess(raw)
        found.setdefault(name.lower(), []).append(SPACE.sub(" ", text).strip())
    return found


def first(headers: Headers, name: str) -> str:
    """The first value that is not empty, or ''."""
    return next((value for value in headers.get(name, []) if value), "")


def decode_words(value: str) -> str:
    """RFC 2047 encoded words as text; what cannot be decoded stays as it was written."""
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None
    end = 0
    value = BETWEEN_WORDS.sub(r"\1", value)
    for match in ENCODED_WORD.finditer(value):
        data = _word_bytes(match[2], match[3])
        if match.start() > end or data is None:
            pieces += [_word_text(pending), value[end : match.start()]]
            pending = None
        charset = match[1].lower()
        if data is None:
            pieces.append(match[0])
        elif pending and pending[0] == charset:
            # One character may be split over two words: join the bytes before decoding.
            pending = (charset, pending[1] + data)
        else:
            pieces.append(_word_text(pending))
            pending = (charset, data)
        end = match.end()
    pieces += [_word_text(pending), value[end:]]
    return "".join(pieces)


def _word_bytes(encoding: str, text: str) -> bytes | None:
    raw = text.encode("utf-8")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return None


def _word_text(word: tuple[str, bytes] | None) -> str:
    return charsets.decode(word[1], word[0])[0] if word else ""


def line(value: str) -> str:
    """A value for showing on one line: decoded, no control characters, single spaces."""
    text = charsets.storable(decode_words(value))
    visible = "".join(c if c.isprintable() else " " for c in text)
    return SPACE.sub(" ", visible).strip()


def message_ids(value: str) -> tuple[str, ...]:
    """Every Message-ID in the value, without brackets, in order, each once."""
    ids = MESSAGE_ID.findall(value)
    if not ids and value and "<" not in value and " " not in value:
        ids = [value]
    return tuple(dict.fromkeys(ids))


def addresses(values: list[str]) -> tuple[Address, ...]:
    """Every address that can be made out in these header values."""
    found: list[Address] = []
    for value in values:
        found += _parsed(value) or _searched(value)
    return tuple(dict.fromkeys(found))


def _parsed(value: str) -> list[Address]:
    words: list[str] = []

    def hide(match: re.Match[str]) -> str:
        # An encoded word may hold commas and quotes once decoded: hide it from the parser.
        words.append(line(match[0]))
        return f"=W{len(words) - 1}="

    def show(match: re.Match[str]) -> str:
        number = int(match[1])
        return words[number] if number < len(words) else match[0]

    hidden = ENCODED_WORD.sub(hide, BETWEEN_WORDS.sub(r"\1", value))
    try:
        pairs = getaddresses([hidden])
    except Exception:  # the parser recurses into comments and indexes freely; real mails break it
        return []
    return [
        Address(line(PLACEHOLDER.sub(show, name)), line(address))
        for name, address in pairs
        if ADDRESS.fullmatch(address)
    ]


def _searched(value: str) -> list[Address]:
    found: list[Address] = []
    end = 0
    for match in ADDRESS.finditer(value):
        name = line(value[end : match.start()]).strip("<>,;\"' ")
        found.append(Address("" if "@" in name else name, line(match[0])))
        end = match.end()
    return found


def date(value: str) -> datetime | None:
    """A Date value as aware UTC; one without a zone counts as UTC (RFC 5322, section 3.3)."""
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except Exception:  # ValueError, TypeError, IndexError, OverflowError: all seen
        return None
