"""Walk a mail's parts: which of them are its text, which came along as files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from hemma.lib import html
from hemma.lib.mail import charsets, decoding, headers
from hemma.lib.mail.incoming import Attachment, Problem

# Text that is data for a program; it comes along as a file.
DATA_TEXTS = {"text/calendar", "text/vcard", "text/x-vcard", "text/csv", "text/rfc822-headers"}
EXTENSIONS = {"message/rfc822": "eml", "text/calendar": "ics", "text/vcard": "vcf"}
MOST_DEPTH = 50
UNSAFE_IN_NAME = re.compile(r"[/\\:*?\"<>|]")


@dataclass
class Body:
    """What the walk has found so far."""

    plain: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)
    has_rich: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    problems: set[Problem] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All text pieces, in the order of the mail."""
        return "\n\n".join(piece.strip("\n") for piece in self.plain if piece.strip())

    @property
    def html(self) -> str | None:
        """All pieces as sanitised HTML, if at least one was HTML."""
        return html.clean("".join(self.rich)) if self.has_rich else None

    def add(self, plain: str, rich: str | None = None) -> None:
        """Take in one piece of text; plain pieces are shown as they are between the rich ones."""
        self.plain.append(plain)
        self.has_rich = self.has_rich or rich is not None
        if rich is None:
            rich = f"<pre>{html.escape(plain)}</pre>"
        self.rich.append(rich)


def read(message: Message) -> Body:
    """The body of a parsed mail."""
    body = Body()
    _part(message, body, 0)
    if not body.text and isinstance(message.preamble, str) and message.is_multipart():
        body.add(_stray(message.preamble))
    return body


def _part(part: Message, body: Body, depth: int) -> None:
    kind = part.get_content_type()
    children = _children(part)
    if part.defects and any("Boundary" in type(d).__name__ for d in part.defects):
        body.problems.add(Problem.TRUNCATED_MIME)
    if kind.startswith("message/") and children:
        body.attachments.append(_enclosed(part, kind))
    elif depth >= MOST_DEPTH:
        _file(part, kind, body)
    elif kind == "multipart/alternative" and children:
        _alternative(children, body, depth)
    elif children:
        for child in children:
            _part(child, body, depth + 1)
    else:
        _leaf(part, kind, body)
    if children and isinstance(part.epilogue, str) and part.epilogue.strip():
        body.add(_stray(part.epilogue))


def _children(part: Message) -> list[Message]:
    payload = part._payload  # type: ignore[attr-defined]
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _stray(text: str) -> str:
    return charsets.guess(text.encode("utf-8", "surrogateescape"))


def _alternative(children: list[Message], body: Body, depth: int) -> None:
    """The same words several times: the plain ones for reading and search, the rich ones to show."""
    versions = []
    for child in children:
        version = Body()
        _part(child, version, depth + 1)
        versions.append(version)
        body.attachments += version.attachments
        body.problems |= version.problems
    plain = [v.text for v in versions if not v.has_rich and v.text]
    rich = [v for v in versions if v.has_rich and v.text]
    if rich:
        body.add(plain[0] if plain else rich[-1].text, "".join(rich[-1].rich))
    elif plain:
        body.add(plain[0])
        for other in plain[1:]:
            if other.strip() != plain[0].strip():
                body.add(other)


def _leaf(part: Message, kind: str, body: Body) -> None:
    name = file_name(part)
    disposition = str(part.get("content-disposition") or "").strip().lower()
    is_text = kind.startswith(("text/", "multipart/")) and kind not in DATA_TEXTS
    if not is_text or name or disposition.startswith("attachment"):
        _file(part, kind, body)
        return
    data, honest = decoding.part_bytes(part)
    if not honest:
        body.problems.add(Problem.BAD_ENCODING)
    if kind.startswith("multipart/") and data.strip():
        body.problems.add(Problem.TRUNCATED_MIME)
    text, honest = charsets.decode(data, _charset(part))
    if not honest:
        body.problems.add(Problem.BAD_CHARSET)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        body.add(html.to_text(text), text)
    else:
        body.add(text)


def _charset(part: Message) -> str | None:
    try:
        value = part.get_param("charset")
    except Exception:  # broken RFC 2231 parameters raise several things
        return None
    if isinstance(value, tuple):
        value = value[2]
    return str(value) if value else None


def _file(part: Message, kind: str, body: Body) -> None:
    data, honest = decoding.part_bytes(part)
    if not honest:
        body.problems.add(Problem.BAD_ENCODING)
    cid = headers.message_ids(str(part.get("content-id") or ""))
    name = file_name(part) or _made_up_name(kind, len(body.attachments) + 1)
    if data or file_name(part):
        body.attachments.append(
            Attachment(name, charsets.storable(kind), data, next(iter(cid), None))
        )


def _enclosed(part: Message, kind: str) -> Attachment:
    """A whole mail, or a report, that came inside this one."""
    try:
        data = b"\n".join(child.as_bytes() for child in _children(part))
    except Exception:  # writing a broken mail back may fail; its strings are still there
        data = b"\n".join(_strings(part))
    return Attachment(file_name(part) or _made_up_name(kind, 1), charsets.storable(kind), data)


def _strings(part: Message) -> Iterator[bytes]:
    for inner in part.walk():
        yield from (f"{k}: {v}".encode("utf-8", "replace") for k, v in inner.raw_items())
        yield decoding.part_bytes(inner)[0]


def _made_up_name(kind: str, number: int) -> str:
    extension = EXTENSIONS.get(kind) or re.sub(r"[^a-z0-9]", "", kind.split("/")[-1])[:12] or "bin"
    return f"{kind.split('/')[0] or 'file'}-{number}.{extension}".replace("message-1", "mail")


def file_name(part: Message) -> str:
    """The attachment's name, decoded, without path separators; '' when it has none."""
    try:
        name = part.get_filename() or ""
    except Exception:  # as for charset
        name = ""
    text = charsets.guess(str(name).encode("utf-8", "surrogateescape"))
    return UNSAFE_IN_NAME.sub("_", headers.line(text)).strip(". ")[:200]
