"""A finished plan in lines for people and in JSON for programs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from hemma.core.pipeline.plan_explaining import (
    Answer,
    Short,
    Wish,
    why_not,
    why_not_at,
    why_short,
)
from hemma.core.pipeline.plan_fair import Binding, Uneven
from hemma.core.pipeline.plan_law import Broken
from hemma.core.roster.conflicts import Conflict
from hemma.core.rules import Severity
from hemma.run.planner import plan_huddles, plan_why, plan_why_place
from hemma.run.planner.plan_shifts import Shift
from hemma.run.planner.scenario import Scenario
from hemma.run.planner.scenario_days import AskedFor, hours_price
from hemma.run.telling import say

if TYPE_CHECKING:
    from hemma.run.planner.planning import Made

_HOURS = 4  # slots
_MOST_WISHES, _MOST_SHORT = 40, 12


def as_json(
    scenario: Scenario, made: "Made", shifts: Sequence[Shift], why: Sequence[int],
    named: Sequence[int] = (),
) -> dict[str, object]:  # fmt: skip
    """All of it for programs; why tours of those in `why`, and all about the places of those `named`."""
    plan, judged = made.plan, made.judged
    stops = [one for one in judged.law if one.flag.severity is Severity.STOPS]
    warns = [one for one in judged.law if one.flag.severity is not Severity.STOPS]
    return {
        "price": plan.cost.total,
        "missing_hours": plan.cost.under / _HOURS,
        "spare_hours": plan.cost.over / _HOURS,
        "made_of": {
            "missing": plan.cost.missing, "pay": plan.cost.pay,
            "wishes": plan.cost.wishes - plan.missed, "huddles_missed": plan.missed,
            "alone": plan.cost.alone, "unfair": plan.cost.unfair,
        },
        "run": made.taken.as_json(),
        "bound": made.bound,
        "gap": gaps(made),
        "places": {
            "price": plan.places.price, "bound": plan.places.bound,
            "before_joining": plan.first_places,
            "faults": [_place_fault(scenario, site, fault) for site, fault in judged.placed],
        },
        "faults": len(judged.roster),
        "law": [law_line(scenario, one) for one in stops],
        "law_warns": [law_line(scenario, one) for one in warns],
        "conflicts": [conflict(scenario, one) for one in plan.conflicts],
        "uneven": [uneven(scenario, one) for one in plan.uneven],
        "wishes": [wish_told(scenario, one) for one in asked_for(scenario, made)],
        "huddles": plan_huddles.rows(scenario, made),
        "place_wishes": plan_why_place.wishes(scenario, made, named),
        "tours": plan_why.tours(scenario, made, why),
        "short": [short_told(scenario, one) for one in shortest(made)],
        "changed_days": plan.changed,
        "notes": [conflict_line(scenario, one) for one in plan.conflicts],
        "people": [{"name": n, "skills": own} for n, own in _skills(scenario)],
        "shifts": [_shift(scenario, shift) for shift in shifts],
    }  # fmt: skip


def _skills(scenario: Scenario) -> list[tuple[str, list[str]]]:
    problem = scenario.problem
    bits = problem.skills[problem.group].tolist()
    return [
        (name, [skill for n, skill in enumerate(scenario.skills) if own >> n & 1])
        for name, own in zip(scenario.names, bits, strict=True)
    ]


def _shift(scenario: Scenario, shift: Shift) -> dict[str, str]:
    """The row, and its ends with the offset of the plan's own zone: sites may have others."""
    ends = {"begins": shift.start, "ends": shift.end}
    return shift.as_row() | {
        name: at.astimezone(scenario.grid.zone).isoformat() for name, at in ends.items()
    }


def gaps(made: "Made") -> dict[str, float | None] | None:
    """By how much of the bound the roster may be dearer than the best: of all, and of what is left
    without the pay that every roster pays. `None`: no bound."""
    low, total, fixed = made.bound, made.plan.cost.total, made.plan.problem.fixed_pay
    if low is None or low <= 0:
        return None
    free = (total - low) / (low - fixed) if low > fixed else None
    return {"total": (total - low) / low, "without_fixed_pay": free}


def conflict(scenario: Scenario, one: Conflict) -> dict[str, object]:
    """Rules that cannot be kept together, by name."""
    return {
        "name": scenario.names[one.person], "weeks": [one.weeks[0] + 1, one.weeks[1] + 1],
        "rules": list(one.rules), "days": one.days, "kept": one.kept,
        "fixed_let_go": one.fixed_let_go,
    }  # fmt: skip


