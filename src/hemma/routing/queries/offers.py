"""What was offered and decided, for those it concerns."""

from collections import Counter
from dataclasses import dataclass

from hemma.desk import queries as desk
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people.models import Person, Team
from hemma.people.visibility import Asker, reads
from hemma.routing.models import Offer, PersonalLimit, Verdict


@reads("routing.offer")
def my_offer(asker: Asker) -> Offer | None:
    """What `asker` is asked to take right now."""
    if not isinstance(asker, Person):
        return None
    return (
        Offer.objects.filter(person=asker, state=Offer.State.OPEN, expires_at__gt=clock.now())
        .select_related("case__customer", "case__queue")
        .first()
    )


@reads("routing.offer")
def offer_to(asker: Asker, offer_id: int) -> Offer | None:
    """An offer made to `asker`, whatever has become of it."""
    if not isinstance(asker, Person):
        return None
    return Offer.objects.filter(pk=offer_id, person=asker).select_related("case").first()


@reads("routing.verdict", "desk.case")
def verdict_on(asker: Asker, number: int) -> Verdict | None:
    """The latest decision about a case that `asker` may see."""
    case: Case = desk.case_for(asker, number)
    return Verdict.objects.filter(case=case).select_related("person", "case").first()


@reads("routing.verdict", "desk.case")
def because_of(asker: Asker, case: Case) -> Counter[str]:
    """What was said about a case by those who passed it on: code and how many, never who."""
    known = desk.case_for(asker, case.number)
    rows = Offer.objects.filter(case=known).exclude(because="")
    return Counter(rows.values_list("because", flat=True))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A case that nobody could be asked about, and the codes of why."""

    case: Case
    reasons: list[dict[str, object]]


@reads("routing.verdict", "desk.case")
def unplaced(asker: Asker, team: Team | None = None, most: int = 5) -> list[Unplaced]:
    """Cases that wait because nobody fits, next promise first, as far as they exist for `asker`."""
    queues = [row.id for row in desk.queues(asker) if team is None or row.team_id == team.pk]
    rows = (
        Verdict.objects.filter(person=None, case__queue__in=queues, case__state=Case.State.OPEN)
        .exclude(case__holdings__until=None, case__holdings__isnull=False)
        .exclude(case__offers__state=Offer.State.OPEN)
        .select_related("case__customer", "case__queue")
        .order_by("case__promised_at", "case_id")
    )
    return [Unplaced(row.case, row.reasons) for row in rows[:most]]


@reads("routing.limit")
def my_limit(asker: Asker) -> int | None:
    """How many at a time `asker` wants today; None: as many as usual."""
    if not isinstance(asker, Person):
        return None
    row = PersonalLimit.objects.filter(person=asker, until__gt=clock.now()).first()
    return row.at_most if row else None
