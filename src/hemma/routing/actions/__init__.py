"""Deciding, answering, looking after what lies in absent hands, and the rules of it all."""

from hemma.routing.actions.answering import OfferGone, accept, decline
from hemma.routing.actions.deciding import ANSWER_WITHIN, decide
from hemma.routing.actions.hands import look_after
from hemma.routing.actions.hours import put_on_call, take_off_call
from hemma.routing.actions.limits import limit_myself, set_capacity
from hemma.routing.actions.replays import (
    UNDER_WAY,
    go_back,
    play_next,
    stop_replay,
    switch_on,
    try_rules,
)
from hemma.routing.actions.rules import set_rules

__all__ = [
    "ANSWER_WITHIN",
    "UNDER_WAY",
    "OfferGone",
    "accept",
    "decide",
    "decline",
    "go_back",
    "limit_myself",
    "look_after",
    "play_next",
    "put_on_call",
    "set_capacity",
    "set_rules",
    "stop_replay",
    "switch_on",
    "take_off_call",
    "try_rules",
]
