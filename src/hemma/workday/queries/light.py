"""Whether one is at work, for those one lives with: that alone."""

from hemma.people.models import Person
from hemma.people.system import System
from hemma.people.visibility import reads
from hemma.workday.models import HomeLight, Mode
from hemma.workday.queries.border import hours_now
from hemma.workday.queries.modes import chosen_mode


@reads("workday.light")
def light_of(asker: Person) -> HomeLight | None:
    """The light that `asker` has made for their household; its address is shown nowhere again."""
    return HomeLight.objects.filter(person=asker).defer("fingerprint").first()


@reads("workday.light")
def whose_light(_asker: System, fingerprint: str) -> Person | None:
    """Whose light a secret opens; None for an unknown one and for someone who has left."""
    found = HomeLight.objects.filter(fingerprint=fingerprint, person__is_active=True)
    row = found.select_related("person__site").first()
    return row.person if row else None


@reads("workday.mode", "planning.shift", "workday.hours")
def is_at_work(asker: Person) -> bool:
    """Whether `asker` has begun the day and it is not over: said by them, or by their hours.

    Focus, pauses, a lost line and stepping away are work like the rest: a light that told them
    apart would tell when somebody needed a moment.
    """
    return chosen_mode(asker, asker) != Mode.OFF and hours_now(asker).works
