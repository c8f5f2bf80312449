"""A small IMAP4rev1 server (RFC 3501, 2177) over the local store: enough for any client to read.

One folder, INBOX, per address; one password for all: it listens on loopback, for a demo.
"""

import asyncio
import contextlib
import hmac
import re

from hemma.lib.mail import local_fetch as fetch
from hemma.lib.mail.local_store import FLAG_LETTERS, Box, Store, StoredMail
from hemma.lib.mail.local_wire import BadSyntax, Token, numbers, read_command, tokens, word, words

CAPABILITIES = b"IMAP4rev1 IDLE UIDPLUS LITERAL+"
COMMAND = re.compile(r"(\S+) (UID )?([A-Z]+)(?: (.*))?", re.IGNORECASE | re.DOTALL)
BEFORE_LOGIN = {"CAPABILITY", "NOOP", "LOGIN", "LOGOUT"}
NEED_BOX = {"FETCH", "STORE", "SEARCH", "EXPUNGE", "CLOSE", "UNSELECT", "CHECK"}


class Refused(Exception):  # named as the protocol's answer: NO
    """The command is understood and denied."""


class Session:
    """One client's connection."""

    def __init__(
        self,
        store: Store,
        password: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._store, self._password = store, password
        self._reader, self._writer = reader, writer
        self._user: Box | None = None
        self._box: Box | None = None
        self._read_only = True
        self._uids: list[int] = []  # what this client knows: place 1 is the first

    async def run(self) -> None:
        """Serve until the client leaves."""
        self._say(b"* OK [CAPABILITY %s] Hemma's local mail" % CAPABILITIES)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ValueError):
            while not self._writer.is_closing():
                await self._writer.drain()
                try:
                    command = await read_command(self._reader, self._writer)
                    if command is None:
                        break
                    await self._obey(command)
                except BadSyntax as fault:
                    self._say(b"* BAD %s" % str(fault).encode())
        self._writer.close()

    async def _obey(self, command: str) -> None:
        match = COMMAND.fullmatch(command)
        if not match:
            raise BadSyntax("tag and command, please")
        tag, by_uid, name, rest = match[1], bool(match[2]), match[3].upper(), match[4] or ""
        handler = getattr(self, f"_do_{name.lower()}", None)
        try:
            if handler is None or (by_uid and name not in NEED_BOX):
                raise BadSyntax(f"{name} is not known here")
            if not self._user and name not in BEFORE_LOGIN:
                raise Refused("sign in first")
            if not self._box and name in NEED_BOX:
                raise Refused("select a folder first")
            result = handler(tokens(rest), by_uid)
            note = await result if asyncio.iscoroutine(result) else result
            self._say(f"{tag} OK {note or name + ' done'}".encode())
        except BadSyntax as fault:
            self._say(f"{tag} BAD {fault}".encode())
        except Refused as refusal:
            self._say(f"{tag} NO {refusal}".encode())
        if name == "LOGOUT":
            await self._writer.drain()
            self._writer.close()

    def _say(self, line: bytes) -> None:
        self._writer.write(line + b"\r\n")

    def _do_capability(self, _arguments: list[Token], _by_uid: bool) -> None:
        self._say(b"* CAPABILITY " + CAPABILITIES)

    def _do_logout(self, _arguments: list[Token], _by_uid: bool) -> None:
        self._say(b"* BYE take your heart with you")

    def _do_login(self, arguments: list[Token], _by_uid: bool) -> str:
        if len(arguments) != 2:
            raise BadSyntax("LOGIN user password")
        user, password = word(arguments[0]), word(arguments[1])
        if "@" not in user or not hmac.compare_digest(password.encode(), self._password.encode()):
            raise Refused("[AUTHENTICATIONFAILED] wrong name or password")
        self._user = self._store.box(user)
        return f"[CAPABILITY {CAPABILITIES.decode()}] welcome"

    def _do_noop(self, _arguments: list[Token], _by_uid: bool) -> None:
        self._tell_news()

    _do_check = _do_noop

    def _do_list(self, arguments: list[Token], _by_uid: bool, name: str = "LIST") -> None:
        pattern = word(arguments[-1]).upper() if arguments else ""
        if pattern == "":
            self._say(f'* {name} (\\Noselect) "/" ""'.encode())
        elif pattern in {"*", "%", "INBOX", "INBOX*"}:
            self._say(f'* {name} (\\HasNoChildren) "/" INBOX'.encode())

    def _do_lsub(self, arguments: list[Token], by_uid: bool) -> None:
        self._do_list(arguments, by_uid, "LSUB")

    def _do_select(self, arguments: list[Token], _by_uid: bool) -> str:
        self._open(arguments, read_only=False)
        return "[READ-WRITE] open"

    def _do_examine(self, arguments: list[Token], _by_uid: bool) -> str:
        self._open(arguments, read_only=True)
        return "[READ-ONLY] open"

    def _open(self, arguments: list[Token], *, read_only: bool) -> None:
        self._box = None
        box = self._inbox(arguments)
        mails = box.mails()
        self._box, self._read_only, self._uids = box, read_only, [mail.uid for mail in mails]
        flags = " ".join(FLAG_LETTERS)
        self._say(f"* FLAGS ({flags})".encode())
        self._say(b"* OK [PERMANENTFLAGS (%s)] kept" % (b"" if read_only else flags.encode()))
        self._say(b"* %d EXISTS" % len(mails))
        self._say(b"* 0 RECENT")
        self._say(b"* OK [UIDVALIDITY %d] numbers hold" % box.uidvalidity)
        self._say(b"* OK [UIDNEXT %d] comes next" % box.uid_next)

    def _inbox(self, arguments: list[Token]) -> Box:
        if not arguments or word(arguments[0]).upper() != "INBOX" or not self._user:
            raise Refused("[NONEXISTENT] there is only INBOX")
        return self._user

    def _do_status(self, arguments: list[Token], _by_uid: bool) -> None:
        box = self._inbox(arguments)
        mails = box.mails()
        values = {
            "MESSAGES": len(mails),
            "RECENT": 0,
            "UNSEEN": sum("\\Seen" not in mail.flags for mail in mails),
            "UIDNEXT": box.uid_next,
            "UIDVALIDITY": box.uidvalidity,
        }
        asked = [item.upper() for item in words(arguments[-1])]
        told = " ".join(f"{item} {values[item]}" for item in asked if item in values)
        self._say(f"* STATUS INBOX ({told})".encode())

    def _known(self) -> list[StoredMail]:
        """The mails this client knows of and that still exist, in its order."""
        known = set(self._uids)
        return [mail for mail in self._open_box.mails() if mail.uid in known]

    @property
    def _open_box(self) -> Box:
        if not self._box:
            raise Refused("select a folder first")
        return self._box

    def _chosen(self, number_set: Token, by_uid: bool) -> list[tuple[int, StoredMail]]:
        places = {uid: place for place, uid in enumerate(self._uids, start=1)}
        wanted = numbers(word(number_set), places if by_uid else places.values())
        pairs = [(places[mail.uid], mail) for mail in self._known()]
        return [(place, mail) for place, mail in pairs if (mail.uid if by_uid else place) in wanted]

    def _do_fetch(self, arguments: list[Token], by_uid: bool) -> None:
        if by_uid:
            self._tell_news()
        wanted = fetch.items(arguments[1:])
        if by_uid and "UID" not in (item.upper() for item in wanted):
            wanted = ["UID", *wanted]
        for place, mail in self._chosen(arguments[0], by_uid):
            current = mail
            if fetch.marks_seen(wanted) and not self._read_only:
                current = self._open_box.set_flags(mail, mail.flags | {"\\Seen"})
            self._say(b"* %d FETCH " % place + fetch.answer(current, wanted))

    def _do_search(self, arguments: list[Token], by_uid: bool) -> None:
        if by_uid:
            self._tell_news()
        mails = self._known()
        places = {uid: place for place, uid in enumerate(self._uids, start=1)}
        found = [m.uid if by_uid else places[m.uid] for m in fetch.search(mails, arguments)]
        self._say("* SEARCH{}".format("".join(f" {number}" for number in found)).encode())

    def _do_store(self, arguments: list[Token], by_uid: bool) -> None:
        if self._read_only or len(arguments) < 3:
            raise Refused("[READ-ONLY] nothing to store")
        how = word(arguments[1]).upper()
        given = frozenset(flag.capitalize() for flag in words(arguments[2]))
        given = frozenset("\\" + flag.strip("\\").capitalize() for flag in given)
        for place, mail in self._chosen(arguments[0], by_uid):
            after = {"+": mail.flags | given, "-": mail.flags - given}.get(how[0], given)
            changed = self._open_box.set_flags(mail, frozenset(after) & frozenset(FLAG_LETTERS))
            if not how.endswith(".SILENT"):
                self._say(b"* %d FETCH " % place + fetch.answer(changed, ["UID", "FLAGS"]))

    def _do_expunge(self, _arguments: list[Token], _by_uid: bool) -> None:
        if self._read_only:
            raise Refused("[READ-ONLY] nothing to expunge")
        for mail in self._known():
            if "\\Deleted" in mail.flags:
                self._open_box.remove(mail)
        self._tell_news()

    def _do_unselect(self, _arguments: list[Token], _by_uid: bool) -> None:
        self._box, self._uids = None, []

    def _do_close(self, arguments: list[Token], by_uid: bool) -> None:
        if not self._read_only:
            for mail in self._known():
                if "\\Deleted" in mail.flags:
                    self._open_box.remove(mail)
        self._do_unselect(arguments, by_uid)

    async def _do_idle(self, _arguments: list[Token], _by_uid: bool) -> None:
        """Tell of every change as it happens, until the client says DONE."""
        changed = self._box.listen() if self._box else asyncio.Event()
        done = asyncio.create_task(self._reader.readline())
        try:
            self._say(b"+ idling")
            while not done.done():
                changed.clear()
                self._tell_news()
                await self._writer.drain()
                news = asyncio.create_task(changed.wait())
                await asyncio.wait({done, news}, return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
        finally:
            done.cancel()
            if self._box:
                self._box.leave(changed)

    def _tell_news(self) -> None:
        """EXPUNGE for what has gone, EXISTS for what came; from then on the client knows."""
        if not self._box:
            return
        now = [mail.uid for mail in self._box.mails()]
        left = set(now)
        for place in range(len(self._uids), 0, -1):
            if self._uids[place - 1] not in left:
                del self._uids[place - 1]
                self._say(b"* %d EXPUNGE" % place)
        if len(now) > len(self._uids):
            self._say(b"* %d EXISTS" % len(now))
        self._uids = now
