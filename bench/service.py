"""What service a plan gives when it is played, against one of equal cost made the way others do.

    ./hemma bench service [--people 120] [--seconds 20] [--weeks 200] [--load 1.0]

One queue, one week, everybody full time: five days of eight hours, whoever plans, so all plans cost the
same. The others' way: need by Erlang C for 80 % in 20 s, a cover model solved by HiGHS (how many begin
when, breaks at fixed places, two free days in a row by seven patterns, least people missing). It is
not asked for rest between shifts nor for tours of persons, which favours it. The same cover model is
also given our need (Erlang A). Ours: every rule, breaks placed, once with a linear price of people
missing and once with what service is lost. All are played in the same weeks with customers who
give up; 95 % intervals.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).parent))
from _company import DAY, FORMS, profile
from _verdict import ended

from hemma.core.need import Load, Target, least_people
from hemma.core.pipeline.demand import service_steps
from hemma.core.roster import Before, LawfulDays, Limits, Problem, faults
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search
from hemma.core.simulation import Scenario, play

HANDLING_S, PATIENCE_S, WITHIN_S = 330.0, 150.0, 20.0
FORM = FORMS[3]
BREAKS = (5, 13, 20)  # where others put them: in the middle


def demand(people: int, load: float):
    """Contacts a second by slot of a week, so that `people` have about enough to do."""
    shape = profile(7, np.random.default_rng(7), evening=True).ravel()
    hours = people * 5 * (FORM.length - 4) / 4
    return shape / shape.sum() * load * 0.80 * hours * 3600 / HANDLING_S / 900.0


def needed(per_s, patience):
    """People for 80 % in 20 s."""
    need = np.zeros(per_s.size, np.int64)
    some = per_s > 0
    need[some] = least_people(
        Load.of(per_s[some], HANDLING_S, patience), Target(0.8, WITHIN_S, occupancy=None)
    )
    return need


def cover(people: int, need):
    """(slots,) people there when shifts are counted: HiGHS, at most 30 s or 0.1 % from the best."""
    starts, days = FORM.count, 7
    shift = np.ones(FORM.length)
    for at, part in zip(BREAKS, FORM.breaks, strict=True):
        shift[at : at + part.slots] = 0
    size = days * starts + 7 + need.size
    there = np.zeros((need.size, size))
    for day in range(days):
        for start in range(starts):
            base = day * DAY + FORM.first + FORM.step * start
            there[base : base + FORM.length, day * starts + start] = shift
    short = there.copy()
    short[np.arange(need.size), days * starts + 7 + np.arange(need.size)] = 1
    works = np.zeros((days + 1, size))
    for day in range(days):
        works[day, day * starts : (day + 1) * starts] = 1
        for pattern in range(7):
            works[day, days * starts + pattern] = -(day not in (pattern, (pattern + 1) % 7))
    works[days, days * starts : days * starts + 7] = 1
    aim = np.zeros(days + 1)
    aim[days] = people
    cost = np.concatenate([np.zeros(days * starts + 7), np.ones(need.size)])
    whole = np.concatenate([np.ones(days * starts + 7), np.zeros(need.size)])
    found = milp(
        cost, constraints=[LinearConstraint(short, need, np.inf), LinearConstraint(works, aim, aim)],
        integrality=whole, bounds=Bounds(0, np.inf), options={"time_limit": 30, "mip_rel_gap": 1e-3},
    )  # fmt: skip
    return np.round(there @ np.round(found.x)).astype(np.int64)


def ours(people: int, need, seconds: float, steps=None):
    """(slots,) people there in our plan, and what rules it breaks."""
    book, days = LawfulDays(44, 144, 5), 7
    problem = Problem(
        need[None], np.ones(1, np.int64), (FORM,), (book,), np.zeros(people, np.int64),
        np.zeros(people, np.int64), np.zeros(people, np.int64), np.tile(np.arange(days) * DAY, (people, 1)),
        np.ones((people, days), bool), np.full((people, 1), 5), np.full((people, 1), 5),
        np.zeros((people, days), np.float32), np.zeros((people, 24), np.float32),
        np.full((people, days), -1), (book.starts()[0],) * people, steps=steps,
    )  # fmt: skip
    search = Search(problem)
    search.first()
    best, cost, began = search.roster(), search.cost().total, time.process_time()
    while (gone := time.process_time() - began) < seconds:
        search.step(gone / seconds)
        if search.cost().total < cost:
            best, cost = search.roster(), search.cost().total
    there = np.zeros(need.size + 256, np.int64)
    for person, day in np.argwhere(best.start >= 0).tolist():
        base, taken = laid_out(problem, best, person, day)
        there[base + np.flatnonzero(taken == 0)] += 1
    wrong = faults(problem, best, (Limits(44, 144, 5),), (Before(),) * people)
    return there[: need.size], wrong


def played(per_s, there, weeks):
    """Service, with intervals."""
    one = np.ones(1)
    told = play(
        Scenario(per_s[None], 900.0, there[None], np.zeros((1, 1), np.int64), one.astype(np.int64),
                 one * HANDLING_S, one * PATIENCE_S, one * WITHIN_S), weeks, seed=11,
    )  # fmt: skip
    within, gone = told.within(), told.gave_up()
    return {
        "person_hours_at_customers": round(float(there.sum()) / 4, 1),
        "within_percent": [round(100 * within.mean, 2), round(100 * within.half, 2)],
        "gave_up_percent": [round(100 * gone.mean, 2), round(100 * gone.half, 2)],
    }


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=120)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--weeks", type=int, default=200)
    parser.add_argument("--load", type=float, default=1.0)
    options = parser.parse_args()
    per_s = demand(options.people, options.load)
    erlang_c, erlang_a = needed(per_s, np.inf), needed(per_s, PATIENCE_S)
    steps = service_steps(
        [Load.of(per_s, HANDLING_S, PATIENCE_S)], erlang_a[None], WITHIN_S, 1.0, 900.0, 12
    )
    linear, wrong = ours(options.people, erlang_a, options.seconds)
    lost, wrong_too = ours(options.people, erlang_a, options.seconds, steps)
    told = {
        "people": options.people, "weeks_played": options.weeks,
        "needed_hours": {"erlang_c": int(erlang_c.sum()) / 4, "erlang_a": int(erlang_a.sum()) / 4},
        "cover_erlang_c": played(per_s, cover(options.people, erlang_c), options.weeks),
        "cover_our_need": played(per_s, cover(options.people, erlang_a), options.weeks),
        "ours_linear": played(per_s, linear, options.weeks),
        "ours_service": played(per_s, lost, options.weeks), "our_faults": len(wrong + wrong_too),
    }  # fmt: skip
    return ended(told, {"linear": wrong, "service": wrong_too})


if __name__ == "__main__":
    sys.exit(main())
