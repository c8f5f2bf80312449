"""How cases came and were answered, by queue or programme. Never by whom: no person is asked for."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from hemma.desk.models import Queue
from hemma.desk.queries.scope import queues_of
from hemma.lib import clock
from hemma.people.models import Person, Role
from hemma.people.visibility import Asker, has_role, reads

DAY = timedelta(days=1)
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One queue or programme in a period, and its backlog now.

    `answered_h`, `slow_h`: hours on the clock until the first answer, the middle case and the one
    that nine of ten are quicker than; `kept`: in a hundred, first answers by the time promised when
    the case came; `at_once`: in a hundred solved ones, those that one answer was enough for, without
    a further word from the customer; None where there is nothing to tell. `day` to `older`: open cases by age.
    """

    name: str
    opened: int
    solved: int
    answered_h: float | None
    slow_h: float | None
    kept: int | None
    at_once: int | None
    open_now: int
    day: int
    three_days: int
    week: int
    older: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or week of the picture: cases that came, and how high that is in a hundred."""

    first: date
    opened: int
    height: int

    @property
    def top(self) -> int:
        """Where it begins, from above."""
        return 100 - self.height


COLUMNS = tuple(one.name for one in fields(Line))

# Cases joined into others are counted where they came, and answered where they went.
_SQL = """
WITH asked AS (SELECT unnest(%(queues)s::bigint[]) AS queue_id, unnest(%(names)s::text[]) AS name),
came AS (
  SELECT a.name, c.id, c.opened_at, c.first_promised_at,
    c.state, answers.first, answers.count,
    EXISTS (SELECT 1 FROM desk_message m WHERE m.case_id = c.id AND m.direction = 'in'
      AND m.at > answers.first) AS wrote_again
  FROM desk_case c JOIN asked a USING (queue_id) CROSS JOIN LATERAL (
    SELECT min(m.at) AS first, count(*) AS count FROM desk_message m
    WHERE m.case_id = c.id AND m.direction = 'out') answers
  WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s AND c.merged_into_id IS NULL),
told AS (
  SELECT name, count(*) AS opened,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first - opened_at))
      FILTER (WHERE first IS NOT NULL) AS middle,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM first - opened_at))
      FILTER (WHERE first IS NOT NULL) AS slow,
    count(*) FILTER (WHERE first <= first_promised_at) AS kept,
    count(*) FILTER (WHERE first_promised_at IS NOT NULL
      AND (first IS NOT NULL OR first_promised_at < %(now)s)) AS due,
    count(*) FILTER (WHERE state = 'solved' AND count = 1 AND NOT wrote_again) AS at_once,
    count(*) FILTER (WHERE state = 'solved' AND count > 0) AS through
  FROM came GROUP BY name),
done AS (
  SELECT a.name, count(*) AS solved FROM desk_case c JOIN asked a USING (queue_id)
  WHERE c.solved_at >= %(since)s AND c.solved_at < %(until)s AND c.merged_into_id IS NULL
  GROUP BY a.name),
backlog AS (
  SELECT a.name, count(*) AS open_now,
    count(*) FILTER (WHERE c.waiting_since > %(now)s - interval '1 day') AS day,
    count(*) FILTER (WHERE c.waiting_since <= %(now)s - interval '1 day'
      AND c.waiting_since > %(now)s - interval '3 days') AS three_days,
    count(*) FILTER (WHERE c.waiting_since <= %(now)s - interval '3 days'
      AND c.waiting_since > %(now)s - interval '7 days') AS week,
    count(*) FILTER (WHERE c.waiting_since <= %(now)s - interval '7 days') AS older
  FROM desk_case c JOIN asked a USING (queue_id) WHERE c.state = 'open' GROUP BY a.name)
SELECT n.name, coalesce(told.opened, 0), coalesce(done.solved, 0), told.middle, told.slow,
  told.kept, told.due, told.at_once, told.through, coalesce(open_now, 0), coalesce(day, 0), coalesce(three_days, 0),
  coalesce(week, 0), coalesce(older, 0)
FROM (SELECT DISTINCT name FROM asked) n LEFT JOIN told USING (name) LEFT JOIN done USING (name)
  LEFT JOIN backlog USING (name) ORDER BY n.name
"""


@reads("desk.case")
def queues_to_report(asker: Asker) -> list[Queue]:
    """The own queues; all of them for managers and planners, who see sums alone."""
    if isinstance(asker, Person) and has_role(asker, Role.MANAGER, Role.PLANNER):
        return list(Queue.objects.order_by("name"))
    return list(queues_of(asker).order_by("name"))


@reads("desk.case")
def report(asker: Asker, first: date, last: date, by: str = "queue") -> list[Line]:
    """A line for each queue or programme, from the start of `first` to the end of `last`."""
    queues = queues_to_report(asker)
    if not queues:
        return []
    names = [one.programme if by == "programme" else one.name for one in queues]
    values: dict[str, Any] = {
        "queues": [one.pk for one in queues],
        "names": names,
        "since": _start(first),
        "until": _start(last + DAY),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> Line:
    name, opened, solved, middle, slow, kept, due, at_once, through, *backlog = row
    return Line(
        name,
        opened,
        solved,
        _hours(middle),
        _hours(slow),
        round(100 * kept / due) if due else None,
        round(100 * at_once / through) if through else None,
        *backlog,
    )


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds) / 3600, 1)


@reads("desk.case")
def volume(asker: Asker, first: date, last: date) -> list[Bar]:
    """Cases that came, day by day, or week by week when that is too many bars."""
    step = 1 if (last - first).days < MOST_BARS else 7 if (last - first).days < 280 else 28
    queues = [one.pk for one in queues_to_report(asker)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ((opened_at AT TIME ZONE %s)::date - %s::date) / %s, count(*) FROM desk_case"
            " WHERE queue_id = ANY(%s) AND opened_at >= %s AND opened_at < %s GROUP BY 1",
            [
                timezone.get_current_timezone_name(),
                first,
                step,
                queues,
                _start(first),
                _start(last + DAY),
            ],
        )
        counts: dict[int, int] = dict(cursor.fetchall())
    most = max(counts.values(), default=0)
    return [
        Bar(first + number * step * DAY, n, round(100 * n / most) if most else 0)
        for number in range((last - first).days // step + 1)
        for n in [counts.get(number, 0)]
    ]


def _start(day: date) -> datetime:
    return datetime.combine(day, time(0), timezone.get_current_timezone())
