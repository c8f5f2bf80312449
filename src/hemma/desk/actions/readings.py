"""Reading each other's answers: whoever wrote chooses one, or lets chance choose; a peer tells them.

Nobody else learns of it: no leader reads it, nothing is counted by person, it is gone after 90
days. It is help among equals, no inspection.
"""

import secrets
from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.models import Message, OutgoingMail, Reading
from hemma.desk.queries.readings import answer_to_read, readers_of, reading_to_do
from hemma.journal.actions import put_in_outbox
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

LOOK_BACK = timedelta(days=7)
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def ask_reading(*, actor: Person, message_id: int, drawn: bool = False) -> Reading:
    """Ask a colleague to read one of one's own answers; once an answer. Raises ValidationError."""
    message = answer_to_read(actor, message_id)
    known = Reading.objects.filter(message=message).first()
    if known is not None:
        return known
    reading = Reading(message=message, drawn=drawn, asked_at=clock.now())
    return _give(actor, reading, without=set())


def draw_reading(*, actor: Person) -> Reading:
    """Have chance choose one of one's answers of the last week that nobody was asked to read yet."""
    recent = Message.objects.filter(
        author=actor,
        direction=Message.Direction.OUT,
        at__gte=clock.now() - LOOK_BACK,
        reading=None,
        outgoing__state=OutgoingMail.State.SENT,
    )
    ids = list(recent.values_list("pk", flat=True))
    if not ids:
        raise ValidationError(_("You have sent no answer in the last week that is not read yet."))
    return ask_reading(actor=actor, message_id=secrets.choice(ids), drawn=True)


@transaction.atomic
def pass_reading_on(*, actor: Person, reading_id: int) -> None:
    """Not now: somebody else is asked; where there is nobody else, it comes to nothing."""
    reading = reading_to_do(actor, reading_id)
    author = reading.message.author
    assert author is not None  # noqa: S101  # for the type checker
    try:
        _give(author, reading, without={actor.pk})
    except ValidationError:
        reading.delete()


@transaction.atomic
def tell_reading(
    *, actor: Person, reading_id: int, clear: bool, next_step: bool, warm: bool, words: str
) -> Reading:
    """Say to the one who wrote how it reads."""
    reading = reading_to_do(actor, reading_id)
    reading.clear, reading.next_step, reading.warm = clear, next_step, warm
    reading.words, reading.read_at = words.strip()[:2000], clock.now()
    reading.save()
    put_in_outbox(
        kind="desk.reading_told", person=reading.message.author, about=f"reading:{reading.pk}"
    )
    return reading


@transaction.atomic
def take_reading_back(*, actor: Person, message_id: int) -> None:
    """Whoever asked wants it read no more; what was told goes with it."""
    Reading.objects.filter(message=answer_to_read(actor, message_id)).delete()


def forget_readings(*, actor: System = SYSTEM) -> int:
    """Those from long ago go."""
    del actor
    return Reading.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _give(author: Person, reading: Reading, without: set[int]) -> Reading:
    """To a peer who has fewest waiting; among those, by chance."""
    peers = [one for one in readers_of(author, reading.message) if one.pk not in without]
    if not peers:
        raise ValidationError(_("There is no colleague in the team who could read it."))
    waiting = Counter(
        Reading.objects.filter(read_at=None, reader__in=peers).values_list("reader", flat=True)
    )
    least = min(waiting[one.pk] for one in peers)
    reading.reader = secrets.choice([one for one in peers if waiting[one.pk] == least])
    reading.save()
    put_in_outbox(kind="desk.reading_asked", person=reading.reader, about=f"reading:{reading.pk}")
    return reading
