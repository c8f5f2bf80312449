"""Files, trials and decisions."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from hemma.insight import looking
from hemma.insight.models import DataFile, Decision, Pilot, Reading
from hemma.insight.visibility import evaluates, sees_groups
from hemma.people.models import Person, Team
from hemma.people.visibility import Asker, NotVisible, reads


def _must_evaluate(asker: Asker, kind: str) -> None:
    if not isinstance(asker, Person) or not evaluates(asker):
        raise NotVisible(kind)


@reads("insight.file")
def files(asker: Asker) -> list[DataFile]:
    """Files that were read in, the newest first, without their rows."""
    _must_evaluate(asker, "insight.file")
    rows = DataFile.objects.select_related("by", "reading").defer("rows", "answers")
    return list(rows.order_by("-at", "-pk")[:50])


@reads("insight.file")
def file_for(asker: Asker, file_id: int) -> DataFile:
    """One file with its rows while it is looked at. Raises NotVisible."""
    _must_evaluate(asker, "insight.file")
    found = DataFile.objects.select_related("by", "reading").filter(pk=file_id).first()
    if found is None:
        raise NotVisible("insight.file", f"file:{file_id}")
    return found


@reads("insight.file")
def questions_of(
    asker: Asker, file: DataFile, answers: Mapping[str, str] | None = None
) -> list[looking.Question]:
    """Every odd value of a file that is looked at, with what was said of it so far."""
    _must_evaluate(asker, "insight.file")
    return looking.questions(file.subject, file.rows, answers or {}, file.maximum)


@reads("insight.groups")
def told_of_files(_asker: Asker) -> list[Reading]:
    """The newest reading of each subject that came from a file."""
    rows = Reading.objects.filter(file__isnull=False).order_by("subject", "-made_at", "-pk")
    return list(rows.distinct("subject"))


@reads("insight.decision")
def decisions(asker: Asker) -> list[Decision]:
    """Everything that was decided, the newest first."""
    _must_see(asker, "insight.decision")
    return list(Decision.objects.select_related("by", "reading", "follows", "followed_by"))


@reads("insight.decision")
def decision_for(asker: Asker, decision_id: int) -> Decision:
    """One decision, to be followed by another. Raises NotVisible."""
    _must_evaluate(asker, "insight.decision")
    found = Decision.objects.filter(pk=decision_id).first()
    if found is None:
        raise NotVisible("insight.decision", f"decision:{decision_id}")
    return found


@reads("insight.pilot")
def pilots(asker: Asker) -> list[Pilot]:
    """Trials with how many are in each group (`trying`, `comparing`), the newest first."""
    _must_see(asker, "insight.pilot")
    return list(_counted())


@reads("insight.pilot")
def pilot_for(asker: Asker, pilot_id: int) -> Pilot:
    """One trial. Raises NotVisible."""
    _must_see(asker, "insight.pilot")
    found = _counted().filter(pk=pilot_id).first()
    if found is None:
        raise NotVisible("insight.pilot", f"pilot:{pilot_id}")
    return found


def _must_see(asker: Asker, kind: str) -> None:
    if not isinstance(asker, Person) or not sees_groups(asker):
        raise NotVisible(kind)


def _counted() -> QuerySet[Pilot]:
    return Pilot.objects.annotate(
        trying=Count("places", filter=Q(places__tries=True)),
        comparing=Count("places", filter=Q(places__tries=False)),
    ).prefetch_related("teams")


@reads("insight.pilot")
def who_tries(asker: Asker, pilot: Pilot) -> list[tuple[str, str, bool]]:
    """(name, team, whether they try it), so that it can be arranged; for who manages alone."""
    _must_evaluate(asker, "insight.pilot")
    rows = pilot.places.order_by("stratum", "person__name")
    return list(rows.values_list("person__name", "stratum", "tries"))


@reads("insight.pilot")
def teams_to_try(asker: Asker) -> list[Team]:
    """Teams that a trial may be drawn in."""
    _must_evaluate(asker, "insight.pilot")
    return list(Team.objects.filter(delisted=False).order_by("name"))
