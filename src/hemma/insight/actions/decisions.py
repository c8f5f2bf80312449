"""Writing down what was decided: once, and never changed."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.insight.actions.files import must_evaluate
from hemma.insight.models import Decision, Reading
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a decision. `consulted` names with whom it was talked over, or else
    `not_consulted_because` says why with nobody."""

    question: str
    alternatives: str
    grounds: str
    decided: str
    review_on: date
    consulted: str = ""
    not_consulted_because: str = ""


@transaction.atomic
def decide(
    *, actor: Person, said: Said, reading: Reading | None = None, follows: Decision | None = None
) -> Decision:
    """Write a decision down, with the figures it rests on and the one it takes the place of.

    Raises ValidationError without consultation or reason, for a review that is not ahead, or when
    another decision follows the same one already.
    """
    must_evaluate(actor, "insight.decision")
    if not said.consulted.strip() and not said.not_consulted_because.strip():
        raise ValidationError(
            {"consulted": _("Say with whom it was talked over, or why with nobody.")}
        )
    if said.review_on <= clock.now().date():
        raise ValidationError({"review_on": _("That day has passed. Choose one that lies ahead.")})
    if follows is not None and Decision.objects.filter(follows=follows).exists():
        raise ValidationError(_("Another decision follows this one already. Change that one."))
    made = Decision.objects.create(
        **asdict(said), reading=reading, by=actor, at=clock.now(), follows=follows
    )
    record(
        kind="insight.decided",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"decision:{made.pk}",
    )
    return made
