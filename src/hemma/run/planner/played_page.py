"""Days that were played as a page: service by the time of day, pictures beside tables. No scripts."""

from html import escape

import numpy as np

from hemma.core.simulation import Counted, Estimate
from hemma.run.paper import sheet
from hemma.run.planner import report
from hemma.run.planner.played import Played, length, rows, share


def page(played: Played) -> str:
    """The whole page."""
    parts = [f"<p>{escape(played.head)}. Each figure with half its 95 % interval.</p>"]
    parts.append(_all(played))
    for at, (name, within_s, _) in enumerate(rows(played)):
        parts.append(f"<h2>{escape(name)}</h2>")
        parts.append(_by_slot(played, at, played.targets[at][0], within_s))
    return sheet("Days played", "What service customers meet", "".join(parts))


def _all(played: Played) -> str:
    lines = [
        (name, length(within_s), f"{told['offered'].mean:,.0f}", share(told["within"]),
         share(told["gave_up"]), _wait(told["wait_s"]))
        for name, within_s, told in rows(played)
    ]  # fmt: skip
    head = ("Queue", "Within", "Come a day", "Answered within", "Give up", "Mean wait")
    busy = f"<p>People have a contact in hand {share(played.busy)} of their time in the queue.</p>"
    return report.table(head, lines) + busy


def _wait(found: Estimate) -> str:
    if np.isnan(found.mean):
        return "nobody came"
    size, unit = (60.0, "min") if found.mean >= 600 else (1.0, "s")
    return f"{found.mean / size:.1f} ± {found.half / size:.1f} {unit}"


def _by_slot(played: Played, queue: int, target: float, within_s: float) -> str:
    mean, half = played.outcome.by_slot(Counted.IN_TIME, queue)
    offered = played.outcome.slots.total[:, queue, Counted.OFFERED] / len(played.outcome.days)
    known = ~np.isnan(mean)
    if not known.any():
        return "<p>Nobody came.</p>"
    picture = ""
    if mean.size > 1:
        low, high = (np.clip(np.nan_to_num(mean + sign * half), 0, 1) for sign in (-1, 1))
        picture = report.picture(
            np.nan_to_num(mean) * 100, low * 100, high * 100,
            f"Per cent answered within {length(within_s)}, by the time of day, with 95 % interval",
            across=(clock(played, 0), clock(played, mean.size)), line=target * 100,
        )  # fmt: skip
    lines = [
        (clock(played, at), f"{offered[at]:.1f}", f"{mean[at]:.1%} ± {half[at]:.1%}",
         "yes" if mean[at] >= target else "no")
        for at in np.flatnonzero(known).tolist()
    ]  # fmt: skip
    head = ("From", "Come", f"Answered within {length(within_s)}", f"{target:.0%} reached")
    return picture + report.table(head, lines)


def clock(played: Played, slot: int) -> str:
    """The slot's beginning on the clock."""
    minutes = round((played.begins_s + slot * played.slot_s) / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
