"""The browsers that are told, and the key by which push services know us."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live, outward, sealing, webpush
from hemma.notices.models import Device, Push, PushKey
from hemma.notices.queries import device_of
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

MOST_DEVICES = 10  # one's oldest gives way


@transaction.atomic
def ensure_key(*, actor: System = SYSTEM) -> PushKey:
    """The installation's key: made once, sealed. One that cannot be opened any more is made anew,
    and browsers subscribed with it ask again by themselves when they are next used."""
    row = PushKey.objects.select_for_update().first()
    if row is not None and _opens(row):
        return row
    if row is not None:
        row.delete()
        Device.objects.all().delete()
    del actor
    private = webpush.new_key()
    row, made = PushKey.objects.get_or_create(
        only=True,
        defaults={
            "sealed_private": sealing.seal(private),
            "public": webpush.public_of(private),
            "made_at": clock.now(),
        },
    )
    if made:
        record(kind="notices.key_made", retention=Retention.SYSTEM, actor=None)
    return row


def _opens(row: PushKey) -> bool:
    try:
        return bool(sealing.unseal(row.sealed_private))
    except sealing.Unreadable:
        return False


@transaction.atomic
def add_device(*, actor: Person, address: str, point: str, secret: str, name: str) -> Device:
    """From now on this browser shows notices of `actor`, and of nobody who used it before.

    Raises ValidationError for what no browser gives: an address that is not https, keys that are
    none. Whether the address lies on the open internet is looked at when something is sent.
    """
    try:
        outward.check_url(address)
        webpush.Browser(webpush.decode(point), webpush.decode(secret))
    except (outward.Refused, webpush.BadKey) as wrong:
        raise ValidationError(_("The browser's answer cannot be used.")) from wrong
    device, _made = Device.objects.update_or_create(
        digest=hashlib.sha256(address.encode()).hexdigest(),
        defaults={
            "person": actor,
            "name": name[:60],
            "sealed_address": sealing.seal(address),
            "sealed_point": sealing.seal(point),
            "sealed_secret": sealing.seal(secret),
            "made_at": clock.now(),
        },
    )
    Push.objects.filter(device=device).delete()
    mine = Device.objects.filter(person=actor).order_by("-made_at", "-pk")
    for old in mine[MOST_DEVICES:]:
        old.delete()
    _journal("notices.device_added", actor)
    return device


@transaction.atomic
def remove_device(*, actor: Person, device_id: int) -> None:
    """This browser shows nothing more. Raises NotVisible for anybody else's."""
    device_of(actor, device_id).delete()
    _journal("notices.device_removed", actor)


@transaction.atomic
def forget_devices_of(*, actor: System, person: Person) -> None:
    """Somebody has left: none of their browsers is told anything."""
    del actor
    Device.objects.filter(person=person).delete()


@transaction.atomic
def try_devices(*, actor: Person) -> int:
    """Tell one's own browsers that this is what a notice looks like; returns how many."""
    now = clock.now()
    mine = list(Device.objects.filter(person=actor))
    for device in mine:
        Push.objects.update_or_create(
            device=device,
            kind=Push.Kind.TRIAL,
            defaults={"made_at": now, "next_try_at": now, "attempts": 0},
        )
    live.wake("pushes")
    return len(mine)


def _journal(kind: str, person: Person) -> None:
    record(kind=kind, retention=Retention.SYSTEM, actor=person, subject=person)
