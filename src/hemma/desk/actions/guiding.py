"""Instructions, mandates, decisions and saved replies."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hemma.desk.actions.freedom import lock_free
from hemma.desk.actions.telling import tell
from hemma.desk.models import (
    Case,
    Decision,
    Instruction,
    InstructionRead,
    InstructionVersion,
    Mandate,
    Queue,
    SavedReply,
)
from hemma.desk.queries.guidance import decision_to_answer, version_for
from hemma.desk.variables import unknown_variables
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.visibility import NotVisible, standing


def _leads(actor: Person, queue: Queue) -> None:
    if queue.team_id not in standing(actor).led:
        raise NotVisible("desk.case", f"queue:{queue.pk}")


@transaction.atomic
def publish_instruction(
    *,
    actor: Person,
    queue: Queue,
    title: str,
    text: str,
    must_read: bool = False,
    valid_from: datetime | None = None,
) -> InstructionVersion:
    """A new version of the queue's instruction with this title, or its first; for its leaders."""
    _leads(actor, queue)
    if not title.strip() or not text.strip():
        raise ValidationError(_("An instruction needs a title and a text."))
    instruction = Instruction.objects.filter(queue=queue, title__iexact=title.strip()).first()
    if instruction is None:
        instruction = Instruction.objects.create(queue=queue, title=title.strip(), owner=actor)
    instruction = Instruction.objects.select_for_update().get(pk=instruction.pk)
    last = instruction.versions.aggregate(last=Max("number"))["last"] or 0
    version = InstructionVersion.objects.create(
        instruction=instruction,
        number=last + 1,
        text=text.strip(),
        must_read=must_read,
        valid_from=valid_from or clock.now(),
    )
    record(
        kind="desk.instruction_published",
        retention=Retention.CASE,
        actor=actor,
        about=f"instruction:{instruction.pk}",
        data={"version": version.number},
    )
    live.publish(f"queue:{queue.pk}", f"instructions:{queue.pk}")
    return version


@transaction.atomic
def confirm_read(*, actor: Person, version_id: int) -> None:
    """I have read this version."""
    version = version_for(actor, version_id)
    InstructionRead.objects.get_or_create(
        version=version, person=actor, defaults={"at": clock.now()}
    )
    queue = version.instruction.queue_id
    live.publish(f"person:{actor.pk}", f"instructions:{queue}")


@transaction.atomic
def set_mandate(
    *,
    actor: Person,
    queue: Queue,
    up_to: Decimal,
    currency: str = "SEK",
    more: str = "",
    answer_within: timedelta = timedelta(minutes=15),
) -> Mandate:
    """Say what everyone who answers the queue may decide alone; for its team's leaders."""
    _leads(actor, queue)
    if up_to < 0:
        raise ValidationError(_("The amount can't be below zero."))
    mandate, _new = Mandate.objects.update_or_create(
        queue=queue,
        defaults={
            "up_to": up_to,
            "currency": currency,
            "more": more.strip(),
            "answer_within": answer_within,
        },
    )
    record(
        kind="desk.mandate_set", retention=Retention.CASE, actor=actor, about=f"queue:{queue.pk}"
    )
    return mandate


@transaction.atomic
def decide(*, actor: Person, case: Case, amount: Decimal, what: str) -> Decision:
    """Decide something for a customer: at once within the mandate, above it by asking."""
    locked = lock_free(actor, case)
    mandate = Mandate.objects.filter(queue=locked.queue).first()
    if mandate is None:
        raise ValidationError(_("This queue has no mandate yet. Ask your team leader."))
    if amount < 0 or not what.strip():
        raise ValidationError(_("Say what you decide, and for how much."))
    now, within = clock.now(), amount <= mandate.up_to
    state = Decision.State.DECIDED if within else Decision.State.ASKED
    decision = Decision.objects.create(
        case=locked,
        person=actor,
        amount=amount,
        currency=mandate.currency,
        what=what.strip()[:300],
        state=state,
        at=now,
        answer_by=None if within else now + mandate.answer_within,
    )
    if not within:
        for leader in {locked.queue.team.leader, locked.queue.team.substitute} - {None}:
            put_in_outbox(kind="case.decision_asked", person=leader, about=f"case:{locked.pk}")
    tell(f"case.{state}", locked, actor=actor, subject=actor, data={"amount": str(amount)})
    return decision


@transaction.atomic
def answer_decision(*, actor: Person, decision_id: int, agreed: bool, answer: str = "") -> Decision:
    """A leader's answer to what somebody asked to decide."""
    decision = decision_to_answer(actor, decision_id)
    if decision.state != Decision.State.ASKED:
        return decision
    decision.state = Decision.State.AGREED if agreed else Decision.State.REFUSED
    decision.answered_by, decision.answer = actor, answer.strip()[:300]
    decision.save(update_fields=["state", "answered_by", "answer"])
    put_in_outbox(
        kind="case.decision_answered", person=decision.person, about=f"case:{decision.case_id}"
    )
    tell(f"case.decision_{decision.state}", decision.case, actor=actor, subject=decision.person)
    return decision


@transaction.atomic
def save_reply(*, actor: Person, queue: Queue, title: str, text: str) -> SavedReply:
    """Keep a wording for everyone who answers the queue; the same title again replaces it."""
    if queue.team_id not in standing(actor).seen_teams:
        raise NotVisible("desk.case", f"queue:{queue.pk}")
    if not title.strip() or not text.strip():
        raise ValidationError(_("A saved reply needs a title and a text."))
    if unknown := unknown_variables(text):
        raise ValidationError(
            _("Nobody knows what to put in place of %(names)s.") % {"names": ", ".join(unknown)}
        )
    found = SavedReply.objects.filter(queue=queue, title__iexact=title.strip()).first()
    reply = found or SavedReply(queue=queue, title=title.strip()[:80])
    reply.text = text.strip()
    reply.save()
    return reply
