"""What stands beside a case: instructions in force, mandate, decisions, saved replies."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from hemma.desk.models import (
    Case,
    Decision,
    Instruction,
    InstructionRead,
    InstructionVersion,
    Mandate,
    Queue,
    SavedReply,
)
from hemma.desk.queries.scope import cases_of, queues_of
from hemma.lib import clock
from hemma.lib.folding import fold, words_of
from hemma.people.models import Membership, Person
from hemma.people.visibility import Asker, NotVisible, reads, standing


@dataclass(frozen=True, slots=True)
class InForce:
    """An instruction's wording now; `unread`: must be read and `asker` has not said so."""

    instruction: Instruction
    version: InstructionVersion
    is_read: bool

    @property
    def unread(self) -> bool:
        return self.version.must_read and not self.is_read


@dataclass(frozen=True, slots=True)
class Readers:
    """How many of a team have yet to read a version: a count, never who."""

    version: InstructionVersion
    unread: int


def _in_force(asker: Asker) -> QuerySet[InstructionVersion]:
    newer = InstructionVersion.objects.filter(
        instruction=OuterRef("instruction"),
        valid_from__lte=clock.now(),
        number__gt=OuterRef("number"),
    )
    return InstructionVersion.objects.filter(
        ~Exists(newer),
        instruction__queue__in=queues_of(asker),
        valid_from__lte=clock.now(),
    ).select_related("instruction__owner", "instruction__queue__team")


@reads("desk.case")
def instructions_of(asker: Asker, queue: Queue | None = None) -> list[InForce]:
    """Instructions in force, of one queue or all: unread ones first, then by title."""
    mine = InstructionRead.objects.filter(
        version=OuterRef("pk"), person=asker.pk if isinstance(asker, Person) else None
    )
    rows = _in_force(asker).annotate(is_read=Exists(mine))
    if queue is not None:
        rows = rows.filter(instruction__queue=queue)
    found = [InForce(row.instruction, row, row.is_read) for row in rows]
    return sorted(found, key=lambda one: (not one.unread, one.instruction.title))


@reads("desk.case")
def instructions_found(asker: Asker, text: str) -> list[InForce]:
    """Those in force in whose title or words every word of `text` stands, as a part of one too."""
    asked = [word for part in fold(text).split() for word in words_of(part)]
    found = []
    for one in instructions_of(asker):
        said = " ".join(words_of(f"{one.instruction.title} {one.version.text}"))
        if all(word in said for word in asked):
            found.append(one)
    return found


@reads("desk.case")
def version_for(asker: Asker, version_id: int) -> InstructionVersion:
    """A version of an instruction that exists for `asker`. Raises NotVisible (404) otherwise."""
    rows = InstructionVersion.objects.filter(instruction__queue__in=queues_of(asker))
    found = rows.filter(pk=version_id).select_related("instruction__queue").first()
    if found is None:
        raise NotVisible("desk.case", f"instruction version:{version_id}")
    return found


@reads("desk.case")
def versions_of(asker: Asker, instruction_id: int) -> list[InstructionVersion]:
    """Every version of an instruction, newest first. Raises NotVisible (404) without any."""
    rows = InstructionVersion.objects.filter(
        instruction=instruction_id, instruction__queue__in=queues_of(asker)
    )
    found = list(
        rows.select_related("instruction__queue", "instruction__owner").order_by("-number")
    )
    if not found:
        raise NotVisible("desk.case", f"instruction:{instruction_id}")
    return found


@reads("desk.case")
def unread_counts(asker: Asker) -> list[Readers]:
    """For the teams `asker` leads: how many have yet to read what all must read."""
    if not isinstance(asker, Person):
        return []
    rows = _in_force(asker).filter(must_read=True, instruction__queue__team__in=standing(asker).led)
    found = []
    for version in rows:
        read = InstructionRead.objects.filter(version=version, person=OuterRef("person"))
        team = Membership.objects.filter(team=version.instruction.queue.team_id, until=None)
        found.append(Readers(version, team.filter(~Exists(read)).count()))
    return found


@reads("desk.case")
def mandate_of(asker: Asker, queue: Queue) -> Mandate | None:
    """What may be decided alone in a queue that exists for `asker`."""
    return Mandate.objects.filter(queue=queue, queue__in=queues_of(asker)).first()


@reads("desk.case")
def decisions_of(asker: Asker, case: Case) -> list[Decision]:
    """What was decided in a case, oldest first."""
    rows = Decision.objects.filter(case=case, case__in=cases_of(asker))
    return list(rows.select_related("person", "answered_by"))


@reads("desk.case")
def decision_to_answer(asker: Asker, decision_id: int) -> Decision:
    """What somebody in a team that `asker` leads asked to decide, locked. NotVisible otherwise."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("case__queue", "person")
    if isinstance(asker, Person):
        rows = rows.filter(case__queue__team__in=standing(asker).led).exclude(person=asker)
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise NotVisible("desk.case", f"decision:{decision_id}")
    return found


@reads("desk.case")
def saved_replies(asker: Asker, queue: Queue) -> list[SavedReply]:
    """Wordings for a queue that exists for `asker`, by title."""
    return list(SavedReply.objects.filter(queue=queue, queue__in=queues_of(asker)))


@reads("desk.case")
def saved_reply_for(asker: Asker, reply_id: int) -> SavedReply:
    """One of them. Raises NotVisible (404) otherwise."""
    found = SavedReply.objects.filter(pk=reply_id, queue__in=queues_of(asker)).first()
    if found is None:
        raise NotVisible("desk.case", f"reply:{reply_id}")
    return found
