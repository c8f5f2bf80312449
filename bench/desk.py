"""Mail in and the queue's page, against django-helpdesk on the same mails and the same machine.

    ./hemma bench desk [--peer PYTHON] [--mails 200] [--cases 200000] [--people 1100] [--turns 30]

`--peer` names a Python that has django-helpdesk 2.6.1 and psycopg:

    uv venv /somewhere/peer && uv pip install --python /somewhere/peer/bin/python \\
        django-helpdesk==2.6.1 'psycopg[binary]'

Each has a PostgreSQL server of its own (fsync on). Mails go in by turns, in batches of twenty; each
begins a case, which both acknowledge. What is told is processor time, that
of the process and that of all processes of its database together. Then both are filled, and the
list of open cases is asked for: ours with 50 rows, the peer's page and the 25 rows it fetches.
"""

import argparse
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from _server import TICKS, print_json
from pages import at_work

from hemma.run.throwaway import make_folder, start_throwaway

BATCH = 20
PEOPLE_A_QUEUE = 20


class Database:
    """The processes of one server: who has which parent stands in /proc."""

    def __init__(self, folder: Path) -> None:
        self._root = int(next(folder.rglob("postmaster.pid")).read_text().split()[0])

    def cpu_s(self) -> float:
        """Seconds of processor time of the server, its living and its dead processes."""
        parents, times = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(stat.parent.name)
            parents[pid] = int(fields[1])
            times[pid] = sum(int(one) for one in fields[11 : 15 if pid == self._root else 13])
        return sum(t for pid, t in times.items() if self._root in (pid, parents[pid])) / TICKS


def mail(number: int, subject: str) -> bytes:
    """A customer's mail: plain text, every second one with HTML beside it."""
    letter = EmailMessage()
    letter["From"] = f"Kim Holm <kim{number % 150}@post.example>"
    letter["To"] = "support@bjorkvik.example"
    letter["Subject"] = subject
    letter["Date"] = f"Thu, 19 Nov 2026 08:{number % 60:02}:00 +0000"
    letter["Message-ID"] = f"<{number}.{os.getpid()}@post.example>"
    text = (
        f"Hej!\n\nJag har fått faktura nummer {number} och den är högre än den brukar vara. Kan ni"
        " titta på det och förklara vad som har hänt?\n\nVi flyttade i september, så adressen kan"
        " vara fel hos er. Ring gärna på eftermiddagen.\n\nMed vänlig hälsning\nKim\n"
    )
    letter.set_content(text)
    if number % 2:
        body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        letter.add_alternative(f"<html><body>{body}</body></html>", subtype="html")
    return letter.as_bytes()


