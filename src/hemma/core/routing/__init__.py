"""Who is offered which contact, and why: facts in, decisions with reasons out.

`decide(Facts)` is the whole interface. It looks at skill and language, mode, own hours, room,
wait against target, the earlier person and fairness; never at place, pace, results, breaks or
how often someone has said no. Every way in which a person can be left out is one named function
in `why_not`; the two orders are in `rank`.
"""

from hemma.core.routing.decision import (
    CANNOT,
    Considered,
    Decision,
    Numbers,
    Reason,
    ReasonCode,
    WhyNot,
)
from hemma.core.routing.facts import (
    ContactFacts,
    Facts,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    SkillChoice,
)
from hemma.core.routing.modes import AT_WORK_IN_QUEUE, Channel, Mode
from hemma.core.routing.policy import consider, decide
from hemma.core.routing.upkeep import Ending, InHand, OpenOffer, ending_of, must_move

__all__ = [
    "AT_WORK_IN_QUEUE",
    "CANNOT",
    "Channel",
    "Considered",
    "ContactFacts",
    "Decision",
    "Ending",
    "Facts",
    "InHand",
    "Mode",
    "Numbers",
    "OpenOffer",
    "PersonFacts",
    "PolicySettings",
    "QueueFacts",
    "Reason",
    "ReasonCode",
    "SkillChoice",
    "WhyNot",
    "consider",
    "decide",
    "ending_of",
    "must_move",
]
