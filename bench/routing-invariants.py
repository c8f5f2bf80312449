"""Simulated people race for work on the real processes; the journal is judged by somebody else.

    ./hemma bench routing-invariants [--people 200] [--minutes 60] [--seed 1] [--load 0.5]
                                     [--speed 1] [--add FILE]

Web, worker and mail process on a durable database, a local mail server that customers write to by
SMTP, and people in a process of their own (`_people.py`) who act through HTTP and event streams.
Then what the journal says is written out and judged by `_judge.py`, which imports nothing of Hemma:
never two on an offer, never outside allowed modes or hours, nothing unattended without a word, load
within 10 % of equal. Measured beside: from a mail's storing to the offer on a screen.

With `--speed 6` the product's clock runs six times as fast, for all processes alike, and so do the
people: the machine then needs six times as much processor a second, so that `--load` (the share of
what everybody together could do) has to be smaller on a small one; how long a mail takes to a screen
is not told then. `--add` keeps what was found in FILE, a line a run, and tells the sums of all runs.
"""

import argparse
import json
import os
import random
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from _server import (
    database,
    faster,
    percentile,
    print_json,
    raise_open_files,
    session_cookies,
    web,
)

TEAMS = 8
BUSY_S = (40.0, 160.0)
SILENT_S = 10.0  # a case that has waited so long, by the wall, has to have had a word
NEVER = (
    "two_on_a_case",
    "two_to_a_person",
    "outside_allowed_modes",
    "outside_hours",
    "waited_without_a_word",
)


def company(people: int, mail):
    """Teams with a queue and a mailbox each; most work all through, some come later, some go."""
    from hemma.desk.actions.mailboxes import add_mailbox
    from hemma.desk.actions.queues import open_queue
    from hemma.desk.opening import MIDNIGHT
    from hemma.lib import clock
    from hemma.people.actions import Newcomer, add_people, form_team, open_site, teach
    from hemma.people.models import Role
    from hemma.people.system import SYSTEM
    from hemma.planning.actions import Plan, add_shifts

    site = open_site(actor=SYSTEM, name="Linköping", country="SE", zone="Europe/Stockholm")
    newcomers = [
        Newcomer(f"person{n}@hemma.example", f"Person {n}", (Role.AGENT,), site)
        for n in range(people)
    ]
    everybody = add_people(actor=SYSTEM, newcomers=newcomers, password="x")
    teams, always = {}, [(day, MIDNIGHT, MIDNIGHT) for day in range(7)]
    for n in range(TEAMS):
        members = everybody[n::TEAMS]
        team = form_team(actor=SYSTEM, name=f"Team {n}", site=site, members=members)
        skill = teach(
            actor=SYSTEM, code=f"skill{n}", name=f"Skill {n}", levels=[(p, 5) for p in members]
        )
        queue = open_queue(
            actor=SYSTEM, name=f"Queue {n}", programme=f"Programme {n}", team=team, skill=skill,
            answer_within=timedelta(hours=8), opening=always, language="sv", zone=site.zone,
        )  # fmt: skip
        add_mailbox(
            actor=SYSTEM, address=f"support{n}@hemma.example", queue=queue, password=mail.password,
            imap_host="127.0.0.1", imap_port=mail.imap_port, imap_security="none",
            smtp_host="127.0.0.1", smtp_port=mail.smtp_port, smtp_security="none",
        )  # fmt: skip
        teams[team.name] = members
    return everybody, teams, clock.now(), (Plan, add_shifts)


def plan(everybody, now, minutes: float, tools) -> None:
    """One in ten begins in the middle, one in ten has gone home by then."""
    from hemma.people.system import SYSTEM

    plan_of, add_shifts = tools
    half = timedelta(minutes=minutes / 2)
    spans = {0: (now + half, now + timedelta(hours=8)), 1: (now - timedelta(hours=6), now + half)}
    usual = (now - timedelta(hours=2), now + timedelta(hours=6))
    plans = []
    for number, person in enumerate(everybody):
        start, end = spans.get(number // TEAMS % 10, usual)
        plans.append(
            plan_of(person=person, starts_at=start, ends_at=end, place_type="home", activities=())
        )
    add_shifts(actor=SYSTEM, plans=plans)


@contextmanager
def child(*words: str):
    """A process of the product, for as long as the block lasts."""
    running = subprocess.Popen([sys.executable, "-P", "-m", "hemma", *words])
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()


def customers(mail, per_s: float, stop: threading.Event, seed: int) -> int:
    """Write by SMTP until `stop`; how many mails."""
    chance, number = random.Random(seed), 0
    while not stop.wait(chance.expovariate(per_s)):
        number += 1
        letter = EmailMessage()
        letter["From"] = f"Kim {number} <kim{number}@post.example>"
        letter["To"] = f"support{number % TEAMS}@hemma.example"
        letter["Subject"] = f"Fraga {number}"
        letter["Message-ID"] = f"<{seed}.{number}@post.example>"
        letter.set_content("Hej! Kan ni se efter vad som har hänt?\n\nKim")
        with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=30) as connection:
            connection.send_message(letter)
    return number


def watch(stop: threading.Event, unstated: set[str], speed: float) -> None:
    """Look every few seconds for what waits without an offer, a holder or a word."""
    from django.db import close_old_connections, connection

    from hemma.lib import clock

    while not stop.wait(5):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id FROM desk_case c LEFT JOIN routing_verdict v ON v.case_id = c.id "
                "WHERE c.state = 'open' AND c.waiting_since < %s "
                "AND v.id IS NULL AND NOT EXISTS (SELECT 1 FROM desk_holding h "
                "WHERE h.case_id = c.id AND h.until IS NULL)",
                [clock.now() - timedelta(seconds=SILENT_S * speed)],
            )
            unstated |= {f"case:{pk}" for (pk,) in cursor.fetchall()}
    close_old_connections()
    connection.close()