class Hemma:
    """Our side, in this process."""

    def __init__(self, folder: Path, url: str) -> None:
        os.environ |= {
            "HEMMA_DATA": str(folder), "HEMMA_DATABASE_URL": url, "HEMMA_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "hemma.settings", "HEMMA_SECOND_STEP": "",
        }  # fmt: skip
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "hemma.run.migrate"], **quiet)
        import django

        django.setup()
        logging.disable(logging.INFO)

    def setup(self, people: int) -> None:
        from pages import company, fill_modes

        from hemma.desk.models import Mailbox, MailboxSetup

        self.company, self.agent, self.leader = company(people)
        fill_modes(self.company)
        self.mailbox = Mailbox.objects.order_by("pk").first()
        MailboxSetup.objects.update_or_create(mailbox=self.mailbox, defaults={"acknowledges": True})
        self.uid = 0

    def mails(self, files: list[str]) -> float:
        from hemma.desk import actions

        contents = [Path(file).read_bytes() for file in files]
        began = time.process_time()
        for content in contents:
            self.uid += 1
            raw = actions.store(
                mailbox_id=self.mailbox.pk, uidvalidity=1, uid=self.uid, content=content
            )
            outcome = actions.take_in(raw_id=raw)
            assert outcome in {"case", "reply"}, outcome
        return time.process_time() - began

    def fill(self, cases: int) -> None:
        from pages import fill_cases

        fill_cases(self.company, cases)

    def page(self, turns: int) -> dict[str, float]:
        """The list of the leader's open cases, 50 rows a page; processor time and queries."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from hemma.desk.queries import cases

        cases.A_PAGE = 50
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        browser = Client(headers={"host": "localhost"})
        browser.force_login(self.leader, backend=backend)
        with CaptureQueriesContext(connection) as seen:
            shown = browser.get("/cases/?tab=team").content.decode()
        queries = len(seen)
        began = time.process_time()
        for _turn in range(turns):
            answer = browser.get("/cases/?tab=team")
            assert answer.status_code == 200, (answer.status_code, answer.headers)
        spent = time.process_time() - began
        rows = len(set(re.findall(r'href="/cases/(\d+)/', shown)))
        return {"cpu_s": spent, "rows": rows, "queries": queries}


class Peer:
    """django-helpdesk, in its own Python."""

    def __init__(self, python: str, url: str) -> None:
        parts = urlsplit(url)
        host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
        words = [python, str(Path(__file__).with_name("_helpdesk.py")), host]
        words += [parts.path.strip("/") or "hemma", parts.username or "hemma"]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "PYTHON"))}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.child = subprocess.Popen(words, env=clean, **pipes)

    def do(self, *words: object) -> dict[str, float]:
        print(json.dumps(words), file=self.child.stdin, flush=True)
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit("the peer has ended")
        return json.loads(line)


def write(folder: Path, first: int, count: int) -> list[str]:
    """Files of mails that begin a case each."""
    files = []
    for number in range(first, first + count):
        file = folder / f"{number}.eml"
        file.write_bytes(mail(number, f"Fråga om faktura {number}"))
        files.append(str(file))
    return files


def race(hemma, peer, databases, folder: Path, mails: int) -> dict[str, dict[str, float]]:
    """The same mails to both by turns; processor ms a mail: process, database, both."""
    spent = {name: {"process": 0.0, "database": 0.0} for name in ("hemma", "peer")}
    sides = {"hemma": hemma.mails, "peer": lambda files: peer and peer.do("mails", files)["cpu_s"]}
    for files in (write(folder, 900_000, BATCH),):  # warm
        for name, take in sides.items():
            if name in databases:
                take(files)
    for turn, first in enumerate(range(0, mails, BATCH)):
        files = write(folder, first, BATCH)
        order = [name for name in sides if name in databases]
        for name in order if turn % 2 else reversed(order):
            before = databases[name].cpu_s()
            spent[name]["process"] += sides[name](files)
            spent[name]["database"] += databases[name].cpu_s() - before
    told = {}
    for name in databases:
        each = {part: round(1000 * s / mails, 2) for part, s in spent[name].items()}
        told[name] = each | {"both": round(sum(each.values()), 2)}
    return told


def queue_page(ask, database, turns: int) -> dict[str, float]:
    """Processor ms a page: process, database, both."""
    ask(3)
    before = database.cpu_s()
    told = ask(turns)
    inside = 1000 * (database.cpu_s() - before) / turns
    process = 1000 * told.pop("cpu_s") / turns
    each = {"process": round(process, 1), "database": round(inside, 1)}
    return {**each, "both": round(process + inside, 1), **told}


def main() -> int:
    parser = argparse.ArgumentParser(description="Mail in and the queue's page, against a peer.")
    parser.add_argument("--peer", default="", help="a Python that has django-helpdesk 2.6.1")
    parser.add_argument("--mails", type=int, default=200)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--turns", type=int, default=30)
    words = parser.parse_args()
    os.environ["HEMMA_CLOCK_FILE"] = at_work()  # before anything asks what time it is
    folder, other = make_folder(), make_folder()
    letters = Path(tempfile.mkdtemp(prefix="hemma-letters-"))
    facts: dict[str, object] = {}
    with (
        start_throwaway(folder=folder, fsync=True) as own,
        start_throwaway(folder=other, fsync=True) as theirs,
    ):
        hemma = Hemma(folder, own.url())
        peer = Peer(words.peer, theirs.url()) if words.peer else None
        databases = {"hemma": Database(folder)} | ({"peer": Database(other)} if peer else {})
        hemma.setup(words.people)
        if peer:
            peer.do("setup", words.people)
        facts["mail_ms"] = race(hemma, peer, databases, letters, words.mails)
        print(json.dumps(facts["mail_ms"], indent=1), flush=True)
        hemma.fill(words.cases)
        pages = {"hemma": queue_page(hemma.page, databases["hemma"], words.turns)}
        if peer:
            peer.do("fill", words.cases)
            pages["peer"] = queue_page(
                lambda turns: peer.do("page", turns), databases["peer"], words.turns
            )
            peer.child.stdin.close()
            peer.child.wait(10)
        facts["page_ms"] = pages
        from django.db import connections

        connections.close_all()
    shutil.rmtree(letters, ignore_errors=True)
    print_json(facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
