"""What the worker does for the schedule."""

from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.people.queries import person_about
from hemma.people.system import SYSTEM
from hemma.planning import actions


def end_plans(message: OutboxMessage) -> None:
    """Somebody has left: nothing is planned for them any more."""
    person = person_about(SYSTEM, message.about)
    if person is not None:
        actions.end_plans(actor=SYSTEM, person=person)


relay.read_by("planning", "people.left", end_plans)
