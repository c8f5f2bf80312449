"""A whole company at work on one server: how long its people wait for their pages.

    ./hemma bench load [--people 1500] [--seconds 300] [--ramp 120] [--pace 1.0] [--cases 20000]

`hemma serve` as it is (web, worker and mail processes) on a durable database, a local mail server, and
1,500 signed-in people in another process (`_crowd.py`), each with an open event stream, who take the
cases that the router offers and answer them. Promise: of all pages that are looked at, 95 in 100 are
there within 500 ms.

The pace is that of the company of the roster measurements: a case takes 6 minutes in the mean and people
are at a case 80 % of the time, so that one comes to everybody each 7.5 minutes; each makes somebody look
at the case, take it, answer it, see it answered and look at their day. Beside that an agent looks at the
list of cases each ten minutes and at their hours each hour, and a leader at the team each two minutes; all
of them go back afterwards. What pages ask for by themselves comes on top.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from _server import (
    Process,
    _wait_until_up,
    database,
    free_port,
    percentile,
    print_json,
    raise_open_files,
    session_cookies,
)
from pages import at_work, fill_cases, fill_modes

P95_MS = 500.0
BUSY_S, OCCUPIED = 360.0, 0.8
LOOKS = ("my day", "a case", "cases", "the team now", "own hours", "who sees what")
BY_HAND = (*LOOKS, "take", "answer")
SHOWN = (*BY_HAND, "a part of a page", "the beat")


@contextmanager
def product(folder: Path) -> Iterator[tuple[int, int]]:
    """`hemma serve` on the database of this measurement; its process and port."""
    port = free_port()
    words = ["serve", "--no-open", "--data", str(folder), "--port", str(port)]
    tree = subprocess.Popen(
        [sys.executable, "-P", "-m", "hemma", *words], stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_up(port, tree)
        yield tree.pid, port
    finally:
        tree.terminate()
        try:
            tree.wait(20)
        except subprocess.TimeoutExpired:
            tree.kill()


def company(people: int, mail):
    """The demo's company of this size, whose mailboxes lie on `mail`."""
    from hemma.lib import clock
    from hemma.people.demo import DemoCompany
    from hemma.run.demo import seeding

    made = DemoCompany(
        people_wanted=people, seed=1, now=clock.now(), password=mail.password,
        smtp_port=mail.smtp_port, imap_port=mail.imap_port,
    )  # fmt: skip
    seeding.fill(made)
    return made


class Cases:
    """What customers ask, put before the router as the mail room does."""

    def __init__(self, made, seed: int) -> None:
        from hemma.desk.models import Customer, Queue

        self.chance = random.Random(seed)
        self.queues = {unit.team.pk: Queue.objects.get(team=unit.team) for unit in made.units}
        self.people = [(one, unit.team.pk) for unit in made.units for one in unit.people]
        self.customers = list(Customer.objects.all()[:2000])
        self.number = 50_000_000

    def come(self, queues: list) -> list:
        """One new case for each of `queues`."""
        from hemma.desk.models import Case, Message
        from hemma.lib import clock

        now, cases = clock.now(), []
        for queue in queues:
            self.number += 1
            cases.append(
                Case(
                    number=self.number,
                    queue=queue,
                    customer=self.chance.choice(self.customers),
                    subject=f"Fraga {self.number}",
                    opened_at=now,
                    changed_at=now,
                    waiting_since=now,
                    promised_at=now + queue.answer_within,
                )
            )
        made = Case.objects.bulk_create(cases)
        Message.objects.bulk_create(
            Message(
                case=one, direction="in", from_name="Kim", from_address="kim@post.example", at=now,
                text="Hej! Kan ni se efter vad som har hänt?\n\nKim", message_id=f"<{one.number}@x>",
            )
            for one in made
        )  # fmt: skip
        return made

    def in_hand(self, share: float) -> dict[int, int]:
        """A case already in the hands of this share of the people: number by person."""
        from hemma.desk.models import Holding
        from hemma.lib import clock

        busy = [(one, team) for one, team in self.people if self.chance.random() < share]
        cases = self.come([self.queues[team] for _one, team in busy])
        Holding.objects.bulk_create(
            Holding(case=case, person=one, since=clock.now())
            for case, (one, _team) in zip(cases, busy, strict=True)
        )
        return {one.pk: case.number for case, (one, _team) in zip(cases, busy, strict=True)}

    def keep_coming(self, per_s: float, stop: threading.Event) -> None:
        """As many a second until `stop`, to queues as their teams are large."""
        from django.db import connection, transaction

        from hemma.lib import live

        while not stop.wait(self.chance.expovariate(per_s)):
            _one, team = self.chance.choice(self.people)
            with transaction.atomic():
                self.come([self.queues[team]])
                live.publish(f"queue:{self.queues[team].pk}")
                live.wake("routing")
        connection.close()


