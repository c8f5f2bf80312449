"""Notes among colleagues."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions.telling import tell
from hemma.desk.models import Case, Note
from hemma.desk.queries.scope import cases_of
from hemma.journal.actions import put_in_outbox
from hemma.lib import clock
from hemma.lib.cards import mask
from hemma.people.models import Person
from hemma.people.visibility import NotVisible


@transaction.atomic
def add_note(*, actor: Person, case: Case, text: str, mentions: Iterable[Person] = ()) -> Note:
    """Say something beside a case; those mentioned hear of it, if the case is theirs to see."""
    seen(actor, case)
    if not text.strip():
        raise ValidationError(_("Write something first."))
    note = write(actor, case, text, mentions)
    tell("case.noted", case, actor=actor)
    return note


def write(actor: Person | None, case: Case, text: str, mentions: Iterable[Person]) -> Note:
    """The note itself, with word to those mentioned. A part of other actions too."""
    note = Note.objects.create(
        case=case, author=actor, at=clock.now(), text=mask(text.strip())[:20_000]
    )
    for person in mentions:
        if cases_of(person).filter(pk=case.pk).exists():
            note.mentions.add(person)
            put_in_outbox(kind="case.mentioned", person=person, about=f"case:{case.pk}")
    return note


@transaction.atomic
def take_note_back(*, actor: Person, note: Note) -> None:
    """Remove a note of one's own."""
    seen(actor, note.case)
    if note.author_id != actor.pk:
        raise NotVisible("desk.case", f"note:{note.pk}", note.author)
    note.delete()
    tell("case.note_taken_back", note.case, actor=actor)


def seen(actor: Person, case: Case) -> None:
    """Raises NotVisible when the case does not exist for `actor`."""
    if not cases_of(actor).filter(pk=case.pk).exists():
        raise NotVisible("desk.case", f"case:{case.number}")
