"""What a client sees of its own programme: sums, through the gate, and never anybody who works here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from hemma.core.disclosure import Cell, Dimension, Kind, Table, publish
from hemma.desk.models import Case, Queue
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.models import ProcessingRecord, Programme
from hemma.people.visibility import Asker, reads
from hemma.planning.days import monday_of

WEEKS_SHOWN = 12
WEEK = timedelta(weeks=1)

# First answers count until a week after theirs: what was told of a week never changes afterwards,
# so that two looks cannot be set against each other.
_SQL = """
WITH came AS (
  SELECT c.id, c.opened_at, c.first_promised_at,
    date_trunc('week', c.opened_at AT TIME ZONE %(zone)s) AS week
  FROM desk_case c JOIN desk_queue q ON q.id = c.queue_id
  WHERE q.programme = %(programme)s AND c.merged_into_id IS NULL
    AND c.opened_at >= %(since)s AND c.opened_at < %(until)s),
first AS (
  SELECT DISTINCT ON (came.id) came.id, came.week, came.opened_at, came.first_promised_at,
    m.author_id, m.at
  FROM came JOIN desk_message m ON m.case_id = came.id AND m.direction = 'out'
    AND m.at AT TIME ZONE %(zone)s < came.week + interval '2 weeks'
  ORDER BY came.id, m.at),
hands AS (SELECT week, author_id, count(*) AS n FROM first GROUP BY week, author_id),
told AS (
  SELECT week, count(*) AS answered,
    count(*) FILTER (WHERE at <= first_promised_at) AS kept,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - opened_at)) AS middle
  FROM first GROUP BY week)
SELECT came.week::date, count(*) AS came, count(*) FILTER (WHERE came.first_promised_at IS NOT NULL),
  told.answered, told.kept, told.middle,
  (SELECT count(*) FROM hands h WHERE h.week = came.week) AS people,
  (SELECT array_agg(h.n ORDER BY h.n DESC) FROM hands h WHERE h.week = came.week) AS shares
FROM came LEFT JOIN told USING (week)
GROUP BY came.week, told.answered, told.kept, told.middle ORDER BY came.week
"""


@dataclass(frozen=True, slots=True)
class Week:
    """One whole week. `kept`: in a hundred, cases answered by the time that was promised;
    `answered_h`: hours on the clock until the first answer, the middle case. Both None when the
    week had no case with a promise, or when too few people answered (`hidden`).
    """

    first: date
    came: int
    kept: int | None
    answered_h: float | None
    hidden: bool
    height: int = 0

    @property
    def top(self) -> int:
        """Where its bar begins, from above, in a hundred."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Served:
    """How a programme's customers are served: what waits now, and the last weeks."""

    programme: Programme
    waiting: int
    waiting_since: datetime | None
    weeks: list[Week]
    queues: list[Queue]
    record: ProcessingRecord | None


@reads("portal.programme")
def my_programme(asker: Asker) -> Programme | None:
    """The programme whose client the asker is; None for a client that nobody has given one yet.

    Raises NotVisible for whoever is no client.
    """
    return people.client_programme(asker)


@reads("portal.programme")
def served(asker: Asker) -> Served | None:
    """Everything that a client sees of its programme; None for a client without one."""
    programme = my_programme(asker)
    if programme is None:
        return None
    waiting = Case.objects.filter(queue__programme=programme.name, state=Case.State.OPEN)
    since = waiting.order_by("waiting_since").values_list("waiting_since", flat=True).first()
    queues = Queue.objects.filter(programme=programme.name).prefetch_related("opening")
    return Served(
        programme=programme,
        waiting=waiting.count(),
        waiting_since=since,
        weeks=_weeks(programme.name, queues[0].zone if queues else "Europe/Stockholm"),
        queues=list(queues.order_by("name")),
        record=ProcessingRecord.objects.filter(programme=programme.name).first(),
    )


def _weeks(programme: str, zone: str) -> list[Week]:
    today = clock.now().date()
    # The week before last is the newest whose answers have all had their time.
    until = monday_of(today) - WEEK
    since = until - WEEKS_SHOWN * WEEK
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"zone": zone, "programme": programme, "since": since, "until": until})
        rows = cursor.fetchall()
    most = max((row[1] for row in rows), default=0)
    return [_week(programme, row, most) for row in rows]


def _week(programme: str, row: tuple[Any, ...], most: int) -> Week:
    first, came, promised, answered, kept, middle, hands, shares = row
    total = sum(shares or [])
    two = [*(shares or []), 0, 0][:2]
    largest = (two[0] / total, two[1] / total) if total else None
    share = _through_the_gate(programme, first, "kept", hands, kept, promised, largest)
    hours = None
    if share is not None and middle is not None:
        hours = round(float(middle) / 3600, 1)
    return Week(
        first=first,
        came=came,
        kept=share,
        answered_h=hours,
        hidden=bool(answered) and share is None and bool(promised),
        height=round(100 * came / most) if most else 0,
    )


def _through_the_gate(
    programme: str,
    week: date,
    measure: str,
    people_behind: int,
    kept: int | None,
    promised: int,
    largest: tuple[float, float] | None,
) -> int | None:
    """The share that may be told of one week, in a hundred; None when too few are behind it."""
    if kept is None or not promised:
        return None
    whole = Dimension(programme)
    cell = Cell((whole.root,), people_behind, 100 * kept / promised, largest=largest)
    table = Table(
        Kind.SCALE, f"{programme} {week:%G-W%V}", (whole,), (cell,), measure=measure, step=1
    )
    told = publish(table).cells[0].value
    return None if told is None else round(told)
