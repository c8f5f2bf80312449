"""What a page costs the server: processor time and queries, with a whole company in the database.

    ./hemma bench pages [--people 1100] [--cases 20000] [--turns 60]

Processor time is the web process's own (user and system), read from the kernel around many
requests one after the other, so that neither the network nor the client counts.
"""

import argparse
import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from _server import Process, database, print_json, raise_open_files, session_cookies, web

PAGES = {
    "my day": ("workday:my_day", "agent"),
    "team now": ("workday:team_now", "leader"),
    "cases": ("desk:cases", "agent"),
    "who sees what": ("people:visibility", "agent"),
}
BATCH = 10


def company(people: int):
    """The demo's company of this size; its first agent and that agent's leader."""
    from hemma.lib import clock
    from hemma.people.demo import DemoCompany
    from hemma.run.demo import seeding

    made = DemoCompany(
        people_wanted=people, seed=1, now=clock.now(), password="x", smtp_port=25, imap_port=143
    )
    seeding.fill(made)
    unit = made.units[0]
    agent = next(one for one in unit.people if one.pk != unit.team.leader_id)
    return made, agent, unit.team.leader


def fill_modes(company) -> None:
    """Everybody in the queue."""
    from hemma.workday.models import Mode, ModeSpell

    ModeSpell.objects.bulk_create(
        ModeSpell(person=person, mode=Mode.READY, since=company.now) for person in company.everyone
    )


def fill_cases(company, cases: int, open_one_in: int = 20) -> None:
    """`cases` cases with one message each, by COPY; one in twenty waits, the others are solved.

    `open_one_in`: 0 for none that waits.
    """
    from django.db import connection

    from hemma.desk.models import Customer, Queue

    queues = list(Queue.objects.values_list("pk", flat=True))
    customers = Customer.objects.bulk_create(
        Customer(name=f"Customer {n}", email=f"customer{n}@post.example")
        for n in range(cases // 10 + 1)
    )
    now = company.now
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY desk_case (number, queue_id, customer_id, subject, channel, state, opened_at, "
            "waiting_since, solved_at, changed_at) FROM STDIN"
        ) as copy:
            for number in range(1, cases + 1):
                at = now - timedelta(minutes=number)
                open_ = bool(open_one_in) and number % open_one_in == 0
                customer = customers[number % len(customers)].pk
                copy.write_row(
                    (
                        10_000_000 + number,
                        queues[number // 20 % len(queues)],  # one of twenty waits: in every queue
                        customer,
                        f"A question about invoice {number}",
                        "mail",
                        "open" if open_ else "solved",
                        at,
                        at if open_ else None,
                        None if open_ else at,
                        at,
                    )
                )
        cursor.execute(
            "INSERT INTO desk_message (case_id, direction, from_name, from_address, at, text, "
            "quoted, html, message_id) SELECT id, 'in', 'Customer', 'customer@post.example', "
            "opened_at, repeat('Hello, I have a question. ', 12), '', '', '' FROM desk_case"
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def at_work() -> str:
    """A clock file that makes it ten on the next Tuesday: at night the pages of work are closed."""
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    day = now + timedelta(days=(1 - now.weekday()) % 7)
    moved = day.replace(hour=10, minute=0, second=0, microsecond=0) - now
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = Path(folder) / "clock"
    file.write_text(f"{moved.total_seconds()}\n")
    return str(file)


def queries_of(person, address: str) -> int:
    """How many queries a warm page takes, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(headers={"host": "localhost"})
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        browser.get(address)
    return len(seen)


def measure(server: Process, port: int, address: str, key: str, turns: int) -> tuple[float, float]:
    """Median processor ms and median elapsed ms a request."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}", headers={"Cookie": f"sessionid={key}"}
    )

    def fetch() -> None:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()

    for _warm in range(5):
        fetch()
    cpu, elapsed = [], []
    for _batch in range(max(1, turns // BATCH)):
        # The kernel counts in hundredths of a second: several requests a reading.
        before = server.cpu_s()
        for _turn in range(BATCH):
            began = time.perf_counter()
            fetch()
            elapsed.append((time.perf_counter() - began) * 1000)
        cpu.append((server.cpu_s() - before) * 1000 / BATCH)
    return statistics.median(cpu), statistics.median(elapsed)


def main() -> int:
    parser = argparse.ArgumentParser(description="What a page costs the server.")
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--cases", type=int, default=0, help="for example 20000 or 200000")
    parser.add_argument("--turns", type=int, default=60, help="requests a page")
    options = parser.parse_args()
    raise_open_files()
    facts: dict[str, dict[str, float]] = {}
    os.environ["HEMMA_CLOCK_FILE"] = at_work()  # before anything asks what time it is
    with database():
        from django.urls import NoReverseMatch, reverse

        made, agent, leader = company(options.people)
        fill_modes(made)
        if options.cases:
            fill_cases(made, options.cases)
        keys = dict(zip(("agent", "leader"), session_cookies([agent, leader]), strict=True))
        people = {"agent": agent, "leader": leader}
        with web() as (server, port):
            for name, (url_name, who) in PAGES.items():
                try:
                    address = reverse(url_name)
                except NoReverseMatch:
                    print(f"{name}: there is no such page yet")
                    continue
                cpu_ms, elapsed_ms = measure(server, port, address, keys[who], options.turns)
                queries = queries_of(people[who], address)
                facts[name] = {
                    "cpu_ms": round(cpu_ms, 1),
                    "elapsed_ms": round(elapsed_ms, 1),
                    "queries": queries,
                }
                print(
                    f"{name:15} {cpu_ms:6.1f} ms processor, {elapsed_ms:6.1f} ms in all, {queries} queries"
                )
    print_json(facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
