"""The demo's own process: `python -m hemma.run.demo`, a child of `hemma demo`."""

import logging
import os
import signal
import sys
import threading
from pathlib import Path

import django

from hemma.lib import logs
from hemma.run import lifeline

PASSWORD = "demo-hemma"  # noqa: S105 - shown on the terminal; the demo alone has it
PEOPLE, MOST_ACTING = 120, 120
# Cases of the last 90 days: 50,000 for 120 people, 200,000 for 1,100, in a line between and beyond.
CASES_A_PERSON, CASES_A_PERSON_MORE = 50_000 / 120, 150_000 / 980

log = logging.getLogger("hemma.demo")


def main() -> int:
    """Fill the company, open the post office, let everybody begin; until SIGTERM."""
    lifeline.watch()
    logs.configure("demo")
    if os.environ.get("HEMMA_DEMO") != "1":
        log.error("this is the demo's process; it never runs beside a real company")
        return 2
    stop = threading.Event()
    for received in (signal.SIGTERM, signal.SIGINT):
        signal.signal(received, lambda *_: stop.set())
    django.setup()
    _live(stop)
    # Threads that wait for an answer of a server that is stopping too are not waited for.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def cases_for(people: int) -> int:
    """How much history a company of so many people has."""
    more = max(0, people - PEOPLE)
    return round(min(people, PEOPLE) * CASES_A_PERSON + more * CASES_A_PERSON_MORE)


def _live(stop: threading.Event) -> None:
    from hemma.people.demo import DemoCompany
    from hemma.run.demo import colleagues, notice, seeding
    from hemma.run.demo.customers import Customers, Office
    from hemma.run.demo.post import PostOffice, open_post_office

    data, base = Path(os.environ["HEMMA_DATA"]), os.environ["HEMMA_URL"]
    seed = int(os.environ.get("HEMMA_DEMO_SEED", "1"))
    server = open_post_office(data / "mail", PASSWORD)
    wanted = int(os.environ.get("HEMMA_DEMO_PEOPLE", str(PEOPLE)))
    company = DemoCompany(
        people_wanted=wanted,
        cases_wanted=cases_for(wanted),
        seed=seed,
        now=seeding.set_clock(os.environ.get("HEMMA_CLOCK_FILE", "")),
        password=PASSWORD,
        smtp_port=server.smtp_port,
        imap_port=server.imap_port,
    )
    seeding.fill(company)
    acting = seeding.acting(company, MOST_ACTING)
    seeding.tell(data / notice.FILE, company)
    colleagues.wait_for(base, stop)
    colleagues.start(acting, base, PASSWORD, seed, stop)
    names = {one.email for one in acting if one.answers}
    served = [u for u in company.units if any(p.email in names for p in u.people)]
    post = PostOffice(server.host, server.smtp_port, server.imap_port, PASSWORD)
    offices = [Office(unit.trade, unit.address) for unit in served or company.units]
    log.info("%d colleagues act, %d companies are written to", len(acting), len(offices))
    Customers(post, offices, len(names), seed, stop).run()


if __name__ == "__main__":
    sys.exit(main())
