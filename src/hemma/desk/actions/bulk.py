"""The same thing done to several cases: each with the very action, and checks, of a single one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding, moving, tagging
from hemma.desk.actions.undoing import facts_of, forget, remember
from hemma.desk.models import Case
from hemma.desk.queries.scope import cases_of
from hemma.people.models import Person
from hemma.people.visibility import NotVisible

MOST = 100

type Verb = Callable[..., Any]


@dataclass
class Done:
    """Which cases it was done to (numbers), why not to the others, and the way back."""

    numbers: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    token: UUID | None = None


@contextmanager
def counted(done: Done, case: Case) -> Iterator[None]:
    """One case of several: what is refused there is told, and stops nothing else."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as refused:
        done.refused[case.number] = " ".join(refused.messages)
    except NotVisible:
        done.refused[case.number] = ""
    else:
        done.numbers.append(case.number)


def verbs(**told: Any) -> Mapping[str, Verb]:
    """What can be done to several at once, by name, with what was told about it."""
    return {
        "take": _take,
        "solve": moving.solve,
        "wait": moving.wait_for_customer,
        "reopen": moving.reopen,
        "hand_over": partial(_hand_over, person=told.get("person")),
        "tag": partial(_tag, names=told.get("names", ())),
    }


def do_to_many(*, actor: Person, numbers: Iterable[int], verb: str, **told: Any) -> Done:
    """Do `verb` to the cases with these numbers; one way back leads from all of it."""
    act, done = verbs(**told)[verb], Done()
    cases = list(cases_of(actor).filter(number__in=list(numbers)[:MOST]).order_by("pk"))
    before = facts_of(cases)
    for case in cases:
        with counted(done, case):
            single = act(actor=actor, case=case)
            if isinstance(single, UUID):
                forget(actor, single)
    changed = {str(case.pk) for case in cases if case.number in done.numbers}
    if changed:
        after = facts_of(case for case in cases if str(case.pk) in changed)
        done.token = remember(
            actor, {pk: facts for pk, facts in before.items() if pk in changed}, after
        ).pk
    return done


def _take(*, actor: Person, case: Case) -> None:
    holder = holding.take(actor=actor, case=case)
    if holder.pk != actor.pk:
        raise ValidationError(_("%(name)s was quicker.") % {"name": holder.first_name})


def _hand_over(*, actor: Person, case: Case, person: Person | None) -> None:
    if person is None:
        raise NotVisible("desk.case", f"case:{case.number}")
    holding.hand_to(actor=actor, case=case, person=person)


def _tag(*, actor: Person, case: Case, names: Iterable[str]) -> UUID:
    held = set(case.tags.values_list("name", flat=True))
    return tagging.set_tags(actor=actor, case=case, names=held | set(names))
