"""The record of processing: what is done with the data of each client's customers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person, ProcessingRecord, Role
from hemma.people.visibility import has_role


@transaction.atomic
def write_processing_record(
    *, actor: Person, known: ProcessingRecord | None, **values: Any
) -> ProcessingRecord:
    """Write a client's record, or change the `known` one. Raises ValidationError for bad values."""
    if not has_role(actor, Role.ADMINISTRATOR, Role.MANAGER):
        raise PermissionDenied("only administrators and managers write the record of processing")
    row = known or ProcessingRecord()
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.full_clean()
    row.save()
    record(
        kind="people.processing_written",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"processing:{row.pk}",
        data={"keep_months": row.keep_months},
    )
    return row
