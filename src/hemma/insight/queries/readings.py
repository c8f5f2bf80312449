"""What was counted of the work at home and in the office."""

from hemma.insight.balance import Balance, make_balance
from hemma.insight.models import Reading, Subject
from hemma.people.visibility import Asker, NotVisible, reads


@reads("insight.groups")
def readings(_asker: Asker) -> list[Reading]:
    """Periods that are told of, the newest and longest first. Numbers alone, none of a person."""
    rows = Reading.objects.filter(subject=Subject.WORK)
    return sorted(rows, key=lambda one: (one.last, one.last - one.first), reverse=True)


@reads("insight.groups")
def balance(asker: Asker, reading_id: int | None = None) -> Balance | None:
    """All four sides of one period, the newest unless asked; None when nothing is counted yet.

    Raises NotVisible for a period that there is not.
    """
    rows = readings(asker)
    if not rows and reading_id is None:
        return None
    chosen = rows[0] if reading_id is None else next((r for r in rows if r.pk == reading_id), None)
    if chosen is None:
        raise NotVisible("insight.groups", f"reading:{reading_id}")
    months = [row for row in rows if (row.last - row.first).days < 31 and row.last <= chosen.last]
    return make_balance(chosen, sorted(months, key=lambda row: row.first))
