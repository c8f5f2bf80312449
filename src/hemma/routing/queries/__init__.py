"""Facts for the router, what it decided, and by what rules."""

from hemma.routing.queries.facts import facts, reasons_as_data, settings_of
from hemma.routing.queries.offers import (
    Unplaced,
    my_limit,
    my_offer,
    offer_to,
    unplaced,
    verdict_on,
)
from hemma.routing.queries.rules import led_queues, on_call_now, rules_in_force, rules_of

__all__ = [
    "Unplaced",
    "facts",
    "led_queues",
    "my_limit",
    "my_offer",
    "offer_to",
    "on_call_now",
    "reasons_as_data",
    "rules_in_force",
    "rules_of",
    "settings_of",
    "unplaced",
    "verdict_on",
]
