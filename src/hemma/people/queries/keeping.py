"""What the jobs that forget have to know: whose law, whose contract, until when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from hemma.people import keeping
from hemma.people.models import Departure, Person, ProcessingRecord, Role
from hemma.people.visibility import Asker, NotVisible, has_role, person_for, reads


@reads("people.membership")
def people_by_record_years(_asker: Asker) -> dict[int, list[int]]:
    """Years that the working-time record is kept → ids of the people whose law says so."""
    left = dict(Departure.objects.values_list("person_id", "country"))
    found: dict[int, list[int]] = defaultdict(list)
    for pk, country in Person.objects.values_list("pk", "site__country"):
        found[keeping.record_years(left.get(pk) or country or "")].append(pk)
    return dict(found)


@reads("people.processing")
def case_months(_asker: Asker) -> dict[str, int]:
    """Programme → months that its solved cases are kept, by the client's contract."""
    return dict(ProcessingRecord.objects.values_list("programme", "keep_months"))


@reads("people.processing")
def processing_records(asker: Asker) -> list[ProcessingRecord]:
    """What is written down for each client, by programme. Raises NotVisible for a client."""
    _works_here(asker)
    return list(ProcessingRecord.objects.order_by("programme"))


@reads("people.processing")
def processing_record(asker: Asker, number: int | None) -> ProcessingRecord | None:
    """One record to change, None for a new one. Raises NotVisible for who may not change it."""
    about = f"processing:{number or ''}"
    if not isinstance(asker, Person) or not has_role(asker, Role.ADMINISTRATOR, Role.MANAGER):
        raise NotVisible("people.processing", about)
    if number is None:
        return None
    found = ProcessingRecord.objects.filter(pk=number).first()
    if found is None:
        raise NotVisible("people.processing", about)
    return found


def _works_here(asker: Asker) -> None:
    if isinstance(asker, Person) and has_role(asker, Role.CLIENT):
        raise NotVisible("people.processing", "list")


@dataclass(frozen=True, slots=True)
class Leaving:
    """An account to close, or a closed one and what becomes of it."""

    person: Person
    departure: Departure | None
    reduced_by: datetime | None
    name_until: datetime | None


@reads("people.account", "people.departure")
def leaving(asker: Asker, person_id: int) -> Leaving:
    """Where one person stands on the way out; administrators only, and the person sees the look."""
    if not isinstance(asker, Person) or not has_role(asker, Role.ADMINISTRATOR):
        raise NotVisible("people.account", f"person:{person_id}")
    person = person_for(asker, "people.account", person_id)
    gone = Departure.objects.filter(person=person).first() if not person.is_active else None
    return Leaving(
        person=person,
        departure=gone,
        reduced_by=gone.at + keeping.AFTER_LEAVING if gone else None,
        name_until=keeping.record_kept_until(gone.at, gone.country) if gone else None,
    )
