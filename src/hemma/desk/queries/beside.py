"""What belongs to a case besides its letters: notes, tags, links, drafts, who looks."""

from dataclasses import dataclass

from django.db.models import Q

from hemma.desk.models import Case, CaseLink, Draft, Looking, Note, Queue, SavedView, Tag
from hemma.desk.queries.scope import cases_of, queues_of
from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that stands around a case."""

    notes: list[Note]
    tags: list[Tag]
    linked: list[Case]
    merged: list[Case]
    draft: Draft | None


@once_a_page
@reads("desk.case")
def beside(asker: Asker, case: Case) -> Beside:
    """What stands around a case that exists for `asker`."""
    if not cases_of(asker).filter(pk=case.pk).exists():
        raise NotVisible("desk.case", f"case:{case.number}")
    own = Draft.objects.filter(case=case, person=asker.pk if isinstance(asker, Person) else None)
    pairs = CaseLink.objects.filter(Q(first=case) | Q(second=case)).values_list("first", "second")
    linked = {one for pair in pairs for one in pair} - {case.pk}
    both = Q(case=case) | Q(case__merged_into=case)
    return Beside(
        notes=list(Note.objects.filter(both).select_related("author").prefetch_related("mentions")),
        tags=list(case.tags.all()),
        linked=list(cases_of(asker).filter(pk__in=linked).order_by("number")),
        merged=list(cases_of(asker).filter(merged_into=case).order_by("number")),
        draft=own.first(),
    )


@reads("desk.case")
def note_for(asker: Asker, note_id: int) -> Note:
    """A note in a case that exists for `asker`. Raises NotVisible (404) otherwise."""
    found = Note.objects.filter(pk=note_id, case__in=cases_of(asker)).select_related("case").first()
    if found is None:
        raise NotVisible("desk.case", f"note:{note_id}")
    return found


@reads("desk.looking")
def who_else_looks(asker: Asker, case: Case) -> list[Person]:
    """Others who have a case open at this moment, by name."""
    now = Looking.objects.filter(case=case, case__in=cases_of(asker), until__gt=clock.now())
    others = now.exclude(person=asker) if isinstance(asker, Person) else now
    return [one.person for one in others.select_related("person").order_by("person__name")]


@reads("desk.case")
def views_of(asker: Asker) -> list[SavedView]:
    """Lists that `asker` has saved."""
    return list(SavedView.objects.filter(person=asker)) if isinstance(asker, Person) else []


@reads("desk.case")
def tags_in_use(asker: Asker) -> list[Tag]:
    """Tags on cases that exist for `asker` and are not solved, by name."""
    cases = cases_of(asker).exclude(state=Case.State.SOLVED)
    return list(Tag.objects.filter(pk__in=cases.exclude(tags=None).values("tags")))


@reads("desk.case")
def queues_here(asker: Asker) -> list[Queue]:
    """Queues whose cases exist for `asker`, by name."""
    return list(queues_of(asker).select_related("team").order_by("name"))


@reads("desk.case")
def queue_for(asker: Asker, queue_id: int) -> Queue:
    """One of them. Raises NotVisible (404) otherwise."""
    found = queues_of(asker).filter(pk=queue_id).select_related("team").first()
    if found is None:
        raise NotVisible("desk.case", f"queue:{queue_id}")
    return found
