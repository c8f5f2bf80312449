"""Other programs: keys are made and ended, addresses are told what happened, again until they hear."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from hemma.desk.models import ApiToken, Case, Delivery, Webhook
from hemma.desk.queries.connections import must_lead, token_of, webhook_of
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live, outward, sealing
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

SCOPES = (
    "cases:read", "cases:write", "messages:read", "messages:write",
    "customers:read", "customers:write",
)  # fmt: skip
EVENTS = ("case.opened", "case.reply_arrived", "case.answered", "case.solved")
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440, 1440, 1440)]
LEASE = timedelta(minutes=2)  # a worker that died lets go of what it had in hand
KEEP = timedelta(days=30)
USED_EVERY = timedelta(minutes=5)
_TELL = """
    INSERT INTO desk_delivery (id, webhook_id, event, case_number, at, state, attempts,
      next_try_at, problem)
    SELECT gen_random_uuid(), w.id, %s, %s, %s, 'queued', 0, %s, ''
    FROM desk_webhook w JOIN desk_queue q ON q.id = %s JOIN people_team t ON t.id = q.team_id
    WHERE w.ended_at IS NULL AND %s = ANY(w.events)
      AND (t.leader_id = w.made_by_id OR t.substitute_id = w.made_by_id)
"""


@transaction.atomic
def make_api_token(*, actor: Person, name: str, scopes: Sequence[str]) -> tuple[ApiToken, str]:
    """A new key, which nobody can ever read again. For who leads a team."""
    must_lead(actor)
    if not scopes or not set(scopes) <= set(SCOPES):
        raise ValidationError(_("Choose what the program may do."))
    key = f"hemma_api_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        name=name.strip()[:80],
        digest=hashlib.sha256(key.encode()).hexdigest(),
        scopes=sorted(scopes),
        made_by=actor,
        made_at=clock.now(),
    )
    _journal(actor, "desk.api_token_made", f"api_token:{row.pk}")
    return row, key


@transaction.atomic
def end_api_token(*, actor: Person, token_id: int) -> None:
    """From now on the key opens nothing."""
    row = token_of(actor, token_id)
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=clock.now())
    _journal(actor, "desk.api_token_ended", f"api_token:{row.pk}")


def note_api_use(*, actor: System, token: ApiToken) -> None:
    """Remember that the program was here, at most every five minutes."""
    del actor
    if token.used_at is None or clock.now() - token.used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=clock.now())


@transaction.atomic
def add_webhook(*, actor: Person, url: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """Have an address told of `events`; returns the secret that signs, shown this once."""
    must_lead(actor)
    if not events or not set(events) <= set(EVENTS):
        raise ValidationError(_("Choose what to tell of."))
    try:
        outward.check_url(url)
    except outward.Refused as refused:
        raise ValidationError(_("The address has to begin with https://.")) from refused
    secret = secrets.token_urlsafe(32)
    row = Webhook.objects.create(
        url=url,
        events=sorted(events),
        sealed_secret=sealing.seal(secret),
        made_by=actor,
        made_at=clock.now(),
    )
    _journal(actor, "desk.webhook_added", f"webhook:{row.pk}")
    return row, secret


@transaction.atomic
def end_webhook(*, actor: Person, webhook_id: int) -> None:
    """The address hears nothing more."""
    row = webhook_of(actor, webhook_id)
    Webhook.objects.filter(pk=row.pk).update(ended_at=clock.now())
    row.deliveries.filter(state=Delivery.State.QUEUED).delete()
    _journal(actor, "desk.webhook_ended", f"webhook:{row.pk}")


def tell_programs(*, actor: System = SYSTEM, kind: str, case: Case) -> None:
    """Leave word for every address that wants to hear; in the transaction of what happened."""
    del actor
    if kind not in EVENTS:
        return
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [kind, case.number, now, now, case.queue_id, kind])
        told = cursor.rowcount
    if told:
        live.wake("webhooks")


def deliver_due(*, actor: System = SYSTEM) -> int:
    """Tell what is due; returns how many were heard. Safe in any number of workers."""
    heard = 0
    while (one := _claim()) is not None:
        heard += _deliver(one)
    old = Delivery.objects.exclude(state=Delivery.State.QUEUED)
    old.filter(at__lt=clock.now() - KEEP).delete()
    del actor
    return heard


@transaction.atomic
def _claim() -> Delivery | None:
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, next_try_at__lte=clock.now())
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
    one = locked.order_by("next_try_at").first()
    if one is not None:
        one.attempts += 1
        one.next_try_at = clock.now() + LEASE
        one.save(update_fields=["attempts", "next_try_at"])
    return one


def _deliver(one: Delivery) -> bool:
    body = json.dumps(
        {
            "id": str(one.pk),
            "event": one.event,
            "at": one.at.isoformat(),
            "case": one.case_number,
        }
    ).encode()
    seconds = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Hemma",
        "Hemma-Delivery": str(one.pk),
        "Hemma-Signature": f"t={seconds},v1={_sign(one.webhook, seconds, body)}",
    }
    try:
        answer = outward.post(one.webhook.url, body, headers, networks=settings.OUTWARD_NETWORKS)
        problem = "" if 200 <= answer.status < 300 else f"HTTP {answer.status}"
        may_retry = True
    except outward.Unreachable as failure:
        problem, may_retry = str(failure), True
    except (outward.Refused, sealing.Unreadable) as refused:
        problem, may_retry = str(refused), False
    _note(one, problem, may_retry)
    return not problem


def _sign(webhook: Webhook, seconds: str, body: bytes) -> str:
    key = sealing.unseal(webhook.sealed_secret).encode()
    return hmac.new(key, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()


def _note(one: Delivery, problem: str, may_retry: bool) -> None:
    state, at = Delivery.State.SENT, clock.now()
    if problem:
        again = may_retry and one.attempts <= len(WAITS)
        state = Delivery.State.QUEUED if again else Delivery.State.FAILED
        at += WAITS[one.attempts - 1] if again else timedelta()
    Delivery.objects.filter(pk=one.pk).update(state=state, next_try_at=at, problem=problem[:300])


def _journal(actor: Person, kind: str, about: str) -> None:
    record(kind=kind, retention=Retention.SYSTEM, actor=actor, about=about)
