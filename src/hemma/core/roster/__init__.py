"""Who works when: rosters that get better while one looks, with a proof of how good they are.

`search.Search(problem)` holds a roster and improves it by rounds; `bound.Bound(search)` proves from
below what no roster can undercut; `faults(…)` judges any roster and shares no code with the search.
This package loads no compiler; `search` and `bound` do.
"""

from hemma.core.roster.averaged import AveragedDays
from hemma.core.roster.checking import Before, Fault, FaultKind, Limits, faults, price
from hemma.core.roster.facts import (
    FORBIDDEN,
    MOST_EXTRAS,
    MOST_SKILLS,
    MOST_STARTS,
    Activity,
    Cost,
    DayForm,
    Extra,
    NoSuchWeek,
    Prices,
    Problem,
    Roster,
    Watch,
)
from hemma.core.roster.fair import Fairness, shares
from hemma.core.roster.lawful import LawfulDays
from hemma.core.roster.weeks import DayRules, Gap, RuleState

__all__ = [
    "FORBIDDEN",
    "MOST_EXTRAS",
    "MOST_SKILLS",
    "MOST_STARTS",
    "Activity",
    "AveragedDays",
    "Before",
    "Cost",
    "DayForm",
    "DayRules",
    "Extra",
    "Fairness",
    "Fault",
    "FaultKind",
    "Gap",
    "LawfulDays",
    "Limits",
    "NoSuchWeek",
    "Prices",
    "Problem",
    "Roster",
    "RuleState",
    "Watch",
    "faults",
    "price",
    "shares",
]
