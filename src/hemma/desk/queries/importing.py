"""Files of cases that were read in: for managers and administrators, each seen by who brought it."""

from dataclasses import dataclass

from django.db.models import Count

from hemma.desk.models import CaseImport, CaseImportRow, Queue
from hemma.desk.queries.sorting import may_sort
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a file, by what became of them."""

    ready: int = 0
    made: int = 0
    known: int = 0
    bad: int = 0

    @property
    def settled(self) -> int:
        """How many rows are through."""
        return self.made + self.known + self.bad

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return self.settled + self.ready


@reads("desk.case")
def case_imports(asker: Asker) -> list[tuple[CaseImport, Counts]]:
    """The files that `asker` has read in, newest first."""
    may_sort(asker)
    found = list(CaseImport.objects.filter(by=_pk(asker)).order_by("-pk")[:50])
    counts = _counts([one.pk for one in found])
    return [(one, counts[one.pk]) for one in found]


@reads("desk.case")
def case_import(asker: Asker, batch_id: int, *, lock: bool = False) -> CaseImport:
    """One of one's own files. Raises NotVisible (404) otherwise: others' may hold what one may not see."""
    may_sort(asker)
    rows = CaseImport.objects.select_for_update() if lock else CaseImport.objects.all()
    found = rows.filter(pk=batch_id, by=_pk(asker)).first()
    if found is None:
        raise NotVisible("desk.case", f"case_import:{batch_id}")
    return found


@reads("desk.case")
def counts_of_import(_asker: Asker, batch: CaseImport) -> Counts:
    """How far a file has come."""
    return _counts([batch.pk])[batch.pk]


@reads("desk.case")
def bad_rows(_asker: Asker, batch: CaseImport, most: int | None = SHOWN) -> list[CaseImportRow]:
    """Rows that can't be used, in the file's order."""
    rows = batch.rows.filter(state=CaseImportRow.State.BAD).order_by("pk").defer("facts")
    return list(rows[:most] if most else rows)


@reads("desk.case")
def groups_of_import(_asker: Asker, batch: CaseImport) -> list[tuple[str, int]]:
    """Groups of the other program and how many cases each has, the largest first; at most 100."""
    ready = batch.rows.filter(state=CaseImportRow.State.READY).exclude(group="")
    counted = ready.values_list("group").annotate(n=Count("pk")).order_by("-n", "group")
    return list(counted[:100])


@reads("desk.case")
def queues_to_fill(asker: Asker) -> list[Queue]:
    """Every queue that cases can be brought into."""
    may_sort(asker)
    return list(Queue.objects.order_by("name"))


def _pk(asker: Asker) -> int:
    return asker.pk if isinstance(asker, Person) else 0


def _counts(ids: list[int]) -> dict[int, Counts]:
    rows = CaseImportRow.objects.filter(batch__in=ids).values_list("batch", "state")
    found: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for batch, state, number in rows.annotate(n=Count("pk")).order_by():
        found[batch][state] = number
    return {pk: Counts(**states) for pk, states in found.items()}
