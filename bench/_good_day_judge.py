"""Judges the rows of `good-day.py`: plain Python, nothing of Hemma.

    python -I _good_day_judge.py ROWS.json

Prints one JSON object; the exit code is 1 when something is found that must not be:
an offer in focus, break or off time; fewer than 97 % of the planned breaks had at their time or
within the hour; fewer than 90 % of the missed ones had within 60 minutes; a notice in rest time, or
one in focus that could wait, or one that its person was never shown though there and free; a
promise that ran out in the hands of somebody who was gone.
"""

import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

BREAKS = {"pause", "recess", "fika", "rast"}
QUIET = BREAKS | {"focus", "meeting", "coaching"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# A minute is the play's step; who vanished is thought to be back soon for a quarter of an hour.
STEP, THOUGHT_BACK = MINUTE, 20 * MINUTE


def at(text):
    """A time of the rows."""
    return datetime.fromisoformat(text)


def overlap(a, b, spans):
    """How much of a stretch the spans cover."""
    parts = [min(b, end) - max(a, start) for start, end in spans if start < b and end > a]
    return sum(parts, timedelta())


class Rows:
    """The rows by person, as spans of time."""

    def __init__(self, rows):
        self.shifts = defaultdict(list)
        for person, start, end in rows["shifts"]:
            self.shifts[person].append((at(start), at(end)))
        self.planned = [(p, kind, at(a), at(b)) for p, kind, a, b in rows["planned"]]
        self.again = [(p, kind, at(a), at(b)) for p, kind, a, b in rows["placed_again"]]
        self.quiet, self.focus = defaultdict(list), defaultdict(list)
        for person, kind, start, end in self.planned + self.again:
            if kind in QUIET:
                self.quiet[person].append((start, end))
            if kind == "focus":
                self.focus[person].append((start, end))
        self.offers = [(p, at(when)) for p, when, _state in rows["offers"]]
        self.notices = [
            (p, at(made), at(shown) if shown else None, sort, urgent)
            for p, made, shown, sort, urgent in rows["notices"]
        ]
        self.cases = defaultdict(list)
        for case, when, is_open, holder, promised in rows["cases"]:
            promise = at(promised) if promised else None
            self.cases[case].append((at(when), is_open, holder, promise))
        self.did = defaultdict(list)
        for person, when, what in rows["did"]:
            self.did[person].append((at(when), what))
        self.moments = {p: [when for when, _what in mine] for p, mine in self.did.items()}
        self.end = max(when for mine in self.did.values() for when, _what in mine)

    def doing(self, person, moment):
        """The last thing a person did by then, and when."""
        mine = self.did[person]
        place = bisect_right(self.moments.get(person, ()), moment)
        return mine[place - 1] if place else (moment, "home")

    def contacts(self, person):
        """When a person was with a customer."""
        spans, begun = [], None
        for when, what in self.did[person]:
            if what == "contact":
                begun = when
            elif begun is not None:
                spans.append((begun, when))
                begun = None
        return spans

    def in_hours(self, person, moment):
        """Whether a shift covers the moment."""
        return any(a <= moment < b for a, b in self.shifts[person])


def offers_where_none_may_be(rows):
    """Offers outside of hours, in what was planned as focus or break, or to somebody gone."""
    found = []
    for person, moment in rows.offers:
        if not rows.in_hours(person, moment):
            found.append((person, moment, "off"))
        elif any(a <= moment < b for a, b in rows.quiet[person]):
            found.append((person, moment, "focus or break"))
        elif rows.doing(person, moment)[1] in ("away", "home", "contact"):
            found.append((person, moment, rows.doing(person, moment)[1]))
    return found


def breaks(rows):
    """Planned breaks of people who were here: had, missed, had again within the hour."""
    count, kinds = Counter(), Counter()
    contacts = {person: rows.contacts(person) for person in rows.did}
    again = defaultdict(list)
    for person, kind, start, end in rows.again:
        again[person, kind].append((start, end))
    for person, kind, start, end in rows.planned:
        if kind not in BREAKS or end > rows.end - HOUR:
            continue
        # Whoever had not come, was away, had gone or whose line was down has nothing to miss.
        if rows.doing(person, start)[1] in ("home", "forgot", "away", "vanished"):
            continue
        count["planned"] += 1
        if was_had(kind, start, end, contacts[person]):
            count["had"] += 1
            continue
        count["missed"] += 1
        kinds[kind] += 1
        soon = [span for span in again[person, kind] if start < span[0] and span[1] <= end + HOUR]
        if any(was_had(kind, *span, contacts[person]) for span in soon):
            count["had_within_the_hour"] += 1
        elif gone_soon(rows, person, end):
            count["went_home_or_away"] += 1
    return count, kinds


def was_had(kind, start, end, contacts):
    """A rast is whole but for five minutes; of a pause half is enough."""
    taken = overlap(start, end, contacts)
    return taken <= (5 * MINUTE if kind == "rast" else (end - start) / 2)


def gone_soon(rows, person, end):
    """Whether they left within the hour, so that no break was left to have."""
    later = rows.doing(person, end + HOUR)
    return later[1] in ("home", "forgot", "away", "vanished")


def notices_in_rest(rows):
    """Notices that were shown outside of the person's hours; a reminder of one's own shift may come a
    quarter of an hour before it."""
    found = []
    for person, _made, shown, sort, _urgent in rows.notices:
        if shown is None or sort == "on_call":
            continue
        early = 15 * MINUTE + STEP if sort == "reminder" else timedelta()
        if not rows.in_hours(person, shown) and not rows.in_hours(person, shown + early):
            found.append((person, shown, sort))
    return found


def notices_in_focus(rows):
    """What could wait, shown in what was planned as focus."""
    return [
        (person, shown, sort)
        for person, _made, shown, sort, urgent in rows.notices
        if shown is not None
        and sort not in ("on_call", "reminder")
        and not urgent
        and any(a <= shown < b for a, b in rows.focus[person])
    ]


def notices_left(rows):
    """What was not shown although its person was there, and neither planned otherwise nor with a
    customer, for an hour together after it was made."""
    found = []
    for person, made, shown, sort, _urgent in rows.notices:
        until, free = shown or rows.end, timedelta()
        moment = max(made, rows.moments.get(person, [until])[0])
        while moment < until and free <= HOUR:
            busy = any(a <= moment < b for a, b in rows.quiet[person])
            there = rows.doing(person, moment)[1] in ("came", "free", "back")
            free = free + MINUTE if there and not busy else timedelta()
            moment += MINUTE
        if free > HOUR:
            found.append((person, made, sort))
    return found


def promises_nobody_owned(rows):
    """Promises that ran out while whoever held the case was gone, and nobody had been asked."""
    found, looked = [], 0
    for case, changes in rows.cases.items():
        for place, (when, is_open, holder, promise) in enumerate(changes):
            following = changes[place + 1][0] if place + 1 < len(changes) else rows.end
            if not is_open or promise is None or not promise < following - STEP:
                continue
            if promise < when:
                continue  # it had run out before: whoever holds it now took it up late
            looked += 1
            if holder is None:
                continue  # it waits in the line of an open queue, which is looked at every second
            since, what = rows.doing(holder, promise)
            left = promise - since
            gone = what in ("home", "forgot", "away") and left > STEP
            gone = gone or (what == "vanished" and left > THOUGHT_BACK)
            if gone or not rows.in_hours(holder, promise - STEP):
                found.append((case, promise, holder, what))
    return found, looked


def main():
    """Judge one file of rows."""
    rows = Rows(json.loads(Path(sys.argv[1]).read_text()))
    offers, (count, kinds) = offers_where_none_may_be(rows), breaks(rows)
    rest, (promises, ran_out) = notices_in_rest(rows), promises_nobody_owned(rows)
    had = count["had"] + count["had_within_the_hour"]
    could = count["missed"] - count["went_home_or_away"]
    share = had / count["planned"] if count["planned"] else 0.0
    again = count["had_within_the_hour"] / could if could else 1.0
    wrong = {
        "offers_in_focus_break_or_off": [list(map(str, one)) for one in offers],
        "notices_in_rest": [list(map(str, one)) for one in rest],
        "notices_in_focus": [list(map(str, one)) for one in notices_in_focus(rows)],
        "notices_left": [list(map(str, one)) for one in notices_left(rows)],
        "promises_nobody_owned": [list(map(str, one)) for one in promises],
    }
    bad = any(wrong.values()) or share < 0.97 or again < 0.90
    print(json.dumps({
        "people": len(rows.did), "shifts": sum(map(len, rows.shifts.values())),
        "offers": len(rows.offers), "cases": len(rows.cases), "notices": len(rows.notices),
        "notices_shown": sum(one[2] is not None for one in rows.notices),
        "breaks": dict(count), "missed_kinds": dict(kinds),
        "had_at_their_time": round(count["had"] / max(1, count["planned"]), 4),
        "had_at_their_time_or_within_the_hour": round(share, 4),
        "of_the_missed_had_within_the_hour": round(again, 4),
        "promises_that_ran_out_open": ran_out,
        **{name: len(rows_) for name, rows_ in wrong.items()},
        "the_first": {name: rows_[:5] for name, rows_ in wrong.items() if rows_},
        "good": not bad,
    }))  # fmt: skip
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
