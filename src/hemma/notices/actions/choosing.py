"""Which kinds one wants, in which way, and how closely bundled."""

from datetime import time

from django.db import transaction

from hemma.lib import live
from hemma.notices import usual
from hemma.notices.models import Habit, Way, Wish
from hemma.people.models import Person


@transaction.atomic
def choose(*, actor: Person, wanted: set[str], way: Way = Way.PAGE) -> None:
    """Of what can be turned off in this way, `actor` wants these kinds and no others."""
    for sort in usual.choosable(way):
        is_wanted = sort.value in wanted
        mine = Wish.objects.filter(person=actor, sort=sort, way=way)
        if usual.differs(sort.value, way, is_wanted):
            mine.update_or_create(person=actor, sort=sort, way=way, defaults={"wanted": is_wanted})
        else:
            mine.delete()


@transaction.atomic
def set_habit(
    *,
    actor: Person,
    push_every: int,
    says_who: bool,
    mail_at: time | None,
    base: str,
    most_an_hour: int | None = None,
) -> None:
    """How closely `actor` is told, and when by mail (None: not); `base` is where links lead.

    `most_an_hour`: interruptions in any hour, 0 without a limit; None leaves it as it is.
    """
    often = {} if most_an_hour is None else {"most_an_hour": most_an_hour}
    Habit.objects.update_or_create(
        person=actor,
        defaults={
            "push_every": push_every,
            "says_who": says_who,
            "mail_at": mail_at,
            "base": base if mail_at else "",
            **often,
        },
    )
    live.wake("notices")
