"""What the local mail server tells of one mail, and which mails a search finds."""

import re
from datetime import UTC, datetime

from hemma.lib.mail.local_store import StoredMail
from hemma.lib.mail.local_wire import BadSyntax, Token, numbers, word, words

SECTION = re.compile(
    r"BODY(?:\.PEEK)?\[(HEADER|TEXT|HEADER\.FIELDS(?:\.NOT)? \([^)]*\)|)\](?:<(\d+)\.(\d+)>)?",
    re.IGNORECASE,
)
OLD_NAMES = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
FAST = ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]
FLAG_WORDS = {"SEEN", "DELETED", "ANSWERED", "FLAGGED", "DRAFT"}
HEADER_WORDS = {"FROM", "TO", "CC", "SUBJECT"}


def items(tokens: list[Token]) -> list[str]:
    """The data items a FETCH asks for, in capitals but for header names."""
    wanted = words(tokens[0]) if len(tokens) == 1 else []
    if not wanted:
        raise BadSyntax("FETCH what?")
    if wanted[0].upper() in {"FAST", "ALL", "FULL"}:
        return FAST
    return [OLD_NAMES.get(item.upper(), item) for item in wanted]


def marks_seen(wanted: list[str]) -> bool:
    """Whether fetching these items reads the mail in the protocol's sense."""
    return any(item.upper().startswith("BODY[") for item in wanted)


def answer(mail: StoredMail, wanted: list[str]) -> bytes:
    """The parenthesised answer for one mail."""
    raw = mail.path.read_bytes()
    return b"(" + b" ".join(_item(mail, raw, item) for item in wanted) + b")"


def _item(mail: StoredMail, raw: bytes, item: str) -> bytes:
    name = item.upper()
    if name == "UID":
        return b"UID %d" % mail.uid
    if name == "FLAGS":
        return b"FLAGS (%s)" % " ".join(sorted(mail.flags)).encode()
    if name == "RFC822.SIZE":
        return b"RFC822.SIZE %d" % len(raw)
    if name == "INTERNALDATE":
        moment = datetime.fromtimestamp(mail.path.stat().st_mtime, UTC)
        return moment.strftime('INTERNALDATE "%d-%b-%Y %H:%M:%S +0000"').encode()
    match = SECTION.fullmatch(item)
    if not match:
        raise BadSyntax(f"this small server does not know {item}")
    data = _section(raw, match[1])
    label = f"BODY[{match[1].upper()}]"
    if match[2]:
        data, label = data[int(match[2]) :][: int(match[3])], f"{label}<{match[2]}>"
    return label.encode() + b" {%d}\r\n" % len(data) + data


def _section(raw: bytes, section: str) -> bytes:
    head, gap, text = raw.partition(b"\r\n\r\n")
    name = section.upper()
    if not name:
        return raw
    if name == "TEXT":
        return text
    if name == "HEADER":
        return head + gap
    asked = {field.upper() for field in re.findall(r"[^\s()]+", section.partition(" ")[2])}
    leave_out = name.startswith("HEADER.FIELDS.NOT")
    fields = re.split(rb"\r\n(?![ \t])", head)
    kept = [f for f in fields if (_field_name(f) in asked) is not leave_out]
    return b"".join(field + b"\r\n" for field in kept) + b"\r\n"


def _field_name(field: bytes) -> str:
    return field.partition(b":")[0].strip().decode("ascii", "replace").upper()


def search(mails: list[StoredMail], tokens: list[Token]) -> list[StoredMail]:
    """The mails that meet every criterion; the sequence number is the place in `mails`."""
    tokens = list(tokens)
    if tokens and word(tokens[0]).upper() == "CHARSET":
        del tokens[:2]
    found = list(mails)
    while tokens:
        chosen = _criterion(mails, tokens)
        found = [mail for mail in found if mail.uid in chosen]
    return found


def _criterion(mails: list[StoredMail], tokens: list[Token]) -> set[int]:
    """Take one criterion off the front; the UIDs that meet it."""
    token = tokens.pop(0)
    if isinstance(token, list):
        return {mail.uid for mail in search(mails, token)}
    name = token.upper()
    everything = {mail.uid for mail in mails}
    if name == "ALL":
        return everything
    if name == "NOT":
        return everything - _criterion(mails, tokens)
    if name == "OR":
        return _criterion(mails, tokens) | _criterion(mails, tokens)
    if name == "UID":
        return numbers(_argument(tokens), everything)
    if name.removeprefix("UN") in FLAG_WORDS:
        flag = "\\" + name.removeprefix("UN").capitalize()
        return {m.uid for m in mails if (flag in m.flags) is not name.startswith("UN")}
    if name in HEADER_WORDS | {"HEADER", "TEXT", "BODY"}:
        return _containing(mails, name, tokens)
    places = numbers(token, range(1, len(mails) + 1))
    return {mails[place - 1].uid for place in places}


def _containing(mails: list[StoredMail], name: str, tokens: list[Token]) -> set[int]:
    field = _argument(tokens).upper() if name == "HEADER" else name
    part = {"TEXT": "", "BODY": "TEXT"}.get(name, f"HEADER.FIELDS ({field})")
    sought = _argument(tokens).encode().lower()
    return {m.uid for m in mails if sought in _section(m.path.read_bytes(), part).lower()}


def _argument(tokens: list[Token]) -> str:
    if not tokens:
        raise BadSyntax("a search word lacks its argument")
    return word(tokens.pop(0))
