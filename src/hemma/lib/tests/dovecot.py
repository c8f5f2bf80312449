"""A private Dovecot with an SMTP door in front: the real mail server of the tests.

    with dovecot(tmp_path) as server:
        server.imap_host, server.imap_port, server.smtp_host, server.smtp_port, server.password

Every user name is accepted with the one password and is a mail address; what arrives by SMTP is in
the recipient's INBOX. Runs without root's rights and leaves nothing behind. Works with Dovecot 2.3
(Debian 12, Ubuntu 24.04) and 2.4 (Debian 13), whose configurations differ.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

HINT = "Dovecot is missing: apt-get install -y --no-install-recommends dovecot-imapd"
NOBODY = 65534
START_S = 20

COMMON = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
listen = 127.0.0.1
ssl = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
VERSION_2_3 = """
protocols = imap
disable_plaintext_auth = no
mail_location = maildir:{base}/mail/%u
auth_username_chars =
mail_max_userip_connections = 1000
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/mail/%u
}}
"""
VERSION_2_4 = """
protocols = imap
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {base}/mail/%{{user}}
auth_username_chars =
mail_max_userip_connections = 1000
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {base}/mail/%{{user}}
  }}
}}
"""


@dataclass
class Dovecot:
    """A running server."""

    base: Path
    imap_port: int
    smtp_port: int = 0
    password: str = "hemma-test"
    imap_host: str = "127.0.0.1"
    smtp_host: str = "127.0.0.1"
    _process: subprocess.Popen[bytes] | None = None
    _count: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))

    def deliver(self, address: str, raw: bytes) -> None:
        """Put a mail into the INBOX of an address; '+detail' is left out, as servers do."""
        folder = self.inbox(address)
        name = f"{time.time_ns()}.{os.getpid()}_{next(self._count)}{secrets.token_hex(4)}.test"
        temporary = folder / "tmp" / name
        temporary.write_bytes(raw)
        _hand_over(temporary)
        temporary.rename(folder / "new" / name)

    def inbox(self, address: str) -> Path:
        """The Maildir of an address, made when it is not there."""
        local, _, domain = address.strip("<>").lower().rpartition("@")
        folder = self.base / "mail" / f"{local.partition('+')[0]}@{domain}"
        for path in (folder, *(folder / name for name in ("cur", "new", "tmp"))):
            path.mkdir(exist_ok=True)
            _hand_over(path)
        return folder

    def stop(self) -> None:
        """Stop Dovecot, as when the machine reboots; connections break."""
        if self._process:
            # Its own process group, so that no child of it survives.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(timeout=10)
            self._process = None

    def start(self) -> None:
        """Start Dovecot on the same port with the same mail."""
        binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if not binary:
            raise RuntimeError(HINT)
        self._process = subprocess.Popen(
            [*_without_root(), binary, "-F", "-c", str(self.base / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.base / "stderr").open("wb"),
            start_new_session=True,
        )
        end = time.monotonic() + START_S
        while not self._greets():
            if time.monotonic() > end or self._process.poll() is not None:
                self.stop()
                raise RuntimeError(f"Dovecot did not start: {self.log()}")
            time.sleep(0.05)

    def log(self) -> str:
        """What Dovecot wrote, for a failing test's message."""
        files = [self.base / "stderr", self.base / "dovecot.log"]
        return "\n".join(f.read_text(errors="replace") for f in files if f.exists())

    def _greets(self) -> bool:
        with contextlib.suppress(OSError):
            address = (self.imap_host, self.imap_port)
            with socket.create_connection(address, timeout=2) as connection:
                connection.settimeout(2)
                return connection.recv(4) == b"* OK"
        return False


@contextlib.contextmanager
def dovecot(tmp_path: Path | None = None) -> Iterator[Dovecot]:
    """A running Dovecot with its SMTP door. `tmp_path` is where to look at the log afterwards."""
    # Not below tmp_path: pytest keeps that closed to the user that Dovecot runs as.
    base = Path(tempfile.mkdtemp(prefix="hemma-dovecot-"))
    server = Dovecot(base=base, imap_port=_free_port())
    try:
        _configure(server)
        server.start()
        with _smtp_door(server):
            yield server
    finally:
        server.stop()
        if tmp_path and tmp_path.is_dir():
            (tmp_path / "dovecot.log").write_text(server.log())
        shutil.rmtree(base, ignore_errors=True)


def _configure(server: Dovecot) -> None:
    for path in (server.base, *(server.base / n for n in ("run", "state", "mail"))):
        path.mkdir(exist_ok=True)
        _hand_over(path)
    if _version().startswith("2.3"):
        text = COMMON + VERSION_2_3
    else:
        first = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
        text = first + COMMON + VERSION_2_4
    user, group = _user_and_group()
    values = {"base": server.base, "port": server.imap_port, "password": server.password}
    config = server.base / "dovecot.conf"
    config.write_text(text.format(user=user, group=group, **values))
    _hand_over(config)


def _version() -> str:
    binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not binary:
        raise RuntimeError(HINT)
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout


def _user_and_group() -> tuple[str, str]:
    import grp
    import pwd

    uid, gid = (NOBODY, NOBODY) if os.getuid() == 0 else (os.getuid(), os.getgid())
    return pwd.getpwuid(uid).pw_name, grp.getgrgid(gid).gr_name


def _without_root() -> list[str]:
    if os.getuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def _hand_over(path: Path) -> None:
    if os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Door:
    """aiosmtpd's handler: every recipient's INBOX, once."""

    def __init__(self, server: Dovecot) -> None:
        self._server = server

    async def handle_DATA(self, _smtp, _session, envelope):  # noqa: N802
        top = f"Return-Path: <{envelope.mail_from or ''}>\r\n".encode()
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            raw = top + f"Delivered-To: {recipient}\r\n".encode() + envelope.original_content
            self._server.deliver(recipient, raw)
        return "250 delivered"


def _authenticator(server: Dovecot):
    """Whoever signs in must know the password, as at a company's own mail server; nobody has to."""

    def authenticate(_server, _session, _envelope, _mechanism, data) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == server.password.encode()
        return AuthResult(success=known, handled=known)

    return authenticate


@contextlib.contextmanager
def _smtp_door(server: Dovecot) -> Iterator[None]:
    loop = asyncio.new_event_loop()

    async def listen() -> asyncio.Server:
        return await loop.create_server(
            lambda: SMTP(
                _Door(server),
                hostname="localhost",
                enable_SMTPUTF8=True,
                auth_require_tls=False,
                authenticator=_authenticator(server),
                loop=loop,
            ),
            server.smtp_host,
            0,
        )

    door = loop.run_until_complete(listen())
    server.smtp_port = door.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, name="smtp-door", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)
        door.close()
        loop.close()
