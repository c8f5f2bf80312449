"""Reading in a file: look, answer for odd values, have it counted, or throw it away."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.insight import looking
from hemma.insight.models import DataFile, Reading
from hemma.insight.visibility import evaluates
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import NotVisible

# Rows about people lie here for no longer than it takes to look at them.
LOOKED_AT_FOR = timedelta(days=1)


def must_evaluate(actor: Person, kind: str = "insight.file") -> None:
    """Raises NotVisible for whoever does not evaluate."""
    if not evaluates(actor):
        raise NotVisible(kind)


@transaction.atomic
def read_in(
    *, actor: Person, subject: str, file_name: str, content: bytes, maximum: float | None = None
) -> DataFile:
    """Keep a file's rows to be looked at. Raises ValidationError when it is no such table."""
    must_evaluate(actor)
    rows = looking.read(subject, file_name, content)
    if not rows:
        raise ValidationError(_("The file holds no rows below its first line."))
    return DataFile.objects.create(
        subject=subject,
        by=actor,
        at=clock.now(),
        file_name=file_name[:200],
        rows=rows,
        maximum=maximum,
    )


@transaction.atomic
def have_counted(*, actor: Person, file: DataFile, answers: Mapping[str, str]) -> DataFile:
    """Hand the file to be counted, odd values as answered for.

    Raises ValidationError while one of them is not: nothing is swallowed.
    """
    must_evaluate(actor)
    file = DataFile.objects.select_for_update().get(pk=file.pk)
    if file.state != DataFile.State.LOOKED_AT:
        return file
    asked = looking.questions(file.subject, file.rows, answers, file.maximum)
    allowed = {looking.MISSING, looking.RIGHT}
    open_ones = [
        one
        for one in asked
        if one.answer not in allowed or (one.answer == looking.RIGHT and not one.may_be_right)
    ]
    if open_ones:
        raise ValidationError(_("Say of each value what it is. Nothing is counted before that."))
    file.answers = {one.key: one.answer for one in asked}
    file.state = DataFile.State.WAITING
    file.save(update_fields=["answers", "state"])
    live.wake("insight")
    return file


@transaction.atomic
def throw_away(*, actor: Person, file: DataFile) -> None:
    """Rows and what was made of them go. What was shown stays remembered by the gate."""
    must_evaluate(actor)
    record(
        kind="insight.file_thrown_away",
        retention=Retention.SYSTEM,
        actor=actor,
        about=f"file:{file.pk}",
    )
    DataFile.objects.filter(pk=file.pk).delete()


def count_files(*, actor: System = SYSTEM) -> int:  # noqa: ARG001 - the worker, and nobody else
    """Count what waits, one file a transaction; returns how many. For the worker: loads arrays."""
    done = 0
    forget_old_files()
    for pk in DataFile.objects.filter(state=DataFile.State.WAITING).values_list("pk", flat=True):
        with transaction.atomic():
            rows = DataFile.objects.select_for_update(skip_locked=True)
            file = rows.filter(pk=pk, state=DataFile.State.WAITING).first()
            if file is not None:
                _count(file)
                done += 1
    return done


def _count(file: DataFile) -> None:
    from hemma.core.effects import CannotEstimate
    from hemma.insight.counting.from_files import count_file

    kept = looking.cleaned(file.subject, file.rows, file.answers)
    try:
        with transaction.atomic():
            first, last, data = count_file(file.subject, kept, clock.now().date())
    except CannotEstimate as refused:
        file.state, file.problem = DataFile.State.REFUSED, str(refused.why)
    else:
        file.state = DataFile.State.COUNTED
        Reading.objects.create(
            subject=file.subject, first=first, last=last, made_at=clock.now(), data=data, file=file
        )
    file.counted_rows, file.rows, file.answers = len(kept), [], {}
    file.save()
    live.publish(f"person:{file.by_id}", "insight")


def forget_old_files() -> None:
    """Files that nobody had counted are thrown away after a day."""
    old = DataFile.objects.filter(at__lt=clock.now() - LOOKED_AT_FOR)
    old.filter(state=DataFile.State.LOOKED_AT).delete()
