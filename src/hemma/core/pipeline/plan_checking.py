"""Judges any plan for a company: the roster, the law, the places, and what had to be kept. Shares no
code with the search."""

from dataclasses import dataclass

from hemma.core.pipeline.company import Company
from hemma.core.pipeline.plan_law import Broken, broken
from hemma.core.pipeline.plan_places import PlacePlan, place_faults, place_price
from hemma.core.place import Fault as PlaceFault
from hemma.core.roster import Cost, Fault, Problem, Roster, faults, price


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong, and what the plan costs, counted anew: `price` the roster's, `places` theirs."""

    roster: tuple[Fault, ...]
    law: tuple[Broken, ...]
    placed: tuple[tuple[str, PlaceFault], ...]
    price: Cost
    places: float


def judge(company: Company, problem: Problem, roster: Roster, places: PlacePlan) -> Judged:
    """`problem` is what was planned in the end (`Plan.problem`); the company's own has the limits."""
    return Judged(
        tuple(faults(problem, roster, company.limits, company.before)),
        tuple(broken(company, roster, places.office)),
        tuple(place_faults(company, roster, places)),
        price(problem, roster),
        place_price(company, roster, places),
    )
