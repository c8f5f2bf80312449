"""The mail process: one thread a mailbox, each new or changed mailbox watched within seconds."""

import logging
import threading
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from hemma.desk import actions
from hemma.desk.actions import signing_in
from hemma.desk.models import Mailbox
from hemma.desk.queries.mailboxes import active_mailboxes, files_not_scanned, raws_not_taken_in
from hemma.lib import loops, sealing, wakes
from hemma.lib.mail.imap import ImapServer
from hemma.lib.mail.watcher import Stop, Watcher
from hemma.people.system import SYSTEM

log = logging.getLogger(__name__)
ROUND_S = 60.0
LOOK_S = 2.0
SWEEP_S = 10.0
STOPPING_S = 1.0


@dataclass
class _Watch:
    server: ImapServer
    stop: threading.Event
    thread: threading.Thread


def watch_mailboxes(stop: threading.Event) -> None:
    """Keep exactly the active mailboxes watched until `stop`."""
    watches: dict[int, _Watch] = {}
    try:
        for _turn in wakes.turns("mail", stop, every_s=LOOK_S):
            _adjust(watches)
    finally:
        for watch in watches.values():
            watch.stop.set()
        for watch in watches.values():
            watch.thread.join(STOPPING_S)


def sweep(stop: threading.Event) -> None:
    """Take in what a crash left between being stored and being understood."""
    for _turn in wakes.turns("mail_sweep", stop, every_s=SWEEP_S):
        take_in_leftovers()
        scan_leftovers()


def take_in_leftovers() -> int:
    """Take in every mail that is only stored; returns how many there were."""
    left = raws_not_taken_in(SYSTEM)
    for raw_id in left:
        actions.take_in(raw_id=raw_id)
    return len(left)


def scan_leftovers() -> int:
    """Ask the scanner about files that it could not be asked about; returns how many are settled."""
    waiting = files_not_scanned(SYSTEM)
    settled = 0
    for withheld_id in waiting:
        if not actions.scan_again(withheld_id=withheld_id):
            break  # it is still away: ask again at the next turn
        settled += 1
    return settled


def _adjust(watches: dict[int, _Watch]) -> None:
    wanted = {box.pk: server for box in active_mailboxes(SYSTEM) if (server := _server(box))}
    for pk, watch in list(watches.items()):
        if wanted.get(pk) != watch.server or not watch.thread.is_alive():
            watch.stop.set()
            del watches[pk]
    for pk, server in wanted.items():
        if pk not in watches:
            watches[pk] = _start(pk, server)


def _server(box: Mailbox) -> ImapServer | None:
    try:
        return signing_in.imap_server(box)
    except sealing.Unreadable:
        log.error("the password of %s was sealed with another secret key", box.address)
        return None


def _start(pk: int, server: ImapServer) -> _Watch:
    stop = threading.Event()
    thread = threading.Thread(
        target=watch_one, args=(pk, server, stop), name=f"mailbox-{pk}", daemon=True
    )
    thread.start()
    return _Watch(server, stop, thread)


def watch_one(pk: int, server: ImapServer, stop: threading.Event) -> None:
    """Store and take in everything that arrives in one mailbox, until `stop`."""

    def on_mail(uidvalidity: int, uid: int, raw: bytes) -> None:
        try:
            close_old_connections()
            raw_id = actions.store(mailbox_id=pk, uidvalidity=uidvalidity, uid=uid, content=raw)
        except (DatabaseError, InterfaceError) as failure:
            # What can't be kept must not be passed over: begin again at the stored position.
            raise Stop(str(failure)) from failure
        try:
            actions.take_in(raw_id=raw_id)
        except (DatabaseError, InterfaceError):
            log.exception("mail %s is stored; the sweep takes it in", raw_id)

    def position() -> tuple[int | None, int]:
        close_old_connections()
        try:
            box = Mailbox.objects.only("uidvalidity", "last_uid").get(pk=pk)
        except (DatabaseError, InterfaceError) as failure:
            raise Stop(str(failure)) from failure
        return box.uidvalidity, box.last_uid

    watcher = Watcher(
        server=server,
        on_mail=on_mail,
        position=position,
        stop=stop,
        on_round=lambda: _went_well(pk),
        on_trouble=lambda failure: _note(pk, f"{type(failure).__name__}: {failure}"),
        round_s=ROUND_S,
    )
    try:
        watcher.run()
    finally:
        connection.close()


def _went_well(pk: int) -> None:
    loops.beat(f"mailbox:{pk}")
    _note(pk, "")


def _note(pk: int, problem: str) -> None:
    """Keep for the administrator how the connection is doing; never in the way of the mail."""
    try:
        close_old_connections()
        actions.note_connection(mailbox_id=pk, problem=problem)
    except (DatabaseError, InterfaceError):
        log.warning("how mailbox %s is doing could not be kept", pk)
