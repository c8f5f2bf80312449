"""Moves in a search: an open one stops nothing by the full check; a closed one seldom would not."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hemma.core.rules import CandidateChange, Severity, Timeline, WorkKind, changed, check
from hemma.core.rules.moves import Moves
from hemma.core.rules.openings import ShiftShape
from hemma.core.rules.tests.chances import COUNTRIES
from hemma.core.rules.tests.said import PACKS, day, line, row
from hemma.core.rules.tests.test_openings import SHAPES, somebody


def stops(plan, gone, shape, start):
    kept = {
        item.id
        for item in plan.items
        if gone and gone[0] <= item.span[0] and item.span[1] <= gone[1]
    }
    change = CandidateChange(frozenset(kept), shape.items(start, 1000))
    flags = check(changed(plan, change), PACKS)
    return {flag.rule for flag in flags if flag.severity is Severity.STOPS}


def ask(moves, *rows):
    return moves.allowed(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))


@pytest.mark.parametrize("pack", COUNTRIES)
def test_an_open_move_stops_nothing_and_hardly_a_closed_one_would_do(pack):
    chance = random.Random(f"moves {pack}")
    people = [somebody(chance, pack) for _ in range(12)]
    moves = Moves(people, SHAPES, PACKS)
    first = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
    rows = []
    for who in range(len(people)):
        days = moves.days(who)
        for _ in range(60):
            taken = chance.randrange(-1, len(days))
            near = days[taken][0] - 86_400 if chance.random() < 0.6 and taken >= 0 else first
            span = 3 * 96 if near != first else 36 * 96
            start = near + 900 * chance.randrange(span)
            rows.append((who, taken, chance.randrange(len(SHAPES)), start))
    answers, opened, cautious = ask(moves, *rows), 0, 0
    for (who, taken, shape, start), is_open in zip(rows, answers, strict=True):
        plan, gone = people[who], moves.days(who)[taken] if taken >= 0 else None
        at = datetime.fromtimestamp(start, UTC)
        until = start + SHAPES[shape].length_min * 60
        if any(
            item.span[0] < until and item.span[1] > start
            for item in plan.items
            if not (gone and gone[0] <= item.span[0] and item.span[1] <= gone[1])
        ):
            assert not is_open
            continue
        broken = stops(plan, gone, SHAPES[shape], at)
        assert not (is_open and broken), (plan.items, gone, at, broken)
        opened += bool(is_open)
        cautious += not is_open and not broken
    assert opened > 40
    assert cautious < len(rows) / 6


def test_bengts_morning_may_be_put_eleven_hours_after_his_evening_and_not_before():
    plan = line(row("shift", 0, "16:00", "20:00"), row("shift", 1, "09:00", "13:00"))
    moves = Moves([plan], [ShiftShape(240)], PACKS)
    early, late = (int(day(1, clock).timestamp()) for clock in ("06:59", "07:00"))
    assert ask(moves, (0, 1, 0, early), (0, 1, 0, late), (0, -1, 0, late)).tolist() == [
        False,
        True,
        False,
    ]


def test_a_day_that_goes_gives_the_week_its_rest_and_the_hours_room():
    """ATL 14 §: with Saturday free, Wednesday may be worked; aml. § 10-4: 40 hours a week."""
    week = [row("shift", n, "08:00", "12:00") for n in (0, 1, 3, 4, 5)]
    week += [row("shift", 6, "20:00", "23:00"), row("shift", 7, "12:00", "16:00")]
    moves = Moves([line(*week)], [ShiftShape(240)], PACKS)
    wednesday = int(day(2, "08:00").timestamp())
    assert ask(moves, (0, -1, 0, wednesday), (0, 4, 0, wednesday)).tolist() == [False, True]
    full = [row("work", n, "08:00", "16:00") for n in range(5)]
    full += [row("rast", n, "12:00", "12:30") for n in range(5)]
    full += [row("work", 5, "08:00", "10:30")]
    moves = Moves([line(*full, pack="no")], [ShiftShape(240)], PACKS)
    sunday = int(day(6, "12:00").timestamp())
    assert ask(moves, (0, -1, 0, sunday), (0, 0, 0, sunday)).tolist() == [False, True]


def test_what_is_made_is_seen_by_the_next_question():
    before = line(row("shift", 0, "16:00", "20:00"))
    moves = Moves([before], [ShiftShape(240)], PACKS)
    start = int(day(1, "06:00").timestamp())
    assert ask(moves, (0, -1, 0, start)).tolist() == [False]
    moves.renew(0, line(row("shift", 0, "12:00", "16:00")))
    assert ask(moves, (0, -1, 0, start)).tolist() == [True]


def test_people_whom_arrays_cannot_tell_of_are_checked_move_by_move():
    watched = line(row("shift", 0, "08:00", "12:00"), row("standby", 5, "12:00", "20:00"))
    moves = Moves([watched, line(row("shift", 0, "08:00", "12:00"))], [ShiftShape(240)], PACKS)
    assert (moves.slow(0), moves.slow(1)) == (True, False)
    starts = [int(day(n, clock).timestamp()) for n in (0, 1, 5) for clock in ("06:00", "13:00")]
    answers = ask(moves, *((0, -1, 0, start) for start in starts))
    for start, is_open in zip(starts, answers, strict=True):
        at = datetime.fromtimestamp(start, UTC)
        over = any(item.span[0] < start + 14_400 and start < item.span[1] for item in watched.items)
        assert is_open == (not over and not stops(watched, None, ShiftShape(240), at))


def test_nobody_is_put_to_work_while_away():
    items = line(row("shift", 0, "08:00", "12:00"), row("absence", 3, "00:00", "00:00"))
    moves = Moves([items], [ShiftShape(240)], PACKS)
    starts = [int(day(n, "09:00").timestamp()) for n in (2, 3, 4)]
    assert ask(moves, *((0, -1, 0, start) for start in starts)).tolist() == [True, False, True]


def test_a_start_far_outside_the_plans_is_refused():
    moves = Moves([line(row("shift", 0, "08:00", "12:00"))], [ShiftShape(240)], PACKS)
    far = int((day(0) + timedelta(days=100)).timestamp())
    with pytest.raises(ValueError, match="four weeks outside"):
        ask(moves, (0, -1, 0, far))


def test_a_shape_that_is_unlawful_by_itself_is_never_open():
    plan = Timeline(1, "se", day(0).tzinfo, ())
    moves = Moves([line(row("shift", 0, "08:00", "12:00")), plan], [ShiftShape(301)], PACKS)
    start = int(day(3, "09:00").timestamp())
    assert ask(moves, (0, -1, 0, start), (1, -1, 0, start)).tolist() == [False, False]
    assert WorkKind.SHIFT in {item.kind for item in ShiftShape(301).items(day(3))}
