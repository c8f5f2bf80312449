"""Reading in a list of people: look, confirm, take back."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.actions.accounts import end_employment
from hemma.people.actions.belonging import keep_an_administrator, note, stands_anew
from hemma.people.imports import applying, reading, undoing
from hemma.people.imports.judging import judge
from hemma.people.imports.shapes import Judged
from hemma.people.models import Grant, PeopleImport, Person, Role

# A list that nobody confirmed is thrown away after a day; what it takes to undo one after thirty.
LOOKED_AT_FOR = timedelta(days=1)
UNDO_FOR = timedelta(days=30)


@transaction.atomic
def start_import(*, actor: Person, file_name: str, content: bytes) -> PeopleImport:
    """Keep a file's rows to be looked at; changes nothing else. Raises ValidationError if unreadable."""
    _forget_old()
    try:
        table = reading.read(file_name, content)
    except reading.Unreadable as problem:
        raise ValidationError(str(problem)) from problem
    return PeopleImport.objects.create(
        by=actor, at=clock.now(), file_name=file_name[:200], rows=list(table.rows)
    )


def _forget_old() -> None:
    now = clock.now()
    waiting = PeopleImport.objects.filter(state=PeopleImport.State.LOOKED_AT)
    waiting.filter(at__lt=now - LOOKED_AT_FOR).delete()
    done = PeopleImport.objects.exclude(state=PeopleImport.State.LOOKED_AT)
    done.filter(at__lt=now - UNDO_FOR).update(rows=[], before={})


@transaction.atomic
def apply_import(*, actor: Person, batch: PeopleImport) -> PeopleImport:
    """Add and change everybody whom the good rows name; the bad rows are left out.

    Judged again first: the company may have changed since somebody looked. Applying twice changes
    nothing. Raises ValidationError when nobody would be administrator any more.
    """
    batch = PeopleImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state != PeopleImport.State.LOOKED_AT:
        return batch
    now = clock.now()
    judged = judge(batch.rows, now.date())
    _keep_an_administrator(judged)
    batch.before = applying.apply(judged, now)
    batch.state, batch.applied_at = PeopleImport.State.APPLIED, now
    batch.added = len(batch.before["added"])
    batch.changed = len(judged.changed) - batch.added  # who was added has a person now, too
    batch.rows = []
    batch.save()
    note(actor, None, "imported", f"import:{batch.pk}", added=batch.added, changed=batch.changed)
    stands_anew(_moved(judged))
    return batch


def _keep_an_administrator(judged: Judged) -> None:
    ending = {
        one.person.pk
        for one in judged.changed
        if one.person is not None and one.roles is not None and Role.ADMINISTRATOR not in one.roles
    }
    gaining = any(one.roles and Role.ADMINISTRATOR in one.roles for one in judged.wanted)
    if ending and not gaining:
        keep_an_administrator(ending)


def _moved(judged: Judged) -> list[int]:
    """Whose standing is another now, among those who may have a page open."""
    return [
        one.person.pk
        for one in judged.wanted
        if one.person is not None and (one.teams is not None or one.roles is not None)
    ]


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an import: accounts removed, accounts closed, values changed since and kept."""

    removed: int
    closed: int
    kept: int


@transaction.atomic
def undo_import(*, actor: Person, batch: PeopleImport) -> Undone:
    """Take a whole import back.

    Who was added and never came is removed; who has been here since is closed as somebody who
    leaves. Values that were changed after the import stay. Raises ValidationError when it is not
    applied, too old, or nobody would be administrator any more.
    """
    batch = PeopleImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state != PeopleImport.State.APPLIED or not batch.before:
        raise ValidationError(_("This import can't be undone any more."))
    if actor.pk in batch.before["added"]:
        raise ValidationError(_("You were added by this import: somebody else has to undo it."))
    now = clock.now()
    keep_an_administrator(_loses_office(batch))
    staying, kept = undoing.undo(batch.before, now)
    for person in staying:
        end_employment(actor=actor, person=person)
    moved = {int(pk) for pk in batch.before["people"]}
    batch.state, batch.undone_at, batch.before = PeopleImport.State.UNDONE, now, {}
    batch.save()
    note(actor, None, "import_undone", f"import:{batch.pk}", closed=len(staying), kept=kept)
    stands_anew(moved)
    return Undone(removed=batch.added - len(staying), closed=len(staying), kept=kept)


def _loses_office(batch: PeopleImport) -> set[int]:
    made = Grant.objects.filter(
        pk__in=batch.before["grants"]["made"], role=Role.ADMINISTRATOR, until=None
    )
    back = Grant.objects.filter(pk__in=batch.before["grants"]["ended"], role=Role.ADMINISTRATOR)
    return set() if back.exists() else set(made.values_list("person_id", flat=True))
