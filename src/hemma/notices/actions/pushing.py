"""Telling browsers: at the last moment the border is asked again, and nothing outlives the shift.

A push service keeps a message for a phone that is off. So each message says how long it may wait:
until its person's working time is over, or the next focus or pause begins, and never longer.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, outward, sealing, webpush
from hemma.notices import words
from hemma.notices.actions.devices import ensure_key
from hemma.notices.models import Device, Push
from hemma.notices.queries import Gate, gate, news_for
from hemma.people.system import SYSTEM, System

LEASE = timedelta(minutes=2)  # a worker that died lets go of what it had in hand
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 30)]
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(hours=4)
GONE, NOT_OURS, BUSY = {404, 410}, {401, 403}, {429}
URGENCY = {Push.Kind.NEWS: "low", Push.Kind.TRIAL: "normal", Push.Kind.REMINDER: "normal"}


def push_due(*, actor: System = SYSTEM) -> int:
    """Tell every browser that is due; returns how many were told. Safe in any number of workers."""
    told = 0
    while (one := _claim()) is not None:
        told += _tell(actor, one)
    return told


@transaction.atomic
def _claim() -> Push | None:
    due = Push.objects.filter(next_try_at__lte=clock.now(), device__person__is_active=True)
    locked = due.select_for_update(skip_locked=True, of=("self",))
    one = locked.select_related("device__person__site").order_by("next_try_at").first()
    if one is not None:
        one.attempts += 1
        one.next_try_at = clock.now() + LEASE
        one.save(update_fields=["attempts", "next_try_at"])
    return one


def _tell(actor: System, one: Push) -> bool:
    door = gate(actor, one.device.person, one.kind)
    left = door.until - clock.now() if door.until is not None else timedelta()
    if left < SHORTEST:
        _wait(one, door)
        return False
    said = words.push(one.device.person, one.kind, news_for(actor, one.device.person), door.until)
    if said is None:  # read on the page meanwhile
        one.delete()
        return False
    _journal("notices.pushed", one)
    return _send(one, said, min(left, LONGEST))


def _wait(one: Push, door: Gate) -> None:
    """Not now: until the border opens, or not at all when what it says will be of no use then."""
    if door.opens_at is None:
        one.delete()
    else:
        Push.objects.filter(pk=one.pk).update(next_try_at=door.opens_at, attempts=0)


def _send(one: Push, said: dict[str, str], left: timedelta) -> bool:
    try:
        address, body, token = _sealed(one.device, said)
        headers = {
            "Authorization": token,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(left.total_seconds())),
            "Topic": f"hemma-{one.kind}".replace("_", "-"),
            "Urgency": URGENCY.get(Push.Kind(one.kind), "high"),
        }
        answer = outward.post(address, body, headers, networks=settings.OUTWARD_NETWORKS)
    except (outward.Refused, sealing.Unreadable, webpush.BadKey):
        return _gone(one)
    except outward.Unreachable:
        return _again(one)
    if 200 <= answer.status < 300:
        Device.objects.filter(pk=one.device_id).update(told_at=clock.now())
        one.delete()
        return True
    if answer.status in GONE | NOT_OURS:
        return _gone(one)
    if answer.status in BUSY or answer.status >= 500:
        return _again(one)
    _journal("notices.push_failed", one)
    one.delete()
    return False


def _sealed(device: Device, said: dict[str, str]) -> tuple[str, bytes, str]:
    """Address, sealed words, and who we are."""
    address = sealing.unseal(device.sealed_address)
    browser = webpush.Browser(
        webpush.decode(sealing.unseal(device.sealed_point)),
        webpush.decode(sealing.unseal(device.sealed_secret)),
    )
    token = webpush.authorization(
        address,
        sealing.unseal(ensure_key().sealed_private),
        subject=f"mailto:{settings.DEFAULT_FROM_EMAIL}",
        now_s=int(clock.now().timestamp()),
    )
    return address, webpush.seal(json.dumps(said).encode(), browser), token


def _gone(one: Push) -> bool:
    """The browser wants no more, or never was one: it is forgotten."""
    _journal("notices.device_gone", one)
    one.device.delete()
    return False


def _again(one: Push) -> bool:
    _journal("notices.push_failed", one)
    if one.attempts > len(WAITS):
        one.delete()
    else:
        at = clock.now() + WAITS[one.attempts - 1]
        Push.objects.filter(pk=one.pk).update(next_try_at=at)
    return False


def _journal(kind: str, one: Push) -> None:
    """Before it leaves: nothing can be sent without its line in the journal."""
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=None,
        subject=one.device.person,
        about=f"device:{one.device_id}",
        data={"kind": one.kind},
    )
