"""How many people it takes, and what service a number of people gives.

`least_people(Load, Target)` is exact for Erlang A and Erlang C; `service` is the way back. Around
them: several contacts at once, time outside the queue, a load that changes, work with a deadline,
a quantile of the demand. Arrays of cells in, arrays of cells out; no limit on their number.
"""

from hemma.core.need.deadlines import levelled, whole
from hemma.core.need.erlang import Load, Service, service
from hemma.core.need.least import NeverEnough, Target, least_people
from hemma.core.need.people import (
    at_once,
    at_quantile,
    least_people_at_once,
    least_people_over,
    meets,
    most_contacts_per_s,
    scheduled,
)
from hemma.core.need.varying import Correction, corrected

__all__ = [
    "Correction",
    "Load",
    "NeverEnough",
    "Service",
    "Target",
    "at_once",
    "at_quantile",
    "corrected",
    "least_people",
    "least_people_at_once",
    "least_people_over",
    "levelled",
    "meets",
    "most_contacts_per_s",
    "scheduled",
    "service",
    "whole",
]
