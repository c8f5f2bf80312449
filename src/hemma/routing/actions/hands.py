"""What lies in the hands of someone who is gone: moved if its promise would break, else kept."""

from datetime import timedelta

from django.db import transaction

from hemma.core import routing as policy
from hemma.desk import actions as desk
from hemma.desk.models import Case, Holding
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.system import SYSTEM, System
from hemma.planning import queries as planning
from hemma.workday import queries as workday

# Somebody in their hours whose line is down, who stepped away or has not come in yet is thought to
# be back soon: a promise that holds so long keeps its person.
SOON = timedelta(minutes=15)
GONE = frozenset({policy.Mode.LOST, policy.Mode.AWAY, policy.Mode.OFF})


@transaction.atomic
def look_after(*, actor: System = SYSTEM) -> int:
    """Let go of what would break its promise in absent hands; returns how many cases."""
    held = Holding.objects.filter(
        until=None, case__state=Case.State.OPEN, case__promised_at__isnull=False
    ).select_related("case", "person")
    rows = list(held.order_by("case__promised_at", "pk"))
    ids = {row.person_id for row in rows}
    back = planning.back_at(actor, ids)
    modes = workday.modes_now(actor, ids)
    now = clock.now()  # not before the schedule was asked: whoever is here is back by now
    moved = 0
    for row in rows:
        back_at = back.get(row.person_id)
        if back_at is not None and back_at <= now and policy.Mode(modes[row.person_id]) in GONE:
            back_at = now + SOON
        promised = row.case.promised_at
        facts = policy.InHand(
            promised_s=promised.timestamp() if promised else None,
            back_s=back_at.timestamp() if back_at else None,
        )
        if policy.must_move(facts, now.timestamp()):
            _move(actor, row)
            moved += 1
    return moved


def _move(actor: System, row: Holding) -> None:
    desk.release(actor=actor, case=row.case)
    about = f"case:{row.case_id}"
    record(
        kind="routing.moved",
        retention=Retention.CASE,
        actor=None,
        subject=row.person,
        about=about,
    )
    put_in_outbox(kind="routing.looked_after", person=row.person, about=about)
