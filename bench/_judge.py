"""Judges an hour of routing from the journal alone. Imports nothing of the product, on purpose.

    python bench/_judge.py FILE

FILE is JSON: `events` (the journal's, in order: at in seconds, kind, subject, about, data), `hours`
(person key → spans of working time, seconds), `teams` (name → person keys), `unstated` (what
waited without a word when it was looked at), `end` (seconds). Prints one JSON object; 1 if broken.
"""

import json
import sys
from collections import defaultdict
from itertools import pairwise

ALLOWED = {"ready"}
ENDINGS = {"routing.accepted", "routing.declined", "routing.unanswered", "routing.withdrawn"}
LEAST_OPEN_S = 1800.0  # below this, whole cases say nothing about a fair share
SHARE = 0.10


def offers_of(events):
    """Each offer as (case, person, from, until, ending); open ones end never."""
    open_now, found = {}, []
    for event in events:
        key = (event["about"], event["subject"])
        if event["kind"] == "routing.offered":
            found.append([*key, event["at"], float("inf"), None])
            open_now[key] = found[-1]
        elif event["kind"] in ENDINGS and key in open_now:
            offer = open_now.pop(key)
            offer[3], offer[4] = event["at"], event["kind"]
    return found


def twice(offers, which):
    """Offers that overlap another one of the same case (0) or to the same person (1)."""
    by_key = defaultdict(list)
    for offer in offers:
        by_key[offer[which]].append(offer)
    return sum(
        later[2] < earlier[3]
        for group in by_key.values()
        for earlier, later in pairwise(sorted(group, key=lambda one: one[2]))
    )


def modes_of(events):
    """Person → [(since, mode)], in order."""
    modes = defaultdict(list)
    for event in events:
        if event["kind"] == "workday.mode_chosen":
            modes[event["subject"]].append((event["at"], event["data"]["mode"]))
    return modes


def mode_at(changes, at):
    """The mode at a moment; `off` before the first choice."""
    return next((mode for since, mode in reversed(changes) if since <= at), "off")


def open_s(changes, spans, end):
    """Seconds in an allowed mode inside working time."""
    total = 0.0
    ends = [since for since, _mode in changes[1:]] + [end]
    for (since, mode), until in zip(changes, ends, strict=True):
        if mode in ALLOWED:
            total += sum(max(0.0, min(until, e, end) - max(since, s)) for s, e in spans)
    return total


def fairness(offers, modes, told):
    """Of those who were open half an hour or more: who is within 10 % of the team's rate, or one
    case, since cases are whole; and the worst."""
    taken = defaultdict(int)
    for _case, person, _since, _until, ending in offers:
        taken[person] += ending == "routing.accepted"
    judged, within, worst = 0, 0, 0.0
    for members in told["teams"].values():
        hours = {p: open_s(modes[p], told["hours"][p], told["end"]) / 3600 for p in members}
        hours = {p: h for p, h in hours.items() if h * 3600 >= LEAST_OPEN_S}
        if not hours:
            continue
        rate = sum(taken[p] for p in hours) / sum(hours.values())
        for person, length in hours.items():
            off = abs(taken[person] - rate * length)
            judged += 1
            within += off <= max(1.0, SHARE * rate * length)
            worst = max(worst, off)
    return {"judged": judged, "within": within, "worst_cases_off": round(worst, 2)}


def judge(told):
    """What was found, by name."""
    events = told["events"]
    offers, modes = offers_of(events), modes_of(events)
    wrong_mode = sum(mode_at(modes[person], at) not in ALLOWED for _c, person, at, *_r in offers)
    outside = sum(
        not any(s <= at < e for s, e in told["hours"][person]) for _c, person, at, *_r in offers
    )
    opened = {e["about"] for e in events if e["kind"] == "case.opened"}
    endings = defaultdict(int)
    for offer in offers:
        endings[offer[4] or "open"] += 1
    return {
        "cases": len(opened),
        "offers": len(offers),
        "endings": dict(endings),
        "two_on_a_case": twice(offers, 0),
        "two_to_a_person": twice(offers, 1),
        "outside_allowed_modes": wrong_mode,
        "outside_hours": outside,
        "waited_without_a_word": len(told["unstated"]),
        "never_offered": len(opened - {offer[0] for offer in offers}),
        "fairness": fairness(offers, modes, told),
    }


def main():
    with open(sys.argv[1]) as file:
        found = judge(json.load(file))
    print(json.dumps(found))
    never = ("two_on_a_case", "two_to_a_person", "outside_allowed_modes", "outside_hours",
             "waited_without_a_word")  # fmt: skip
    fair = found["fairness"]["within"] == found["fairness"]["judged"]
    return 0 if fair and found["offers"] and not any(found[name] for name in never) else 1


if __name__ == "__main__":
    sys.exit(main())
