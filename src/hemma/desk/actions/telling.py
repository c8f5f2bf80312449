"""Writing down what happened to a case, and telling the pages that show it."""

from collections.abc import Mapping
from typing import Any

from hemma.desk.actions.connections import tell_programs
from hemma.desk.models import Case
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
from hemma.people.models import Person
from hemma.people.visibility import Asker


def tell(
    kind: str,
    case: Case,
    *,
    actor: Asker,
    subject: Person | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Journal `kind` about a case and refresh its page and its queue's lists at commit."""
    record(
        kind=kind,
        retention=Retention.CASE,
        actor=actor if isinstance(actor, Person) else None,
        subject=subject,
        about=f"case:{case.pk}",
        data=data,
    )
    tell_programs(kind=kind, case=case)
    refresh(case)


def refresh(case: Case) -> None:
    """Have every page that shows the case or its queue ask again, at commit."""
    queue = f"queue:{case.queue_id}"
    live.publish_all((queue, f"case:{case.pk}"), (queue, queue))
