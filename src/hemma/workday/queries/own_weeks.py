"""One's own last weeks beside each other: what one solved, in how many hours, from which queues.

For the person alone, and with nobody else's numbers in it: no average, no rank, no target.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.planning.days import day_bounds, monday_of
from hemma.workday.queries.eased import eased_spans
from hemma.workday.queries.hours import stretches_of
from hemma.workday.queries.todos import WEEK, solved_by

BEFORE = 8
# A week with fewer hours, or a past of fewer weeks, says nothing about what is usual.
LEAST_HOURS = 8.0
LEAST_WEEKS = 3
# By so much of all cases a queue's part has to differ to be worth a sentence.
MOVED = 0.10


class Beside(StrEnum):
    """How the last week stands to one's own weeks before it."""

    TOO_EARLY = "too_early"
    AS_USUAL = "as_usual"
    MORE = "more"
    FEWER = "fewer"
    EASED = "eased"
    """Less was asked of one: it is not compared."""


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """A week that is over. `hours` worked; `by_queue` cases solved, by the queue's name.

    `eased`: less was asked of the person or the team in it.
    """

    monday: date
    hours: float
    by_queue: Mapping[str, int] = field(default_factory=dict)
    eased: bool = False

    @property
    def cases(self) -> int:
        return sum(self.by_queue.values())

    @property
    def counts(self) -> bool:
        """Whether there was enough of it to say what is usual."""
        return self.hours >= LEAST_HOURS and not self.eased

    @property
    def per_day(self) -> float:
        """Cases for eight hours of work."""
        return 8 * self.cases / self.hours if self.hours else 0.0


@dataclass(frozen=True, slots=True)
class Moved:
    """A queue that more or fewer of one's cases came from; shares of all, 0 to 1."""

    queue: str
    last: float
    before: float


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """The last whole week, those before it with work in them (newest first), and what differs."""

    last: OwnWeek
    before: tuple[OwnWeek, ...]

    @property
    def beside(self) -> Beside:
        """Outside of the range of one's own weeks is more or fewer; inside it is as usual."""
        if self.last.eased:
            return Beside.EASED
        usual = [week.per_day for week in self.before]
        if not self.last.counts or len(usual) < LEAST_WEEKS:
            return Beside.TOO_EARLY
        if self.last.per_day > max(usual):
            return Beside.MORE
        return Beside.FEWER if self.last.per_day < min(usual) else Beside.AS_USUAL

    @property
    def moved(self) -> list[Moved]:
        """The queues whose part of one's cases has changed, the most changed first."""
        earlier: Counter[str] = Counter()
        for week in self.before:
            earlier.update(week.by_queue)
        if not self.last.cases or not earlier.total():
            return []
        rows = [
            Moved(
                queue,
                self.last.by_queue.get(queue, 0) / self.last.cases,
                earlier[queue] / earlier.total(),
            )
            for queue in {*self.last.by_queue, *earlier}
        ]
        far = [row for row in rows if abs(row.last - row.before) >= MOVED]
        return sorted(far, key=lambda row: (-abs(row.last - row.before), row.queue))


@reads("workday.todo", "desk.case", "workday.hours", "workday.eased")
def own_weeks(asker: Person) -> OwnWeeks:
    """`asker`'s last whole week and up to eight before it, in their zone. A fixed number of queries."""
    today = clock.now().astimezone(asker.zone).date()
    this_monday = monday_of(today)
    mondays = [this_monday - number * WEEK for number in range(1, BEFORE + 2)]
    start, end = day_bounds(mondays[-1], asker.zone)[0], day_bounds(this_monday, asker.zone)[0]

    def monday(at: datetime) -> date:
        return monday_of(at.astimezone(asker.zone).date())

    hours: defaultdict[date, float] = defaultdict(float)
    for one in stretches_of(asker, [asker.pk], start, end):
        hours[monday(one.starts_at)] += (one.worked or timedelta()).total_seconds() / 3600
    solved: dict[date, Counter[str]] = {}
    for at, queue in solved_by(asker, start, end).values_list("solved_at", "queue__name"):
        if at:
            solved.setdefault(monday(at), Counter())[queue] += 1
    eased = eased_spans(asker, start, end)

    def was_eased(one: date) -> bool:
        begun, over = day_bounds(one, asker.zone)[0], day_bounds(one + WEEK, asker.zone)[0]
        return any(a < over and b > begun for a, b in eased)

    weeks = [OwnWeek(one, hours[one], solved.get(one, {}), was_eased(one)) for one in mondays]
    return OwnWeeks(weeks[0], tuple(week for week in weeks[1:] if week.counts))
