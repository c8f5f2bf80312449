"""Facts for the router, what it decided, and by what rules."""

from hemma.routing.queries.facts import facts, reasons_as_data, settings_of
from hemma.routing.queries.offers import (
    Unplaced,
    because_of,
    my_limit,
    my_offer,
    offer_to,
    unplaced,
    verdict_on,
)
from hemma.routing.queries.past import last_midnight, rules_for, week_of
from hemma.routing.queries.replays import (
    can_be_called,
    led_queue,
    on_call_ahead,
    replay_for,
    replays_of,
    versions_of_rules,
)
from hemma.routing.queries.rules import (
    led_queues,
    on_call_now,
    rules_in_force,
    rules_of,
    values_of,
)

__all__ = [
    "Unplaced",
    "because_of",
    "can_be_called",
    "facts",
    "last_midnight",
    "led_queue",
    "led_queues",
    "my_limit",
    "my_offer",
    "offer_to",
    "on_call_ahead",
    "on_call_now",
    "reasons_as_data",
    "replay_for",
    "replays_of",
    "rules_for",
    "rules_in_force",
    "rules_of",
    "settings_of",
    "unplaced",
    "values_of",
    "verdict_on",
    "versions_of_rules",
    "week_of",
]
