"""Working in peace, and what a team has agreed about being reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person, Team
from hemma.people.visibility import NotVisible, standing
from hemma.workday.models import Peace, ReachWay, Way
from hemma.workday.worktime import minute

EVERY_MIN = (15, 30, 60, 120)
USUAL_MIN = 30


@transaction.atomic
def work_in_peace(*, actor: Person, every_min: int = USUAL_MIN) -> Peace:
    """From now on what is not urgent reaches `actor` bundled, every so many minutes."""
    if every_min not in EVERY_MIN:
        raise ValidationError(_("Choose one of the times."), code="every")
    row, _new = Peace.objects.update_or_create(
        person=actor, defaults={"since": minute(clock.now()), "every_min": every_min}
    )
    live.publish(f"person:{actor.pk}")
    return row


@transaction.atomic
def end_peace(*, actor: Person) -> None:
    """Words reach `actor` one by one again; what waited comes at once."""
    Peace.objects.filter(person=actor).delete()
    live.publish(f"person:{actor.pk}")
    live.wake("notices")


@dataclass(frozen=True, slots=True)
class Agreed:
    """One row of the agreement; without times all of each one's own hours."""

    way: str
    answer_within_min: int
    opens: time | None = None
    closes: time | None = None
    except_when: str = ""


@transaction.atomic
def agree_ways(*, actor: Person, team: Team, rows: Sequence[Agreed]) -> None:
    """Write down what the team has agreed about being reached, instead of what stood there.

    Raises NotVisible unless `actor` leads the team, ValidationError (codes `way`, `order`).
    """
    if team.pk not in standing(actor).led:
        raise NotVisible("workday.agreement", f"team:{team.pk}")
    ways = [one.way for one in rows]
    if len(set(ways)) != len(ways) or not set(ways) <= set(Way.values):
        raise ValidationError(_("Each way stands once."), code="way")
    if any((one.opens is None) != (one.closes is None) for one in rows) or any(
        one.opens >= one.closes for one in rows if one.opens and one.closes
    ):
        raise ValidationError(_("The end has to come after the start."), code="order")
    ReachWay.objects.filter(team=team).delete()
    ReachWay.objects.bulk_create(
        ReachWay(
            team=team,
            way=one.way,
            answer_within_min=one.answer_within_min,
            opens=one.opens,
            closes=one.closes,
            except_when=one.except_when.strip(),
            agreed_at=clock.now(),
        )
        for one in rows
    )
    record(
        kind="workday.ways_agreed",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"team:{team.pk}",
        data={"ways": ways},
    )
    live.publish(f"team:{team.pk}")
