"""`restore`: read a backup back. Everything is checked and loaded aside before anything is replaced."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from hemma.run.backup import DUMP, FORMAT, KEPT, MANIFEST, Manifest, Summing, server_major
from hemma.run.binaries import client_tools
from hemma.run.maintenance import database
from hemma.run.places import make_private
from hemma.run.telling import Refusal, say

BLOCK = 1 << 20
# An older server does not know what a newer pg_restore politely turns off.
HARMLESS = 'unrecognized configuration parameter "transaction_timeout"'


def read(file: Path, data: Path, *, replace: bool, migrate: bool = True) -> int:
    """Restore `file` into `data`. Without `replace` it refuses when there is something already."""
    make_private(data)
    with tempfile.TemporaryDirectory(dir=data, prefix="restore-") as work:
        manifest = unpack(file, Path(work))
        say(f"The backup of {manifest.made_at} is whole. Reading it back …")
        with database(data, "restore") as url:
            if not replace and _holds_tables(url):
                raise Refusal(
                    f"The database of {data} is not empty. Nothing was changed. To put the backup "
                    "in its place, add --replace (and make a backup of what is there first)."
                )
            _load_aside(url, Path(work) / DUMP, migrate=migrate)
            _place_attachments(Path(work) / "files", data)
            _swap(url)
            _place_secret(Path(work) / "files", data)
    say("The backup is in place. If Hemma runs, start it anew.")
    return 0


def unpack(file: Path, work: Path) -> Manifest:
    """Unpack `file` into `work` and check every checksum. Refuses a damaged or foreign file."""
    sums: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(file, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or not entry.isfile():
                    continue
                if entry.name == MANIFEST:
                    text = content.read()
                    continue
                target = _target(work, entry.name)
                reader = Summing(content)  # type: ignore[arg-type]
                with target.open("wb") as out:
                    shutil.copyfileobj(reader, out, BLOCK)
                sums[entry.name] = reader.sum.hexdigest()
        manifest = Manifest(**json.loads(text))
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {file}.") from error
    except (tarfile.TarError, ValueError, TypeError, EOFError, OSError) as error:
        raise Refusal(f"{file} is damaged or no backup of Hemma. Nothing was changed.") from error
    if manifest.format > FORMAT:
        raise Refusal(f"{file} was made by a newer Hemma ({manifest.hemma}). Nothing was changed.")
    wrong = sorted(
        name
        for name in manifest.sha256.keys() | sums.keys()
        if manifest.sha256.get(name) != sums.get(name)
    )
    if wrong or DUMP not in sums:
        raise Refusal(
            f"{file} is damaged: {', '.join(wrong) or DUMP} is not as it was written. "
            "Nothing was changed."
        )
    return manifest


def _target(work: Path, name: str) -> Path:
    parts = PurePosixPath(name).parts
    kept = parts[:1] == ("files",) and len(parts) > 1 and parts[1] in KEPT
    if ".." in parts or not (kept or parts == (DUMP,)):
        raise ValueError(f"a backup holds no {name}")
    target = work.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _holds_tables(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"
        ).fetchone()
    return bool(row and row[0])


def _load_aside(url: str, dump: Path, *, migrate: bool) -> None:
    """Load the dump into a database of its own, and bring it up to this version."""
    name = _name(url)
    aside = f"{name}_restored"
    with _server(url) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(aside))
        )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(aside)))
    other = _with_name(url, aside)
    tool = client_tools(server_major(url)).program("pg_restore")
    words = [tool, "--no-owner", "--no-privileges", "--dbname", other, str(dump)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    errors = [
        line for line in done.stderr.splitlines() if "error:" in line and HARMLESS not in line
    ]
    if errors or done.returncode not in {0, 1}:
        raise Refusal(
            "The backup could not be read into the database. What was there is unchanged.\n"
            + "\n".join(errors[:5] or [done.stderr.strip()])
        )
    if migrate:
        _migrate(other, dump.parent)


def _migrate(url: str, work: Path) -> None:
    environment = os.environ | {
        "HEMMA_DATABASE_URL": url,
        "HEMMA_DATA": str(work),  # a secret key made on the way belongs to nobody
        "DJANGO_SETTINGS_MODULE": "hemma.settings",
    }
    words = [sys.executable, "-m", "hemma.run.migrate"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    if done.returncode != 0:
        raise Refusal(
            "The backup could not be brought up to this version. What was there is unchanged.\n"
            + done.stderr.strip()[-1000:]
        )


def _swap(url: str) -> None:
    """Put the loaded database in the old one's place: both renamings in one transaction."""
    name = _name(url)
    old, new, before = (sql.Identifier(x) for x in (name, f"{name}_restored", f"{name}_before"))
    with _server(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(before))
        # Nobody may come back between the sending away and the renaming.
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(old))
        try:
            _send_away(connection, name)
            with connection.transaction():
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, before))
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(new, old))
        except psycopg.Error:
            connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(old))
            raise
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(before))


def _send_away(connection: psycopg.Connection, name: str) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
    )


def _place_attachments(files: Path, data: Path) -> None:
    """Add the files of the backup. Attachments never change, so present ones stay as they are."""
    for name in KEPT:
        top = files / name
        for source in top.rglob("*") if top.is_dir() else []:
            target = data / source.relative_to(files)
            if source.is_file() and not target.exists():
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                shutil.move(source, target)


def _place_secret(files: Path, data: Path) -> None:
    fresh, present = files / "secret.key", data / "secret.key"
    if not fresh.exists():
        return
    fresh.chmod(0o600)
    fresh.replace(present)


@contextmanager
def _server(url: str) -> Iterator[psycopg.Connection]:
    """A connection beside the database, from which it can be renamed."""
    with psycopg.connect(_with_name(url, "postgres"), autocommit=True) as connection:
        yield connection


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/") or "hemma"


def _with_name(url: str, name: str) -> str:
    parts = urlsplit(url)
    made = urlunsplit(parts._replace(path=f"/{name}"))
    # urlunsplit keeps the empty host of a socket's URL only when there is a user before it.
    return made if "://" in made else made.replace(":", "://", 1)
