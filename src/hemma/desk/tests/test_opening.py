"""Opening hours against a walk minute by minute with a clock on the wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.desk.opening import Opening, Span, promise_for

MINUTE = timedelta(minutes=1)
# Weeks around the clock changes of Stockholm, and of a zone that changes at midnight.
STARTS = [
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 10, 24, tzinfo=UTC),
    datetime(2026, 11, 18, tzinfo=UTC),
]
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
spans = st.builds(Span, st.integers(0, 6), clocks, clocks).filter(
    lambda span: span.closes > span.opens or span.closes == time(0)
)
openings = st.builds(
    Opening,
    st.sampled_from(["Europe/Stockholm", "Asia/Beirut", "America/Havana"]),
    st.lists(spans, min_size=1, max_size=6).map(tuple),
)
instants = st.builds(
    lambda start, minutes: start + MINUTE * minutes,
    st.sampled_from(STARTS),
    st.integers(0, 2 * 24 * 60),
)


def is_open_on_the_wall(opening: Opening, at: datetime) -> bool:
    here = at.astimezone(ZoneInfo(opening.zone))
    minute = here.hour * 60 + here.minute
    return any(
        span.weekday == here.weekday()
        and span.opens.hour * 60 + span.opens.minute
        <= minute
        < (span.closes.hour * 60 + span.closes.minute or 24 * 60)
        for span in opening.spans
    )


@given(openings, instants, st.integers(1, 20 * 60))
@settings(max_examples=60, deadline=None)
def test_a_promise_is_where_a_walk_minute_by_minute_ends(opening, start, minutes):
    at, left = start, minutes
    for _step in range(21 * 24 * 60):
        if is_open_on_the_wall(opening, at):
            left -= 1
            if not left:
                break
        at += MINUTE
    else:
        return  # so little is open that the walk takes more than three weeks
    assert promise_for(opening, start, MINUTE * minutes) == at + MINUTE


@given(openings, instants)
@settings(max_examples=60, deadline=None)
def test_it_is_open_when_the_wall_clock_says_so_and_opens_next_when_it_does(opening, start):
    assert opening.is_open(start) == is_open_on_the_wall(opening, start)
    at = start
    while not is_open_on_the_wall(opening, at):
        at += MINUTE
    assert opening.next_opening(start) == at


def test_kim_who_writes_on_friday_evening_is_promised_monday():
    office = Opening("Europe/Stockholm", tuple(Span(d, time(8), time(17)) for d in range(5)))
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 16:00 there
    assert promise_for(office, friday, timedelta(hours=4)) == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_a_queue_without_opening_hours_lets_the_clock_run():
    never = Opening("Europe/Stockholm", ())
    start = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert promise_for(never, start, timedelta(hours=4)) == start + timedelta(hours=4)
    assert never.next_opening(start) is None
