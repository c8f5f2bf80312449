"""Deciding, answering, looking after what lies in absent hands, and the rules of it all."""

from hemma.routing.actions.answering import OfferGone, accept, decline
from hemma.routing.actions.deciding import ANSWER_WITHIN, decide
from hemma.routing.actions.hands import look_after
from hemma.routing.actions.hours import put_on_call
from hemma.routing.actions.limits import limit_myself, set_capacity
from hemma.routing.actions.rules import set_rules

__all__ = [
    "ANSWER_WITHIN",
    "OfferGone",
    "accept",
    "decide",
    "decline",
    "limit_myself",
    "look_after",
    "put_on_call",
    "set_capacity",
    "set_rules",
]
