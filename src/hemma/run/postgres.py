"""The embedded PostgreSQL server: its folder, its start, its recovery.

The server runs in the foreground as a child of whoever starts it, listens on a Unix socket
alone, and trusts whoever may open that socket's private folder.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from hemma.run import sockets
from hemma.run.binaries import Binaries, find_binaries, reachable, unprivileged
from hemma.run.lifeline import Lifeline, tie_to_parent
from hemma.run.places import make_private
from hemma.run.processes import alive, command_line, gone_within, send
from hemma.run.telling import Refusal

USER = DATABASE = "hemma"
_UNSAFE = ("fsync", "full_page_writes", "synchronous_commit")


class Server:
    """An embedded server in `<data>/postgres`.

    `fsync=False` is for throw-away data only: a power cut then loses everything.
    """

    def __init__(self, data: Path, *, fsync: bool = True, binaries: Binaries | None = None) -> None:
        self.data = data
        self.home = data / "postgres"
        self.cluster = self.home / "data"
        self.fsync = fsync
        self.binaries = binaries or find_binaries()
        self._prefix: list[str] = []
        self._socket = self.home

    def prepare(self) -> None:
        """Make the folder fit to start: own it, create the cluster once, stop an orphan.

        May be called before every start. Refuses a cluster of another major version.
        """
        make_private(self.data)
        make_private(self.home)
        self._prefix = unprivileged(self.binaries, self.home)
        self.binaries = reachable(self.binaries, self._prefix)
        self._refuse_other_version()
        if not self.cluster.exists():
            self._create_cluster()
        self._stop_orphan()
        self._socket = sockets.choose(self.home, self.data / "postgres.socket")

    def command(self) -> list[str]:
        """The command that becomes the server, in the foreground. Needs `prepare` first."""
        options = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC"}
        if not self.fsync:
            options |= dict.fromkeys(_UNSAFE, "off")
        words = [
            self.binaries.program("postgres"),
            "-D",
            str(self.cluster),
            "-k",
            str(self._socket),
        ]
        for name, value in options.items():
            words += ["-c", f"{name}={value}"]
        if sys.platform != "linux":
            return [sys.executable, "-m", "hemma.run.lifeline", *words]
        # After the words that change the user: such a change forgets the parent-death signal.
        return [*self._prefix, "setpriv", "--pdeathsig", "INT", *words]

    def url(self, database: str = DATABASE) -> str:
        """How to reach one of its databases."""
        return self.url_for(str(self._socket), database)

    @staticmethod
    def url_for(socket_folder: str, database: str = DATABASE) -> str:
        """How to reach a database of the server that listens in `socket_folder`."""
        return f"postgresql://{USER}@/{database}?host={quote(socket_folder, safe='')}"

    def is_ready(self, child: int) -> bool:
        """Whether the server that runs as process `child` takes connections."""
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        # Elsewhere a guard stands between us and the server, which then has its own number.
        return int(lines[0]) == child if sys.platform == "linux" else alive(int(lines[0]))

    def make_database(self) -> None:
        """Create the product's database in the running server if it is missing."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if found is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _refuse_other_version(self) -> None:
        mark = self.cluster / "PG_VERSION"
        if not mark.exists():
            return
        made_by = int(mark.read_text().strip())
        if made_by == self.binaries.major:
            return
        raise Refusal(
            f"The database in {self.data} was made by PostgreSQL {made_by}; "
            f"the programs here are {self.binaries.major}. Nothing was changed. To move it:\n"
            f"  1. HEMMA_PG_BIN=/path/to/{made_by}/bin hemma backup hemma.tar --data {self.data}\n"
            f"  2. mv {self.home} {self.home}-{made_by}\n"
            f"  3. hemma restore hemma.tar --data {self.data}"
        )

    def _create_cluster(self) -> None:
        """Create it aside and rename it: an interrupted creation is begun anew, never half used."""
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        words = ["initdb", "-D", str(fresh), "-U", USER, "-A", "trust", "-E", "UTF8"]
        words += ["--no-instructions", *([] if self.fsync else ["--no-sync"])]
        attempts = _locales(self.binaries.major)
        for locale in attempts:
            done = self._run_once([self.binaries.program(words[0]), *words[1:], *locale])
            if done.returncode == 0:
                fresh.rename(self.cluster)
                return
            shutil.rmtree(fresh, ignore_errors=True)
        raise Refusal(f"The database in {self.home} could not be created:\n{done.stderr.strip()}")

    def _run_once(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own list, no shell
            [*self._prefix, *command],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            start_new_session=True,  # Ctrl-C is for us: a creation of two seconds is finished
            preexec_fn=tie_to_parent(),
        )

    def _stop_orphan(self) -> None:
        """Stop a server that outlived its supervisor; forget a number that is now another's."""
        lines = self._pid_file()
        if not lines or not alive(int(lines[0])):
            return  # the server itself deals with the file of a dead one
        orphan = int(lines[0])
        if str(self.cluster) not in command_line(orphan):
            # Numbers are given out again, and a dead process may be kept as a zombie: the
            # server would take either for a living one and refuse to start.
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
            return
        for sent, patience_s in (
            (signal.SIGINT, 10.0),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 2.0),
        ):
            send(orphan, sent)
            if gone_within(orphan, patience_s):
                return
        raise Refusal(
            f"Another PostgreSQL (process {orphan}) holds {self.cluster} and does not end."
        )

    def _pid_file(self) -> list[str]:
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []
        return lines if lines and lines[0].strip().isdigit() else []

    def start(self) -> "Running":
        """Start it as a child of this process and wait until it takes connections."""
        return Running(self)


class Running:
    """A started server; a context manager that stops it. For whoever has no supervisor."""

    def __init__(self, server: Server, patience_s: float = 60.0) -> None:
        self.server = server
        self._lifeline = Lifeline()
        self._log = server.data / "postgres.log"
        deadline = time.monotonic() + patience_s
        server.prepare()
        self.child = self._spawn()
        while not server.is_ready(self.child.pid):
            if time.monotonic() > deadline:
                self.stop()
                raise Refusal(f"The database did not become ready:\n{self._last_words()}")
            if self.child.poll() is not None:
                # Remains of a killed server may hold its shared memory for a moment.
                time.sleep(0.3)
                if time.monotonic() > deadline - patience_s + 10:
                    raise Refusal(f"The database does not start:\n{self._last_words()}")
                server.prepare()
                self.child = self._spawn()
            time.sleep(0.02)
        server.make_database()

    def __enter__(self) -> Server:
        return self.server

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop it: politely, then at once. Does nothing when it has ended."""
        for sent, patience_s in (
            (signal.SIGINT, 5.0),
            (signal.SIGQUIT, 3.0),
            (signal.SIGKILL, 5.0),
        ):
            if self.child.poll() is not None:
                break
            send(self.child.pid, sent)
            try:
                self.child.wait(patience_s)
            except subprocess.TimeoutExpired:
                continue
        self._lifeline.close()

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own list, no shell
                self.server.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=os.environ | self._lifeline.environment(),
                pass_fds=self._lifeline.passed(),
                start_new_session=True,
                preexec_fn=tie_to_parent(signal.SIGINT),
            )

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-8:])


def _locales(major: int) -> list[list[str]]:
    """The locales to try, best first: code-point order with Unicode classes, then plain C."""
    if major >= 17:  # the builtin provider came with 17; the system may know no locale at all
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]
