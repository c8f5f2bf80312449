"""Reading one's own look around: nobody else's exists."""

from dataclasses import dataclass
from datetime import datetime

from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.workplace.models import LookAround, TipChoice
from hemma.workplace.words import TIPS


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a look around: keys of tips to think of, and of those one wants to follow.

    `looked_at` is None while one has not looked around yet.
    """

    looked_at: datetime | None
    answers: dict[str, bool]
    open: tuple[str, ...]
    wanted: tuple[str, ...]
    refused: int


@reads("workplace.look_around")
def result_of(asker: Person) -> Result:
    """`asker`'s own result, by the answers of the last time."""
    row = LookAround.objects.filter(person=asker).first()
    answers = row.answers if row else {}
    chosen = dict(TipChoice.objects.filter(person=asker).values_list("tip", "wanted"))
    fitting = [tip for tip in TIPS if answers.get(tip) is False]
    return Result(
        looked_at=row.looked_at if row else None,
        answers=answers,
        open=tuple(tip for tip in fitting if tip not in chosen),
        wanted=tuple(tip for tip in fitting if chosen.get(tip)),
        refused=sum(not wanted for wanted in chosen.values()),
    )
