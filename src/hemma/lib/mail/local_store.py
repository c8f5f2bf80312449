"""Where the local mail server keeps its mail: one Maildir per address, the UID in the file's name.

Made for a demo on one machine: one process writes, any number of connections read.
"""

import asyncio
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

FLAG_LETTERS = {
    "\\Draft": "D",
    "\\Flagged": "F",
    "\\Answered": "R",
    "\\Seen": "S",
    "\\Deleted": "T",
}
FILE_NAME = re.compile(r"(\d{10})\.[0-9a-f]+(?:[:;]2,([A-Z]*))?")
# Windows and some network disks refuse ':' in names; ';' is the usual stand-in.
SEPARATOR = ":" if os.name == "posix" else ";"


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail on disk."""

    uid: int
    path: Path
    flags: frozenset[str]


class Box:
    """One address's mail. `changed` wakes every connection that waits for news of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._next = folder / "uid-next"
        if not self._next.exists():
            self._next.write_text("1")
        self._validity = folder / "uid-validity"
        if not self._validity.exists():
            # A folder that was thrown away and made again must not reuse the number.
            self._validity.write_text(str(secrets.randbelow(2**31 - 1) + 1))
        self.uidvalidity = int(self._validity.read_text())
        self._waiting: set[asyncio.Event] = set()

    @property
    def uid_next(self) -> int:
        """The UID the next mail will get."""
        return int(self._next.read_text())

    def mails(self) -> list[StoredMail]:
        """All mails in UID order."""
        letters = {letter: flag for flag, letter in FLAG_LETTERS.items()}
        found = []
        for path in (self._folder / "cur").iterdir():
            if match := FILE_NAME.fullmatch(path.name):
                flags = frozenset(letters[c] for c in match[2] or "" if c in letters)
                found.append(StoredMail(int(match[1]), path, flags))
        return sorted(found, key=lambda mail: mail.uid)

    def add(self, raw: bytes) -> int:
        """Keep a mail; its UID. A crash in between leaves a gap in the numbers, never half a mail."""
        uid = self.uid_next
        temporary = self._folder / "tmp" / secrets.token_hex(8)
        temporary.write_text(str(uid + 1))
        temporary.replace(self._next)
        name = f"{uid:010d}.{secrets.token_hex(6)}{SEPARATOR}2,"
        temporary.write_bytes(raw)
        temporary.replace(self._folder / "cur" / name)
        self._wake()
        return uid

    def set_flags(self, mail: StoredMail, flags: frozenset[str]) -> StoredMail:
        """The mail with these flags and no others."""
        letters = "".join(sorted(FLAG_LETTERS[flag] for flag in flags if flag in FLAG_LETTERS))
        stem = mail.path.name.partition(SEPARATOR)[0]
        path = mail.path.with_name(f"{stem}{SEPARATOR}2,{letters}")
        mail.path.replace(path)
        self._wake()
        return StoredMail(mail.uid, path, flags)

    def remove(self, mail: StoredMail) -> None:
        """Delete for good."""
        mail.path.unlink(missing_ok=True)
        self._wake()

    def listen(self) -> asyncio.Event:
        """An event that is set at every change, until `leave`."""
        event = asyncio.Event()
        self._waiting.add(event)
        return event

    def leave(self, event: asyncio.Event) -> None:
        """End `listen`."""
        self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()


class Store:
    """All boxes below a folder; a box comes into being when its address is first heard of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boxes: dict[str, Box] = {}

    def box(self, address: str) -> Box:
        """The box of an address; 'support+anything@…' is 'support@…'."""
        local, at, domain = address.strip().strip("<>").lower().rpartition("@")
        plain = f"{local.partition('+')[0]}{at}{domain}"
        name = quote(plain, safe="@").lstrip(".")[:200] or "nobody"
        if name not in self._boxes:
            self._boxes[name] = Box(self._folder / name)
        return self._boxes[name]
