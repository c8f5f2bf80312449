"""How many at a time: one's own wish for today, and what is usual for a person."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.core.routing import Channel
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
from hemma.people.models import Membership, Person
from hemma.people.visibility import NotVisible, standing
from hemma.planning import queries as planning
from hemma.routing.models import Capacity, PersonalLimit

MOST = 9


@transaction.atomic
def limit_myself(*, actor: Person, at_most: int | None) -> None:
    """`actor` takes at most so many at a time today; None, as many as usual. Nobody asks why.

    Nothing is journalled: that somebody wanted less is nobody's business, not even later.
    """
    if at_most is None:
        PersonalLimit.objects.filter(person=actor).delete()
    elif not 0 <= at_most <= MOST:
        raise ValidationError(_("There is no such number to choose."), code="limit")
    else:
        until = planning.end_of_day(actor, actor)
        PersonalLimit.objects.update_or_create(
            person=actor, defaults={"at_most": at_most, "until": until}
        )
    live.publish(f"person:{actor.pk}", f"offer:{actor.pk}")
    live.wake("routing")


@transaction.atomic
def set_capacity(*, actor: Person, person: Person, channel: str, at_once: int) -> None:
    """What is usual for `person` in a channel; 0: not taken at all. For who leads the person.

    Raises NotVisible for anybody else's, ValidationError for a number out of reach.
    """
    led = standing(actor).led
    if not Membership.objects.filter(person=person, until=None, team__in=led).exists():
        raise NotVisible("routing.limit", f"person:{person.pk}", person)
    if not 0 <= at_once <= MOST:
        raise ValidationError(_("There is no such number to choose."), code="limit")
    Capacity.objects.update_or_create(
        person=person, channel=Channel(channel), defaults={"at_once": at_once}
    )
    record(
        kind="routing.capacity_set",
        retention=Retention.CASE,
        actor=actor,
        subject=person,
        data={"channel": channel, "at_once": at_once},
    )
    live.wake("routing")
