"""One part's bytes out of its transfer encoding, whatever the header claims it is."""

import binascii
import re
from email.message import Message

# No space inside: plain words under a false label would otherwise decode to rubbish.
BASE64_LINE = re.compile(rb"\s*[A-Za-z0-9+/]*={0,2}\s*")


def transfer_encoding(part: Message) -> str:
    """The declared encoding, without the dirt real mail adds (spaces, semicolons, '7-bit')."""
    value = str(part.get("content-transfer-encoding") or "").lower()
    value = re.split(r"[;\s]", value.strip().strip("\"'"))[0]
    return value.replace("7-bit", "7bit").replace("8-bit", "8bit")


def part_bytes(part: Message) -> tuple[bytes, bool]:
    """The decoded bytes of a leaf part, and whether it was encoded as it claimed."""
    raw = _raw_bytes(part)
    encoding = transfer_encoding(part)
    if encoding == "base64":
        return decode_base64(raw)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw), True
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return decode_uu(raw)
    return raw, encoding in {"", "7bit", "8bit", "binary"}


def _raw_bytes(part: Message) -> bytes:
    payload = part._payload  # type: ignore[attr-defined]  # get_payload() would decode and lose bytes
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogateescape")
    return b""


def decode_base64(raw: bytes) -> tuple[bytes, bool]:
    """Base64 up to the first line that is none; the rest (a list's footer, often) is kept as it is."""
    lines = raw.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if not BASE64_LINE.fullmatch(line)), len(lines))
    body, rest = b"".join(lines[:count]), b"".join(lines[count:])
    digits = re.sub(rb"[\s=]", b"", body)
    if len(digits) % 4 == 1:
        digits = digits[:-1]  # a cut or added character: the rest is still readable
    try:
        decoded = binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    except binascii.Error:
        return raw, False
    whole = not rest.strip() and len(re.sub(rb"[\s=]", b"", body)) % 4 != 1
    return (decoded, True) if whole else (decoded + (b"\n" if decoded else b"") + rest, False)


def decode_uu(raw: bytes) -> tuple[bytes, bool]:
    """Uuencoded lines between 'begin' and 'end', or the raw bytes when there are none."""
    lines = iter(raw.splitlines())
    if not any(re.match(rb"begin [0-7]{3,4} ", line) for line in lines):
        return raw, False
    found: list[bytes] = []
    for line in lines:
        if line.strip() in {b"end", b"`"}:
            break
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            return raw, False
    return b"".join(found), True
