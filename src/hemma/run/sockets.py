"""Where the embedded server's socket is: a private folder whose path is short enough."""

import os
import tempfile
from pathlib import Path

# The address of a Unix socket holds 104 bytes on macOS and 108 on Linux, the name included.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = "/.s.PGSQL.5432"


def choose(home: Path, pointer: Path) -> Path:
    """The socket's folder: `home` itself, or a private one of the system's if that path is too long.

    It is told to the others, and to the next start, in the file `pointer`.
    """
    folder = home
    if len(str(folder) + SOCKET_NAME) > LONGEST_SOCKET_PATH:
        folder = _remembered(pointer) or Path(tempfile.mkdtemp(prefix="hemma-", dir=short_temp()))
        if os.geteuid() == 0:
            owner = home.stat()
            os.chown(folder, owner.st_uid, owner.st_gid)
    if not pointer.exists() or pointer.read_text().strip() != str(folder):
        pointer.write_text(f"{folder}\n")
    return folder


def short_temp() -> str:
    """The system's temporary folder, or /tmp where that one has a long path (macOS, some CIs)."""
    folder = tempfile.gettempdir()
    return (
        folder
        if len(folder) + len("/hemma-test-12345678/postgres" + SOCKET_NAME) <= LONGEST_SOCKET_PATH
        else "/tmp"  # noqa: S108
    )


def _remembered(pointer: Path) -> Path | None:
    """The socket folder of an earlier start, if it is still there and still private."""
    if not pointer.exists():
        return None
    folder = Path(pointer.read_text().strip())
    if folder.is_symlink() or not folder.is_dir() or not folder.name.startswith("hemma-"):
        return None
    kept = folder.stat()
    mine = kept.st_uid == os.geteuid() or os.geteuid() == 0
    return folder if mine and kept.st_mode & 0o077 == 0 else None