def conflict_line(scenario: Scenario, one: Conflict) -> str:
    """The same as a sentence."""
    first, last = one.weeks[0] + 1, one.weeks[1] + 1
    weeks = f"week {first}" if first == last else f"weeks {first} to {last}"
    gone = "; fixed shifts were let go" if one.fixed_let_go else ""
    return (
        f"{scenario.names[one.person]}, {weeks}: {one.days} days cannot be had, "
        f"{' and '.join(one.rules)} cannot be kept together; {one.kept} days planned{gone}"
    )


def law_line(scenario: Scenario, one: Broken) -> str:
    """Person, rule, paragraph, day."""
    flag = one.flag
    return f"{scenario.names[one.person]}: {flag.rule}, {flag.paragraph}, {flag.at.start:%Y-%m-%d}"


def uneven(scenario: Scenario, one: Uneven) -> dict[str, object]:
    """Who is more than one away from the fair share, what binds, by name which wish, and what a step
    nearer would cost."""
    return {
        "name": scenario.names[one.person], "kind": one.kind, "had": one.had,
        "fair": round(one.fair, 2), "because": one.because, "wish_price": round(one.wish_price, 2),
        "wishes": [_binding(scenario, wish) for wish in one.wishes],
        "nearer_costs": None if one.costs is None else round(one.costs, 2),
    }  # fmt: skip


def _binding(scenario: Scenario, one: Binding) -> dict[str, str | None]:
    day = scenario.grid.dates[one.day].isoformat() if one.day >= 0 else None
    return {"wish": one.kind, "day": day}


def wishes_named(row: Mapping[str, object]) -> str:
    """The wishes that bind somebody, each with its day."""
    wishes = row["wishes"] if isinstance(row["wishes"], list) else []
    return ", ".join(f"{one['wish']} {one['day'] or 'on all days'}" for one in wishes)


def uneven_line(row: Mapping[str, object]) -> str:
    """The same as a sentence."""
    why = f"because of {str(row['because']).replace('_', ' ')}"
    if row["wishes"]:
        why += f" ({wishes_named(row)}; worth {row['wish_price']})"
    if row["nearer_costs"] is not None:
        why += f", one step nearer costs {row['nearer_costs']} more"
    return f"{row['name']}: {row['had']:.0f} {row['kind']}, fair {row['fair']:.1f}, {why}"


def asked_for(scenario: Scenario, made: "Made") -> list[Wish]:
    """Wishes for a free day or for hours that the plan does not hold, the dearest first, with why."""
    start, told = made.plan.roster.start, ("off", "early", "late")
    missed = [w for w in scenario.wishes if w.kind in told and start[w.person, w.day] >= 0]
    missed.sort(key=lambda wish: -wish.price)
    answers: list[Wish] = []
    for wish in missed:
        if len(answers) == _MOST_WISHES:
            break
        one = _why(scenario, made, wish)
        answers += [] if one.answer is Answer.GRANTED else [one]
    return answers


def _why(scenario: Scenario, made: "Made", wish: AskedFor) -> Wish:
    search = made.planner.search
    if wish.kind == "off":
        return why_not(search, wish.person, wish.day)
    count = scenario.problem.forms[scenario.problem.form[wish.person]].count
    return why_not_at(search, wish.person, wish.day, wish.kind, hours_price(wish, count))


def wish_told(scenario: Scenario, one: Wish) -> dict[str, object]:
    """Why a wish is not in the plan, with numbers."""
    told: dict[str, object] = {
        "name": scenario.names[one.person], "day": scenario.grid.dates[one.day].isoformat(),
        "wish": one.kind, "answer": one.answer, "worth": round(one.worth, 2),
    }  # fmt: skip
    if one.instead is not None:
        told["more"] = round(one.instead.more, 2)
        told["missing_hours"] = one.instead.under / _HOURS
    if one.answer is Answer.IMPOSSIBLE:
        told["rules"] = list(one.rules)
    return told


def shortest(made: "Made") -> list[Short]:
    """The slots at which most are missing, one a day, with why."""
    problem, roster, search = made.plan.problem, made.plan.roster, made.planner.search
    missing = -search.spare()[: problem.days * 96].reshape(problem.days, -1)
    worst = missing.max(axis=1)
    days = [int(day) for day in np.argsort(-worst, kind="stable") if worst[day] > 0]
    if not roster.start.size:
        return []
    return [
        why_short(search, day * 96 + int(np.argmax(missing[day]))) for day in days[:_MOST_SHORT]
    ]


