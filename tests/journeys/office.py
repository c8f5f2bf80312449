"""The whole product as it runs for real: web, worker and mail processes beside a real Dovecot.

`python office.py` fills the company; everything else happens from outside.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import psycopg

from hemma.lib.tests.dovecot import Dovecot

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = "support@bjorkvik.example"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
PATIENCE_S = 200


@dataclass
class Office:
    """The running product: its address, its database, its mail server."""

    url: str
    database: str
    mail: Dovecot
    data: Path
    environment: dict[str, str] = field(repr=False)

    def sql(self, statement: str, *values: object) -> list[tuple]:
        """Rows of one statement, for what cannot be seen or done in a browser."""
        with psycopg.connect(
            self.database, autocommit=True, options="-c statement_timeout=20s"
        ) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def now(self) -> datetime:
        """The product's clock."""
        moved = float((self.data / "clock").read_text())
        return datetime.now(STOCKHOLM) + timedelta(seconds=moved)

    def move_clock(self, **by: float) -> None:
        """Let time pass for every process of the product: `move_clock(minutes=2)`."""
        file = self.data / "clock"
        moved = timedelta(seconds=float(file.read_text())) + timedelta(**by)
        part = file.with_suffix(".part")
        part.write_text(f"{moved.total_seconds()}\n")
        part.replace(file)

    def person_id(self, first_name: str) -> int:
        return self.sql("SELECT id FROM people_person WHERE name LIKE %s", f"{first_name} %")[0][0]

    def everybody_goes_home(self) -> None:
        """An empty office: nobody in a mode, nothing waiting, nothing in anybody's hands."""
        now = self.now()
        for statement in (
            "UPDATE workday_modespell SET until = greatest(since, %s) WHERE until IS NULL",
            "UPDATE routing_offer SET state = 'withdrawn', answered_at = %s WHERE state = 'open'",
            "UPDATE desk_holding SET until = greatest(since, %s) WHERE until IS NULL",
            "UPDATE desk_case SET state = 'solved', waiting_since = NULL, solved_at = %s "
            "WHERE state <> 'solved'",
        ):
            self.sql(statement, now)
        # What an earlier journey left written of a day that never ended.
        for table in ("correction", "workedrast", "worked"):
            self.sql(f"DELETE FROM workday_{table}")
        # Whoever added a passkey or a code signs in by the password alone again.
        self.sql("DELETE FROM mfa_authenticator")

    def logs(self) -> str:
        """The last words of every process, for a failing test's message."""
        parts = []
        for file in sorted((self.data / "logs").glob("*.log")):
            lines = file.read_text(errors="replace").splitlines()[-25:]
            parts.append(f"--- {file.name}\n" + "\n".join(lines))
        return "\n".join(parts)


@contextmanager
def open_office(server_url: str, data: Path, mail: Dovecot) -> Iterator[Office]:
    """Start the process tree on a database of its own and fill the company."""
    database = _new_database(server_url)
    (data / "clock").write_text(f"{_seconds_to_a_working_morning()}\n")
    environment = os.environ | {
        "HEMMA_DATA": str(data),
        "HEMMA_DATABASE_URL": database,
        "HEMMA_CLOCK_FILE": str(data / "clock"),
        "HEMMA_DEMO": "0",
        "HEMMA_SECOND_STEP": "",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "hemma.settings",
    }
    port = _free_port()
    tree = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "hemma",
            "serve",
            "--no-open",
            "--data",
            str(data),
            "--port",
            str(port),
        ],
        env=environment,
        cwd=ROOT,
        stdout=(data / "serve.txt").open("wb"),
        stderr=subprocess.STDOUT,
    )
    office = Office(f"http://localhost:{port}", database, mail, data, environment)
    try:
        _wait_until_open(office, tree)
        _fill(office)
        yield office
    finally:
        tree.send_signal(signal.SIGTERM)
        try:
            tree.wait(10)
        except subprocess.TimeoutExpired:
            tree.kill()


def _new_database(server_url: str) -> str:
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def _seconds_to_a_working_morning() -> float:
    """From now to 9.37 of the next weekday: the queue is open and nobody has a break."""
    now = datetime.now(STOCKHOLM)
    day = now.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    morning = datetime(day.year, day.month, day.day, 9, 37, tzinfo=STOCKHOLM)
    return (morning - now).total_seconds()


def _wait_until_open(office: Office, tree: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and tree.poll() is None:
        try:
            urllib.request.urlopen(f"{office.url}/sign-in/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    said = (office.data / "serve.txt").read_text()
    raise RuntimeError(f"the product did not start:\n{said}\n{office.logs()}")


def _fill(office: Office) -> None:
    told = {
        "smtp_port": office.mail.smtp_port,
        "imap_port": office.mail.imap_port,
        "password": office.mail.password,
    }
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(told),
        env=office.environment,
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the company could not be filled:\n{done.stderr}\n{office.logs()}")


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fill_company() -> None:
    """Amanda, Bengt and Tina in one team, Charlie and Elin in another, through the rooms' actions."""
    import django

    django.setup()
    from hemma.lib import clock
    from hemma.people.demo import DemoCompany
    from hemma.run.demo import seeding

    told = json.loads(sys.stdin.read())
    seeding.fill(DemoCompany(people_wanted=5, seed=1, now=clock.now(), **told))


if __name__ == "__main__":
    fill_company()
