"""Writing to a colleague, and having read."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock, live
from hemma.notices.actions.holding import hold
from hemma.notices.models import Notice, Sort, Word
from hemma.notices.queries import may_break_focus, neighbour
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.workday.queries import State


@transaction.atomic
def write_word(*, actor: Person, person: Person, text: str, urgent: bool = False) -> Word:
    """Leave `person` a word. It arrives when they can be reached, whoever writes.

    `urgent`: from their leader, and through focus; rest, pauses and contacts are left in peace by
    it too. Raises NotVisible for somebody whom `actor` does not work with, or for an urgent word
    from who does not lead them; ValidationError for no text.
    """
    to = neighbour(actor, person.pk)
    leads = may_break_focus(actor, person)
    if urgent and not leads:
        raise NotVisible("notices.word", f"person:{person.pk}")
    if not text.strip():
        raise ValidationError(_("Write something first."), code="empty")
    word = Word.objects.create(
        writer=actor,
        person=person,
        text=text,
        urgent=urgent,
        written_at=clock.now(),
        after_hours=leads and to.reach.state is State.OFF,
    )
    hold(person=person, sort=Sort.WORD, kind="notices.word", about=f"word:{word.pk}", word=word)
    return word


@transaction.atomic
def read_all(*, actor: Person) -> None:
    """`actor` has seen what is shown."""
    rows = Notice.objects.filter(person=actor, shown_at__isnull=False, read_at=None)
    if rows.update(read_at=clock.now()):
        live.publish(f"person:{actor.pk}", f"notices:{actor.pk}")
