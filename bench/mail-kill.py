"""Mail intake under kill -9: nothing lost, nothing twice.

    ./hemma bench mail-kill [--kills 1000] [--mails 20000] [--seed 7]

A real Dovecot holds the mails, a durable database takes them. A process that reads the mailbox as
the mail process does is killed at a random moment, begun again, and so on; at the end every mail
has to be there exactly once. Needs Dovecot.
"""

import argparse
import json
import subprocess
import sys
from datetime import timedelta

from _server import database, print_json


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args()
    with database():
        return measure(told.kills, told.mails, told.seed)


def measure(kills: int, mails: int, seed: int) -> int:
    from hemma.desk import actions, watching
    from hemma.desk.models import Message, Queue, RawMail
    from hemma.lib.tests.dovecot import dovecot
    from hemma.people.models import Site, Team
    from hemma.people.system import SYSTEM

    team = Team.objects.create(name="Faktura", site=Site.objects.create(name="Malmö", country="SE"))
    queue = Queue.objects.create(
        name="Faktura", programme="Björkvik", team=team, answer_within=timedelta(hours=4)
    )
    with dovecot() as server:
        box = actions.add_mailbox(
            actor=SYSTEM, address="support@bjorkvik.example", queue=queue, password=server.password,
            imap_host="127.0.0.1", imap_port=server.imap_port, imap_security="none",
            smtp_host="127.0.0.1", smtp_port=server.smtp_port, smtp_security="none",
        )  # fmt: skip
        for n in range(mails):
            server.deliver(box.address, _mail(n))
        said = subprocess.run(
            [sys.executable, "-m", "hemma.desk.tests.kills", str(box.pk), str(kills), str(seed)],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        box.refresh_from_db()
        came = RawMail.objects.count()
        while watching.take_in_leftovers():
            pass
    # What was not read yet when the last process died is still on the server: by UID, none between.
    gaps = box.last_uid - came
    twice = Message.objects.count() - Message.objects.values("message_id").distinct().count()
    lost = came - Message.objects.count()
    result = json.loads(said.strip().splitlines()[-1])
    print_json({**result, "mails": came, "gaps": gaps, "lost": lost, "twice": twice})
    return int(bool(gaps or lost or twice))


def _mail(n: int) -> bytes:
    return (
        f"From: Kim Holm <kim{n % 500}@example.org>\r\nTo: support@bjorkvik.example\r\n"
        f"Subject: Fraga {n}\r\nMessage-ID: <{n}@kim>\r\n"
        f"Date: Thu, 19 Nov 2026 08:30:00 +0000\r\n\r\nHej, det var nummer {n}.\r\n"
    ).encode()


if __name__ == "__main__":
    sys.exit(main())
