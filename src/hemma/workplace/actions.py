"""Looking around where one works, and choosing among tips. It is told to nobody, nor journalled."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.models import Person
from hemma.workplace.models import LookAround, TipChoice
from hemma.workplace.words import TIPS


@transaction.atomic
def look_around(*, actor: Person, answers: Mapping[str, bool]) -> LookAround:
    """Keep how it is where `actor` works; what stood before is gone. Unknown questions are dropped."""
    known = {key: bool(answers[key]) for key in TIPS if key in answers}
    row, _new = LookAround.objects.update_or_create(
        person=actor, defaults={"answers": known, "looked_at": clock.now()}
    )
    return row


@transaction.atomic
def choose_tip(*, actor: Person, tip: str, wanted: bool) -> None:
    """Follow a tip, or never see it again, whatever one answers later. Raises ValidationError."""
    _known(tip)
    TipChoice.objects.update_or_create(
        person=actor, tip=tip, defaults={"wanted": wanted, "chosen_at": clock.now()}
    )


@transaction.atomic
def think_again(*, actor: Person, tip: str) -> None:
    """Take a choice back: the tip is open again."""
    _known(tip)
    TipChoice.objects.filter(person=actor, tip=tip).delete()


@transaction.atomic
def forget_all(*, actor: Person) -> None:
    """Delete answers and choices; nothing is left of them."""
    LookAround.objects.filter(person=actor).delete()
    TipChoice.objects.filter(person=actor).delete()


def _known(tip: str) -> None:
    if tip not in TIPS:
        raise ValidationError(_("There is no such tip."), code="tip")
