"""Is this allowed, and by which paragraph not? A timeline in, flags out.

`check(timeline, packs)` looks at a whole timeline; `judge(timeline, changes, packs)` looks at many
changes one thinks of; `Openings` answers where one more shift could begin. `builtin()` gives the
packs that come with the product. Rules are named functions (`RULES`), their values are dated data
with paragraph, source and basis (`packs/`).
"""

from hemma.core.rules.checking import RULES, Rule, check, judge
from hemma.core.rules.facts import working_time
from hemma.core.rules.flags import Flag, Numbers, Remedy
from hemma.core.rules.law import Law
from hemma.core.rules.openings import Openings, ShiftShape
from hemma.core.rules.packs import (
    Basis,
    MalformedPack,
    Packs,
    RulePack,
    RuleValue,
    Severity,
    with_packs,
)
from hemma.core.rules.reading import builtin, overlay, parse
from hemma.core.rules.timeline import (
    CandidateChange,
    PlaceType,
    Timeline,
    WorkItem,
    WorkKind,
    changed,
)

__all__ = [
    "RULES",
    "Basis",
    "CandidateChange",
    "Flag",
    "Law",
    "MalformedPack",
    "Numbers",
    "Openings",
    "Packs",
    "PlaceType",
    "Remedy",
    "Rule",
    "RulePack",
    "RuleValue",
    "Severity",
    "ShiftShape",
    "Timeline",
    "WorkItem",
    "WorkKind",
    "builtin",
    "changed",
    "check",
    "judge",
    "overlay",
    "parse",
    "with_packs",
    "working_time",
]
