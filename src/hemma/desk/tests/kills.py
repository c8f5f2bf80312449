"""Mail intake that is killed over and over: a process forks one that takes mail in, and shoots it.

    python -m hemma.desk.tests.kills MAILBOX_ID KILLS SEED

Reads the mailbox over IMAP exactly as the mail process does, and ends when every mail that the
server has is taken in. Prints how often it killed, and how often mails were under way then.
"""

import json
import os
import random
import signal
import sys
import threading
import time

import django

LONGEST_S = 2.0  # for one that has nothing to do


def main(mailbox_id: int, kills: int, seed: int) -> None:
    django.setup()
    from django.db import connections

    from hemma.desk import watching
    from hemma.desk.actions import signing_in
    from hemma.desk.models import Mailbox, RawMail
    from hemma.lib import language

    language.detect("hej på dig")  # loaded once, before any child is born
    chance = random.Random(seed)
    server = signing_in.imap_server(Mailbox.objects.get(pk=mailbox_id))

    def intake() -> None:
        watching.take_in_leftovers()
        watching.watch_one(mailbox_id, server, threading.Event())

    done = under_way = 0
    while done < kills:
        before = RawMail.objects.count()
        connections.close_all()
        child = os.fork()
        if child == 0:
            intake()
            os._exit(0)
        _let_work(child, chance.uniform(0.01, 0.35))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done += 1
        under_way += RawMail.objects.count() > before
    sys.stdout.write(json.dumps({"kills": done, "under_way": under_way}) + "\n")


def _let_work(child: int, processor_s: float) -> None:
    """Wait until the child has had so much of a processor, however busy the machine is."""
    latest = time.monotonic() + LONGEST_S
    while time.monotonic() < latest:
        with open(f"/proc/{child}/schedstat", encoding="ascii") as told:
            if int(told.read().split()[0]) >= processor_s * 1e9:
                return
        time.sleep(0.002)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
