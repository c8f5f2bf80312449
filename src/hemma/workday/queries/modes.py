"""Reading modes: what each person is in now, and one's own last days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least

from hemma.journal.models import KEEP_DAYS, Retention
from hemma.lib import clock
from hemma.lib.once import of_each_once, once_a_page
from hemma.people.models import Person
from hemma.people.system import System
from hemma.people.visibility import Asker, person_for, reads, visible_ids
from hemma.workday.models import AT_WORK, Mode, ModeSpell, Presence

KEPT = timedelta(days=KEEP_DAYS[Retention.MODE])

# Two answers and a half may go missing: a tunnel, a tab put to sleep, a router that starts again.
LOST_AFTER = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class Spell:
    """That one was in a mode from `since` (aware) to `until`; None: still is."""

    mode: Mode
    since: datetime
    until: datetime | None


@reads("workday.mode")
def modes_now(asker: Asker, people: Iterable[int]) -> dict[int, Mode]:
    """The mode each of `people` is in, for those whom `asker` may see; without a choice, off.

    It is what the person chose, also outside of their hours: who decides on work checks hours.
    Whoever takes work and whose browsers have all gone quiet is *lost* until one answers again;
    what they chose stays, and comes back with the line.
    """
    seen = visible_ids(asker, "workday.mode", people)
    chosen: dict[int, str] = of_each_once("mode chosen", seen, _chosen)
    reached = [person for person, mode in chosen.items() if mode in AT_WORK]
    chosen |= of_each_once("line down", reached, _lost)
    return {person: Mode(chosen.get(person, Mode.OFF)) for person in seen}


def _chosen(people: set[int]) -> dict[int, str]:
    spells = ModeSpell.objects.filter(person__in=people, until=None)
    return dict(spells.values_list("person_id", "mode"))


def _lost(people: set[int]) -> dict[int, str]:
    quiet = Presence.objects.filter(person__in=people, answered_at__lt=clock.now() - LOST_AFTER)
    return dict.fromkeys(quiet.values_list("pk", flat=True), Mode.LOST)


@reads("workday.open_today")
def open_for_s(_asker: System, people: Iterable[int], since: datetime) -> dict[int, float]:
    """Seconds since `since` that each of `people` was open for work, for a fair share of it.

    For the router alone; whoever was not open at all is left out. One query.
    """
    now = clock.now()
    begun = Greatest(F("since"), Value(since))
    ended = Least(Coalesce(F("until"), Value(now)), Value(now))
    rows = (
        ModeSpell.objects.filter(Q(until=None) | Q(until__gt=since), person__in=list(people))
        .filter(mode__in=AT_WORK)
        .values_list("person")
        .annotate(open=Sum(ended - begun))
    )
    return {person: length.total_seconds() for person, length in rows}


@once_a_page
@reads("workday.mode")
def chosen_mode(asker: Asker, person: Person) -> Mode:
    """What `person` chose, also while their line is down. Raises NotVisible as `mode_of`."""
    person_for(asker, "workday.mode", person.pk)
    return Mode(of_each_once("mode chosen", [person.pk], _chosen).get(person.pk, Mode.OFF))


@once_a_page
@reads("workday.mode")
def mode_of(asker: Asker, person: Person) -> Mode:
    """The mode `person` is in. Raises NotVisible for who may not see it."""
    person_for(asker, "workday.mode", person.pk)
    return modes_now(asker, [person.pk])[person.pk]


@reads("workday.mode_history")
def mode_history(asker: Asker, person: Person) -> list[Spell]:
    """One's own modes of the last seven days, oldest first. Raises NotVisible for anybody else."""
    person_for(asker, "workday.mode_history", person.pk)
    after = clock.now() - KEPT
    rows = ModeSpell.objects.filter(Q(until=None) | Q(until__gt=after), person=person)
    return [
        Spell(Mode(row.mode), max(row.since, after), row.until) for row in rows.order_by("since")
    ]