def short_told(scenario: Scenario, one: Short) -> dict[str, object]:
    """Why people are missing at a slot, with numbers."""
    at = scenario.company.instant(one.slot).astimezone(scenario.grid.zone)
    skills = [name for n, name in enumerate(scenario.skills) if one.skills >> n & 1]
    return {
        "at": f"{at:%Y-%m-%d %H:%M}", "skills": skills, "needed": one.needed, "there": one.there,
        "elsewhere": {why.value: n for why, n in one.elsewhere}, "one_more_saves": round(float(one.saves), 2),
        "one_more_costs": round(one.costs, 2) if np.isfinite(one.costs) else None,
        "who": scenario.names[one.person] if one.person >= 0 else None,
    }  # fmt: skip


def short_line(row: dict[str, object]) -> str:
    """Why people are missing at a slot, as a sentence."""
    elsewhere, costs = row["elsewhere"], row["one_more_costs"]
    others = elsewhere if isinstance(elsewhere, dict) else {}
    where = ", ".join(f"{n} {str(why).replace('_', ' ')}" for why, n in others.items())
    more = f"{row['who']} could come for {costs}" if costs is not None else "nobody could come"
    skills = row["skills"]
    named = ", ".join(map(str, skills)) if isinstance(skills, list) else str(skills)
    return (
        f"{row['at']}, {named}: {row['there']} of {row['needed']} there; others: {where or 'none'}; "
        f"one more saves {row['one_more_saves']}, {more}"
    )


def wish_line(row: dict[str, object]) -> str:
    """Why a wish is not in the plan, as a sentence."""
    why = str(row["answer"]).replace("_", " ")
    if "rules" in row:
        why += f": {row['rules']} cannot be kept with it"
    if "more" in row:
        why += f", {row['more']} more ({row['missing_hours']} h missing)"
    return f"{row['name']}, {row['day']}, {row['wish']}, worth {row['worth']}: {why}"


def _place_fault(scenario: Scenario, site: str, fault: "object") -> dict[str, object]:
    from hemma.core.place import Fault

    if not isinstance(fault, Fault):
        raise TypeError(fault)
    return {
        "site": site, "rule": fault.rule.value,
        "name": scenario.names[fault.person] if fault.person >= 0 else None,
        "day": scenario.grid.dates[fault.day].isoformat(), "is": fault.is_,
        "allowed": fault.allowed, "because": [rule.value for rule in fault.because],
    }  # fmt: skip


def tell(scenario: Scenario, made: "Made", told: dict[str, object], *, tours: bool) -> None:
    """The lines on a terminal; reasons of `tours` if they were asked for by name."""
    plan, shifts = made.plan, int((made.plan.roster.start >= 0).sum())
    office = int(plan.places.office.sum())
    say(f"{shifts} shifts, {office} of them in the office; price {plan.total:,.0f}")
    say(f"  missing  {plan.cost.under / _HOURS:,.2f} hours of a person")
    say(f"  spare    {plan.cost.over / _HOURS:,.2f} hours of a person")
    say(
        f"  places   {plan.places.price:,.0f}, no choice for this roster below {plan.places.bound:,.0f}"
    )
    gap = gaps(made)
    if gap is not None:
        say(f"  at most  {gap['total']:.2%} above the best roster that there could be")
        if gap["without_fixed_pay"] is not None:
            say(f"           {gap['without_fixed_pay']:.1%} of what is left without fixed pay")
    passes = f" and {made.taken.passes} of the proof" if made.taken.passes is not None else ""
    say(
        f"  steps    {len(made.taken.shares)} of the search{passes}; --again repeats them from --json"
    )
    for name in ("notes", "law", "law_warns"):
        _lines("note" if name == "notes" else "law", told[name])
    _lines("huddle", plan_huddles.lines(told["huddles"]))
    for name, label, row_line in (
        ("uneven", "uneven", uneven_line), ("short", "short", short_line), ("wishes", "wish", wish_line),
        ("place_wishes", "place", plan_why_place.line), ("tours", "why", plan_why.line),
    ):  # fmt: skip
        rows = told[name]
        if isinstance(rows, list) and (name != "tours" or tours):
            _lines(label, [row_line(x) for x in rows])
    if scenario.company.existing is not None:
        say(f"  changed  {plan.changed} days of the existing plan")


def _lines(name: str, told: object, most: int = 20) -> None:
    rows = told if isinstance(told, list) else []
    for row in rows[:most]:
        say(f"  {name:8} {row}")
    if len(rows) > most:
        say(f"  {name:8} … and {len(rows) - most} more; --json has all")