def written_out(teams, unstated: set[str], end) -> dict:
    """The journal and what it is judged by, as plain values."""
    from hemma.journal.models import Event
    from hemma.planning.models import Shift

    kinds = ("routing.", "workday.mode_chosen", "case.opened")
    rows = Event.objects.order_by("at").values_list("at", "kind", "subject_key", "about", "data")
    hours: dict[str, list] = {}
    for row in Shift.objects.select_related("person"):
        span = (row.starts_at.timestamp(), row.ends_at.timestamp())
        hours.setdefault(str(row.person.journal_key), []).append(span)
    return {
        "events": [
            {"at": at.timestamp(), "kind": kind, "subject": str(key), "about": about, "data": data}
            for at, kind, key, about, data in rows
            if kind.startswith(kinds)
        ],
        "hours": hours,
        "teams": {name: [str(p.journal_key) for p in inside] for name, inside in teams.items()},
        "unstated": sorted(unstated),
        "end": end.timestamp(),
    }


def late_ms(seen: dict[str, float]) -> list[float]:
    """From a mail's storing to its first offer on a screen, sorted, for the cases on a screen."""
    from hemma.desk.models import Message

    rows = Message.objects.filter(raw__isnull=False).values_list("case__subject", "raw__stored_at")
    return sorted(
        (seen[subject] - stored.timestamp()) * 1000 for subject, stored in rows if subject in seen
    )


def race(options: argparse.Namespace, clock_file: Path) -> tuple[dict, dict]:
    """Let them; what is to be judged, and what was seen beside."""
    from hemma.lib import clock
    from hemma.lib.mail.local_server import LocalMailServer

    people, minutes, seed = options.people, options.minutes, options.seed
    speed = options.speed
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        mail = LocalMailServer(folder).start()
        everybody, teams, now, tools = company(people, mail)
        plan(everybody, now, minutes, tools)
        keys = session_cookies(everybody)
        _server, port = stack.enter_context(web())
        stack.enter_context(child("worker"))
        stack.enter_context(child("mail"))
        told = {
            "port": port, "seconds": minutes * 60 / speed, "speed": speed, "seed": seed,
            "busy_s": BUSY_S,
            "people": [{"key": k, "person": p.pk} for k, p in zip(keys, everybody, strict=True)],
        }  # fmt: skip
        crowd = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("_people.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        crowd.stdin.write(json.dumps(told) + "\n")
        crowd.stdin.flush()
        stop, unstated = threading.Event(), set()
        per_s = speed * options.load * people / (sum(BUSY_S) / 2)
        threads = [
            threading.Thread(target=customers, args=(mail, per_s, stop, seed)),
            threading.Thread(target=watch, args=(stop, unstated, speed)),
        ]
        if speed != 1:
            threads.append(threading.Thread(target=faster, args=(stop, speed, clock_file)))
        for thread in threads:
            thread.start()
        said = crowd.stdout.read()
        end = clock.now()
        stop.set()
        for thread in threads:
            thread.join()
        crowd.wait(30)
        seen = json.loads(said)
        late = late_ms(seen["seen"])
        beside = {"did": seen["did"], "on_screen": len(late)}
        if late and speed == 1:
            beside |= {
                f"mail_to_screen_p{n}_ms": round(percentile(late, n / 100)) for n in (50, 99)
            }
        return written_out(teams, unstated, end), beside


def judged(told: dict, file: Path) -> dict | None:
    """What somebody finds who knows nothing of the product."""
    file.write_text(json.dumps(told))
    judge = subprocess.run(
        [sys.executable, "-I", str(Path(__file__).with_name("_judge.py")), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if judge.returncode in (0, 1) and judge.stdout:
        return json.loads(judge.stdout) | {"fine": judge.returncode == 0}
    print(judge.stderr, file=sys.stderr)
    return None


def added(found: dict, file: Path) -> dict:
    """This run to those before, and the sums of all."""
    with file.open("a") as out:
        out.write(json.dumps(found) + "\n")
    runs = [json.loads(line) for line in file.read_text().splitlines()]
    sums = {name: sum(run[name] for run in runs) for name in ("minutes", "cases", "offers", *NEVER)}
    shares = {name: sum(run["fairness"][name] for run in runs) for name in ("judged", "within")}
    return {"runs": len(runs)} | sums | shares


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60.0, help="by the product's clock")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--load", type=float, default=0.5, help="share of what all could do")
    parser.add_argument("--speed", type=float, default=1.0, help="of the product's clock")
    parser.add_argument("--keep", help="write what is judged to this file")
    parser.add_argument("--add", type=Path, help="a file that runs add up in")
    options = parser.parse_args()
    raise_open_files()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        clock_file = Path(folder) / "clock"
        os.environ["HEMMA_CLOCK_FILE"] = str(clock_file)  # before anything asks what time it is
        with database():
            told, beside = race(options, clock_file)
        found = judged(told, Path(options.keep or f"{folder}/journal.json"))
    if found is None:
        return 2
    found |= beside | {
        "people": options.people,
        "minutes": options.minutes,
        "speed": options.speed,
        "wall_s": round(time.monotonic() - began),
    }
    if options.add:
        found["all"] = added(found, options.add)
    print_json(found)
    return 0 if found["fine"] else 1


if __name__ == "__main__":
    sys.exit(main())
