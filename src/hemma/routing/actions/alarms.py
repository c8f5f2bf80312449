"""Word to those who can help, when nobody fits or a queue is closed. Once a case."""

from hemma.core import routing as policy
from hemma.desk import actions as desk
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.system import SYSTEM
from hemma.routing import queries
from hemma.routing.models import OnCall, OutOfHours, QueueRules, Verdict

ALARM_SHARE = 0.5  # of the allowed wait used up while nobody fits


def when_nobody_fits(verdict: Verdict, decision: policy.Decision) -> None:
    """Tell the team's leader: at once if nobody is able at all, else at half the allowed wait."""
    waited = decision.reason(policy.ReasonCode.WAITED)
    able = decision.reason(policy.ReasonCode.ABLE)
    hopeless = able is not None and able.number("able") == 0
    if not hopeless and (waited is None or waited.number("share") < ALARM_SHARE):
        return
    team = verdict.case.queue.team
    for person in {team.leader, team.substitute} - {None}:
        put_in_outbox(
            kind="routing.nobody_fits",
            person=person,
            about=f"case:{verdict.case_id}",
            data={"reasons": queries.reasons_as_data(decision.reasons)},
        )
    _note(verdict, "routing.nobody_fits")
    live.publish(f"team:{team.pk}", f"unplaced:{team.pk}")


def out_of_hours(verdict: Verdict, rules: QueueRules | None) -> None:
    """What a closed queue's rule says: word to the customer, and to whoever is on call."""
    if rules is None:
        return
    case = verdict.case
    if rules.customer_message:
        put_in_outbox(
            kind="routing.customer_word",
            person=None,
            about=f"case:{case.pk}",
            data={
                "text": rules.customer_message,
                "promised_at": case.promised_at.isoformat() if case.promised_at else None,
            },
        )
        desk.say_closed(actor=SYSTEM, case=case, text=rules.customer_message)
    if rules.out_of_hours == OutOfHours.ON_CALL:
        now = clock.now()
        listed = OnCall.objects.filter(queue=case.queue_id, starts_at__lte=now, ends_at__gt=now)
        for row in listed.select_related("person"):
            put_in_outbox(kind="routing.on_call", person=row.person, about=f"case:{case.pk}")
    _note(verdict, "routing.out_of_hours")


def _note(verdict: Verdict, kind: str) -> None:
    verdict.alarmed_at = clock.now()
    verdict.save(update_fields=["alarmed_at"])
    record(kind=kind, retention=Retention.CASE, actor=None, about=f"case:{verdict.case_id}")
