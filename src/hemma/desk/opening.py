"""Opening hours: is it open, when does it open next, and when is so much opening time over.

A minute is open when a clock on the wall in the queue's zone shows a time inside a span of that
weekday. So an hour that comes twice when the clock goes back is open twice, and one that is
skipped is not open at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
DAY = timedelta(days=1)
MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Span:
    """Open on a weekday (0 Monday) from `opens` until just before `closes`; 00:00 is midnight."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Opening:
    """A queue's opening hours in its zone (a name of the time-zone database)."""

    zone: str
    spans: tuple[Span, ...]

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at `at` (aware)."""
        here = at.astimezone(ZoneInfo(self.zone))
        clock = here.time()
        return any(
            span.weekday == here.weekday()
            and span.opens <= clock
            and (clock < span.closes or span.closes == MIDNIGHT)
            for span in self.spans
        )

    def next_opening(self, at: datetime) -> datetime | None:
        """`at` if it is open then, else when it opens next (UTC); None without opening hours."""
        for begin, end in self.intervals(at):
            if end > at:
                return max(begin, at.astimezone(UTC))
        return None

    def closes(self, at: datetime) -> datetime | None:
        """When the opening that is under way at `at`, or comes next, ends (UTC)."""
        return next((end for _begin, end in self.intervals(at) if end > at), None)

    def after(self, start: datetime, length: timedelta) -> datetime:
        """When `length` of opening time has passed since `start` (UTC).

        Without any opening hours the clock simply runs.
        """
        left = length
        for begin, end in self.intervals(start):
            begin = max(begin, start)
            if end - begin >= left:
                return (begin + left).astimezone(UTC)
            left -= max(end - begin, timedelta())
        return (start + length).astimezone(UTC)

    def intervals(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open intervals (UTC) that end after `since`, in order, joined where they touch."""
        if not self.spans:
            return
        zone = ZoneInfo(self.zone)
        day = since.astimezone(zone).date()
        pending: tuple[datetime, datetime] | None = None
        for _number in range(MOST_DAYS):
            for begin, end in _on_day(day, zone, self.spans):
                if end <= since:
                    continue
                if pending and begin <= pending[1]:
                    pending = (pending[0], max(pending[1], end))
                    continue
                if pending:
                    yield pending
                pending = (begin, end)
            day += DAY
        if pending:
            yield pending


def promise_for(opening: Opening, received_at: datetime, within: timedelta) -> datetime:
    """What a customer whose mail came at `received_at` can be promised (UTC)."""
    return opening.after(received_at, within)


@lru_cache(maxsize=4096)  # the same few days of the same few queues are asked for all the time
def _on_day(
    day: date, zone: ZoneInfo, spans: tuple[Span, ...]
) -> tuple[tuple[datetime, datetime], ...]:
    """The open intervals (UTC) of one local day, sorted, cut where the clock is changed."""
    found = []
    for first, last, offset in _stretches(day, zone):
        for span in spans:
            if span.weekday != day.weekday():
                continue
            closing = datetime.combine(day + DAY * (span.closes == MIDNIGHT), span.closes, UTC)
            begin = max(first, datetime.combine(day, span.opens, UTC) - offset)
            end = min(last, closing - offset)
            if begin < end:
                found.append((begin, end))
    return tuple(sorted(found))


def _stretches(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """The local day in UTC, cut in two where its offset changes: (first, last, offset)."""
    first = datetime.combine(day, MIDNIGHT, zone).astimezone(UTC)
    last = datetime.combine(day + DAY, MIDNIGHT, zone).astimezone(UTC)
    before, after = _offset(first, zone), _offset(last - timedelta(seconds=1), zone)
    if before == after:
        return [(first, last, before)]
    low, high = first, last
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return [(first, high, before), (high, last, after)]


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
