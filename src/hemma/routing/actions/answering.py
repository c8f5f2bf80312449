"""What the asked person answers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk import actions as desk
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.routing.actions import hours
from hemma.routing.actions.deciding import close
from hemma.routing.models import Offer


def _gone() -> str:
    return _("This one has gone on to someone else. Nothing is lost.")


class OfferGone(Exception):
    """The offer is no longer open: answered elsewhere, passed on, or too late."""


def _mine_and_open(actor: Person, offer_id: int) -> Offer:
    """The open offer, locked. Raises NotVisible for someone else's, OfferGone for a closed one."""
    offer = Offer.objects.select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None or offer.person_id != actor.pk:
        raise NotVisible("routing.offer", f"offer:{offer_id}", offer.person if offer else None)
    if offer.state != Offer.State.OPEN or offer.expires_at <= clock.now():
        raise OfferGone(_gone())
    return offer


@transaction.atomic
def accept(*, actor: Person, offer_id: int) -> Case:
    """Take the offered case in hand. Accepting what one has accepted already is fine."""
    settled = Offer.objects.filter(pk=offer_id, person=actor, state=Offer.State.ACCEPTED)
    done = settled.select_related("case").first()
    if done is not None:
        return done.case
    offer = _mine_and_open(actor, offer_id)
    close(offer, Offer.State.ACCEPTED)
    case = offer.case
    hours.rest_after(actor, case)
    if desk.take(actor=actor, case=case) != actor:  # somebody took it from the list meanwhile
        raise OfferGone(_gone())
    return case


@transaction.atomic
def decline(*, actor: Person, offer_id: int, because: str = "") -> None:
    """Pass an offer on. Nobody asks why; `because` (`Offer.Because`) helps the case find its person.

    Raises ValidationError for a reason that is none of those.
    """
    if because and because not in Offer.Because.values:
        raise ValidationError(_("There is no such reason to choose."), code="because")
    offer = _mine_and_open(actor, offer_id)
    if because:
        offer.because = because
        offer.save(update_fields=["because"])
    close(offer, Offer.State.DECLINED)
