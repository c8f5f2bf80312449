"""The mail process is killed in the middle of its work: no mail is lost, none comes twice."""

import json
import os
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.db import connection

from hemma.desk import watching
from hemma.desk.actions import signing_in
from hemma.desk.models import Case, Mailbox, Message, RawMail
from hemma.desk.tests.test_whole_line import until
from hemma.lib import sealing
from hemma.lib.tests.dovecot import dovecot

KILLS, MAILS = 5, 60


def database_url() -> str:
    of = connection.settings_dict
    port = f":{of['PORT']}" if of["PORT"] else ""
    where = quote(of["HOST"], safe="")
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@{port}/{of['NAME']}?host={where}"


@pytest.mark.processes
def test_five_times_kill_9_loses_nothing_and_doubles_nothing(lasting_room, make_mail, tmp_path):
    box = lasting_room.mailbox
    with dovecot(tmp_path) as server:
        sealed = sealing.seal(server.password)
        Mailbox.objects.update(imap_port=server.imap_port, user="", sealed_password=sealed)
        box.refresh_from_db()
        for n in range(MAILS):
            raw = make_mail(message_id=f"{n}@kim", subject=f"Fråga {n}", text=f"Fråga {n}")
            server.deliver(box.address, raw)
        environment = {**os.environ, "HEMMA_DATABASE_URL": database_url()}
        told = subprocess.run(
            [sys.executable, "-m", "hemma.desk.tests.kills", str(box.pk), str(KILLS), "7"],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        said = json.loads(told.stdout.strip().splitlines()[-1])
        assert said["kills"] == KILLS
        assert said["under_way"] > 0, "it was never killed while mails came in"
        stop = threading.Event()
        imap = signing_in.imap_server(box)
        poller = threading.Thread(target=watching.watch_one, args=(box.pk, imap, stop))
        poller.start()
        try:
            watching.take_in_leftovers()
            until(lambda: Case.objects.count() >= MAILS, 60)
        finally:
            stop.set()
            poller.join(20)
    assert set(RawMail.objects.values_list("state", flat=True)) == {"taken"}
    subjects = sorted(Case.objects.values_list("subject", flat=True))
    assert subjects == sorted(f"Fråga {n}" for n in range(MAILS))
    assert Message.objects.count() == MAILS