def below(top: int) -> dict[int, str]:
    """The processes of the product and what each is, by its command line."""
    told = subprocess.run(
        ["ps", "-axww", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in told.stdout.splitlines()]
    return {int(pid): words.split()[-1] if "hemma web" not in words else "web"
            for pid, parent, words in (row for row in rows if len(row) == 3)
            if int(parent) == top}  # fmt: skip


def cpu_by_kind(top: int, cluster: Path) -> dict[str, float]:
    """Processor seconds so far: the product's processes, and the database with all its children."""
    spent: dict[str, float] = {}
    for pid, name in below(top).items():
        spent[name] = spent.get(name, 0.0) + Process(pid).cpu_s()
    server = int((cluster / "postmaster.pid").read_text().split()[0])
    spent["database"] = sum(Process(pid).cpu_s() for pid in (server, *below(server)))
    return spent


def play(options: argparse.Namespace, folder: Path) -> dict:
    """Let them work; what the crowd measured and what the server spent."""
    from hemma.lib.mail.local_server import LocalMailServer

    with ExitStack() as stack:
        mail = LocalMailServer(Path(stack.enter_context(tempfile.TemporaryDirectory()))).start()
        made = company(options.people, mail)
        fill_modes(made)
        fill_cases(made, options.cases, open_one_in=0)
        cases = Cases(made, options.seed)
        hands = cases.in_hand(OCCUPIED)
        leaders = {unit.team.leader_id for unit in made.units}
        everybody = made.everyone[: options.people]
        people = [
            {"key": key, "case": hands.get(one.pk), "leads": one.pk in leaders}
            for key, one in zip(session_cookies(everybody), everybody, strict=True)
        ]
        top, port = stack.enter_context(product(folder))
        told = {
            "port": port, "ramp_s": options.ramp, "seconds": options.seconds, "pace": options.pace,
            "busy_s": BUSY_S, "seed": options.seed, "people": people,
        }  # fmt: skip
        return measured(told, cases, options, top, folder)


def measured(told: dict, cases: Cases, options: argparse.Namespace, top: int, folder: Path) -> dict:
    stop = threading.Event()
    per_s = options.pace * len(cases.people) * OCCUPIED / BUSY_S
    coming = threading.Thread(target=cases.keep_coming, args=(per_s, stop))
    crowd = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("_crowd.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    crowd.stdin.write(json.dumps(told) + "\n")
    crowd.stdin.flush()
    coming.start()
    try:
        open_then = json.loads(crowd.stdout.readline())["streams"]
        before = cpu_by_kind(top, folder / "postgres/data")
        print(f"{open_then} streams are open; measuring for {told['seconds']} s", flush=True)
        facts = json.loads(crowd.stdout.readline())
        after = cpu_by_kind(top, folder / "postgres/data")
    finally:
        stop.set()
        coming.join()
        crowd.kill()
    facts["cpu_s"] = {name: round(after[name] - before.get(name, 0.0), 1) for name in after}
    return facts | {"streams_before": open_then}


def verdict(facts: dict, options: argparse.Namespace) -> int:
    """Say it in words; 0 when the promise is kept."""
    ms = {name: sorted(values) for name, values in facts["ms"].items()}
    pages = sorted(value for name in LOOKS for value in ms.get(name, ()))
    by_hand = sum(len(ms.get(name, ())) for name in BY_HAND)
    a_second = sum(facts["statuses"].values()) / options.seconds
    print(
        f"{options.people} people, {facts['streams_before']} streams open at the beginning and "
        f"{facts['streams']} at the end; {by_hand} looks and acts in {options.seconds} s "
        f"({by_hand * 3600 / options.seconds / options.people:.1f} a person and hour); with what pages "
        f"ask for by themselves {a_second:.0f} requests a second"
    )
    told = {}
    for name, values in [("all pages", pages), *((name, ms.get(name, [])) for name in SHOWN)]:
        if values:
            p50, p95, p99 = (round(percentile(values, share)) for share in (0.5, 0.95, 0.99))
            told[name] = {"n": len(values), "p50_ms": p50, "p95_ms": p95, "p99_ms": p99}
            print(f"  {name:18} {len(values):7}  p50 {p50:6} ms  p95 {p95:6} ms  p99 {p99:6} ms")
    print(f"  answers {facts['statuses']}, errors {facts['errors'] or 'none'}")
    print(f"  asked most: {sorted(facts['asked'].items(), key=lambda x: -x[1])[:16]}")
    spent = ", ".join(f"{name} {spent}" for name, spent in facts["cpu_s"].items())
    print(f"  processor seconds: {spent}, client {facts['client_cpu_s']} (since it began)")
    kept = bool(pages) and percentile(pages, 0.95) < P95_MS and not facts["errors"]
    print(f"  p95 of all pages < {P95_MS:.0f} ms, no errors: {'kept' if kept else 'NOT kept'}")
    print_json({"pages": told, "requests_a_second": round(a_second, 1), "cpu_s": facts["cpu_s"],
                "errors": facts["errors"]})  # fmt: skip
    return 0 if kept else 1


def main() -> int:
    parser = argparse.ArgumentParser(description="A whole company at work on one server.")
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--ramp", type=int, default=120, help="seconds in which they come")
    parser.add_argument("--pace", type=float, default=1.0, help="2: everything twice as often")
    parser.add_argument("--cases", type=int, default=20_000, help="that lie in the database")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    raise_open_files()
    os.environ["HEMMA_CLOCK_FILE"] = at_work()  # before anything asks what time it is
    began = time.monotonic()
    with database() as folder:
        facts = play(options, folder)
    print(f"took {time.monotonic() - began:.0f} s in all")
    return verdict(facts, options)


if __name__ == "__main__":
    sys.exit(main())
