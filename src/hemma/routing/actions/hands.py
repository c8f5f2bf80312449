"""What lies in the hands of someone who is gone: moved if its promise would break, else kept."""

from datetime import datetime, timedelta

from django.db import transaction

from hemma.core import routing as policy
from hemma.desk import actions as desk
from hemma.desk.models import Case, Holding
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.planning import queries as planning
from hemma.routing import queries
from hemma.workday import queries as workday

# Somebody in their hours whose line is down, who stepped away or has not come in yet is thought to
# be back soon: a promise that holds so long keeps its person.
SOON = timedelta(minutes=15)
# A promise as near as this does not wait for the usual round of offers.
URGENT = timedelta(hours=2)
HANDLING = timedelta(minutes=30)
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
    gaps = workday.away_until(actor, ids)
    now = clock.now()  # not before the schedule was asked: whoever is here is back by now
    moved = 0
    for row in rows:
        back_at = back.get(row.person_id)
        if back_at is not None and back_at <= now and policy.Mode(modes[row.person_id]) in GONE:
            back_at = gaps.get(row.person_id, now + SOON)
        promised = row.case.promised_at
        facts = policy.InHand(
            promised_s=promised.timestamp() if promised else None,
            back_s=back_at.timestamp() if back_at else None,
        )
        if policy.must_move(facts, now.timestamp()):
            _move(actor, row, back_at)
            moved += 1
    return moved


def _move(actor: System, row: Holding, back_at: datetime | None) -> None:
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
    promised = row.case.promised_at
    if promised is not None and back_at is not None:
        _new_owner_or_new_time(actor, row.case, promised, back_at)


def _new_owner_or_new_time(
    actor: System, case: Case, promised_at: datetime, back_at: datetime
) -> None:
    """Somebody who is free by the router's own rules gets the case; else the customer a new time.

    At once and not by an offer: an offer that nobody answers would eat the time that is left.
    """
    now = clock.now()
    if promised_at - now > URGENT:
        return  # time enough for the usual way: offered, answered or passed on
    facts = queries.facts(actor)
    decisions = {one.contact: one for one in policy.decide(facts)}
    decision = decisions.get(case.pk)
    person = decision.person if decision else None
    if person is not None:
        desk.hand_to(actor=actor, case=case, person=Person.objects.get(pk=person))
        return
    desk.move_promise(actor=actor, case=case, promised_at=max(back_at, now) + HANDLING)
