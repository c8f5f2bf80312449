"""`backup`: the database and the files beside it in one tar, with checksums.

The tar holds `database.dump` (pg_dump's custom format), `files/…` and, last, `manifest.json`.
The dump is made first: files are written before the rows that name them and never changed, so
every file that the dump speaks of is there.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg

from hemma import __version__
from hemma.lib import clock
from hemma.run.binaries import client_tools
from hemma.run.maintenance import database
from hemma.run.telling import Refusal, say

DUMP, MANIFEST = "database.dump", "manifest.json"
# What belongs to Hemma's memory in the data folder; logs, locks and sockets do not.
KEPT = ("secret.key", "attachments")
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `sha256`: name in the tar → checksum."""

    format: int
    hemma: str
    made_at: str
    postgres: int
    sha256: dict[str, str]


def write(file: Path, data: Path) -> int:
    """Write a backup of `data` to `file`; whole or not at all. Works while Hemma runs."""
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent}.")
    part = file.with_name(file.name + ".part")
    try:
        with database(data, "backup") as url, tempfile.TemporaryDirectory(dir=file.parent) as work:
            major = server_major(url)
            dump = Path(work) / DUMP
            _dump(url, dump, major)
            _pack(part, dump, data, major)
        part.replace(file)
        _flush_folder(file.parent)
    finally:
        part.unlink(missing_ok=True)
    say(f"Everything is in {file} ({file.stat().st_size / 1e6:.1f} MB). It holds the secret key:")
    say("keep it where only you can read it. Read it back with: hemma restore FILE")
    return 0


def server_major(url: str) -> int:
    """The major version of the server behind `url`. Refuses when it does not answer."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise Refusal(f"The database does not answer: {error}") from error


def _dump(url: str, target: Path, major: int) -> None:
    tool = client_tools(major).program("pg_dump")
    words = [tool, "--format=custom", "--no-owner", "--no-privileges", "--file", str(target), url]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Refusal(f"The database could not be written out:\n{done.stderr.strip()}")


def _pack(part: Path, dump: Path, data: Path, major: int) -> None:
    sums: dict[str, str] = {}
    handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, path in [(DUMP, dump), *_files(data)]:
                sums[name] = _add(tar, name, path)
            made_at = clock.now().isoformat(timespec="seconds")
            manifest = Manifest(FORMAT, __version__, made_at, major, sums)
            text = json.dumps(asdict(manifest), indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode = len(text), 0o600
            tar.addfile(entry, io.BytesIO(text))
        out.flush()
        os.fsync(out.fileno())


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for name in KEPT:
        top = data / name
        paths = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in paths:
            if path.is_file() and not path.is_symlink():
                yield f"files/{path.relative_to(data).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        status = os.fstat(source.fileno())
        entry.size, entry.mode, entry.mtime = status.st_size, 0o600, int(status.st_mtime)
        reader = Summing(source)
        tar.addfile(entry, reader)
        return reader.sum.hexdigest()


class Summing:
    """A reader that keeps the SHA-256 of what went through it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        block = self._source.read(size)
        self.sum.update(block)
        return block


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
