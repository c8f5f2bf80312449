"""Trials with a comparison group: planned, drawn by lot, locked, ended, compared."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.insight.actions.files import must_evaluate
from hemma.insight.lots import draw, strata_of
from hemma.insight.measures import OUTCOMES
from hemma.insight.models import Pilot, PilotPlace
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person, Team
from hemma.people.system import SYSTEM, System

FEWEST = 5  # in each group, or its figures could not be told


@transaction.atomic
def plan_pilot(
    *,
    actor: Person,
    name: str,
    question: str,
    measures: Sequence[str],
    teams: Iterable[Team],
    starts_on: date,
    ends_on: date,
    pilot: Pilot | None = None,
) -> Pilot:
    """A trial being prepared, new or changed. Raises ValidationError once it has started."""
    must_evaluate(actor, "insight.pilot")
    if pilot is None:
        pilot = Pilot(made_by=actor, made_at=clock.now())
    elif Pilot.objects.select_for_update().get(pk=pilot.pk).state != Pilot.State.DRAFT:
        raise ValidationError(_("This trial has started: what it measures is fixed."))
    if not measures or set(measures) - set(OUTCOMES):
        raise ValidationError({"measures": _("Choose at least one.")})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("A trial ends after it starts.")})
    pilot.name, pilot.question, pilot.measures = name, question, list(measures)
    pilot.starts_on, pilot.ends_on, pilot.power = starts_on, ends_on, None
    pilot.save()
    pilot.teams.set(teams)
    live.wake("insight")
    return pilot


@transaction.atomic
def start_pilot(*, actor: Person, pilot: Pilot) -> Pilot:
    """Draw the lot within each team, write down who is where, and lock it all.

    Raises ValidationError when it has started, when its first day has passed, or when a group would
    be too small to be told of.
    """
    must_evaluate(actor, "insight.pilot")
    pilot = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if pilot.state != Pilot.State.DRAFT:
        raise ValidationError(_("This trial has started already."))
    if pilot.starts_on < clock.now().date():
        raise ValidationError(_("Its first day has passed. Choose one that lies ahead."))
    seed = secrets.randbelow(2**62)
    places = draw(seed, strata_of(pilot))
    sizes = [sum(tries is way for _who, _team, tries in places) for way in (True, False)]
    if min(sizes) < FEWEST:
        raise ValidationError(
            _("Each group needs five people or more, or nothing could be told of it. Add a team.")
        )
    PilotPlace.objects.bulk_create(
        PilotPlace(pilot=pilot, person_id=who, stratum=team, tries=tries)
        for who, team, tries in places
    )
    pilot.state, pilot.seed, pilot.started_at = Pilot.State.RUNNING, seed, clock.now()
    pilot.save()
    record(
        kind="insight.pilot_started",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"pilot:{pilot.pk}",
        data={"measures": pilot.measures, "people": sum(sizes)},
    )
    return pilot


@transaction.atomic
def end_pilot(*, actor: Person, pilot: Pilot) -> Pilot:
    """End it, today or after its last day; the groups are then compared. Raises ValidationError."""
    must_evaluate(actor, "insight.pilot")
    pilot = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if pilot.state != Pilot.State.RUNNING:
        raise ValidationError(_("Only a trial that is under way can be ended."))
    pilot.state = Pilot.State.ENDED
    pilot.save()
    record(
        kind="insight.pilot_ended",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"pilot:{pilot.pk}",
        data={"planned_end": f"{pilot.ends_on}", "ended": f"{clock.now().date()}"},
    )
    live.wake("insight")
    return pilot


def count_pilots(*, actor: System = SYSTEM) -> int:  # noqa: ARG001 - the worker, and nobody else
    """What drafts could find, and what ended ones found; returns how many. For the worker."""
    drafts = list(Pilot.objects.filter(state=Pilot.State.DRAFT, power__isnull=True))
    ended = list(Pilot.objects.filter(state=Pilot.State.ENDED, result__isnull=True))
    if not drafts and not ended:
        return 0
    from hemma.insight.counting.pilots import result_of, what_it_finds

    done = 0
    for pilot in drafts:
        strata = strata_of(pilot)
        power = what_it_finds(pilot, {who for own in strata.values() for who in own})
        done += Pilot.objects.filter(pk=pilot.pk, state=Pilot.State.DRAFT).update(power=power)
        live.publish(f"person:{pilot.made_by_id}", "insight")
    for pilot in ended:
        places = {place.person_id: place.tries for place in pilot.places.all()}
        done += Pilot.objects.filter(pk=pilot.pk).update(result=result_of(pilot, places))
        live.publish(f"person:{pilot.made_by_id}", "insight")
    return done
