"""Who may plan for whom, and whom a change of the schedule is told."""

from django.core.exceptions import PermissionDenied

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
from hemma.people.models import Membership, Person, Role
from hemma.people.queries import audiences_about
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker, has_role, standing


def check_may_plan(actor: Asker, person: Person) -> None:
    """Raise PermissionDenied unless `actor` plans, leads the person or is the system."""
    if isinstance(actor, System) or has_role(actor, Role.PLANNER):
        return
    led = standing(actor).led
    if not Membership.objects.filter(person=person, until=None, team__in=led).exists():
        raise PermissionDenied("only who plans or leads a person plans their shifts")


def tell(kind: str, *, actor: Asker, person: Person, about: str, data: dict[str, str]) -> None:
    """Journal a change of one person's schedule and have pages and the router look again."""
    record(
        kind=kind,
        retention=Retention.RECORD,
        actor=None if isinstance(actor, System) else actor,
        subject=person,
        about=about,
        data=data,
    )
    for audience in audiences_about(SYSTEM, person):
        live.publish(audience)
    live.wake("routing")
