"""Files of cases that come to nothing: only looked at, or brought in and taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.models import Case, CaseImport, Customer
from hemma.desk.queries.importing import case_import
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.people.models import Person


@transaction.atomic
def drop_case_import(*, actor: Person, batch_id: int) -> None:
    """Forget a file that was only looked at; one that was begun stays as it is."""
    batch = case_import(actor, batch_id, lock=True)
    if batch.state == CaseImport.State.LOOKED_AT:
        batch.delete()


@transaction.atomic
def undo_case_import(*, actor: Person, batch_id: int) -> tuple[int, int]:
    """Take a whole import back: (cases that went, cases that stay because somebody worked on them)."""
    batch = case_import(actor, batch_id, lock=True)
    if batch.state != CaseImport.State.DONE:
        raise ValidationError(_("This can't be taken back now."))
    brought = Case.objects.filter(origin__batch=batch)
    # Whatever is done with a case moves `changed_at`, or leaves one of these behind.
    untouched = brought.filter(
        changed_at__lt=batch.at,
        holdings=None,
        decisions=None,
        merged=None,
        merged_into=None,
        incident=None,
    )
    going = dict(untouched.values_list("pk", "customer_id"))
    stays = brought.count() - len(going)
    Case.objects.filter(pk__in=going).delete()
    Customer.objects.filter(pk__in=set(going.values()), cases=None).delete()
    batch.state = CaseImport.State.UNDONE
    batch.save(update_fields=["state"])
    record(
        kind="desk.import_undone",
        retention=Retention.CASE,
        actor=actor,
        about=f"case_import:{batch.pk}",
        data={"cases": len(going), "stay": stays},
    )
    return len(going), stays
