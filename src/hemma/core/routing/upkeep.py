"""What becomes of offers that are open and of contacts in the hands of someone who is gone.

Beside `decide`, the other half of every turn: the live system and the simulation of faults ask the
same two functions. Times are seconds since one origin, as in the facts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hemma.core.routing.modes import Mode


class Ending(StrEnum):
    """How an open offer ends without an answer."""

    WITHDRAWN = "withdrawn"
    """The person or the contact is no longer there for it: nobody's doing, nothing counted."""
    UNANSWERED = "unanswered"
    """Its time ran out: the next one is asked."""


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An unanswered offer and how its person and its contact stand now."""

    mode: Mode
    at_work: bool
    contact_waits: bool
    """Still open, and in nobody's hands."""
    expires_s: float


def ending_of(offer: OpenOffer, allowed: Collection[Mode], now_s: float) -> Ending | None:
    """How the offer ends now; None while it stands.

    Someone who went away is not someone who did not answer, so that is asked first.
    """
    if not offer.contact_waits or not offer.at_work or offer.mode not in allowed:
        return Ending.WITHDRAWN
    return Ending.UNANSWERED if offer.expires_s <= now_s else None


@dataclass(frozen=True, slots=True)
class InHand:
    """A contact that waits for us in the hands of someone.

    `back_s`: when the person is at work again, the time now while they are, None when nobody
    knows. `handling_s`: what it takes to answer.
    """

    promised_s: float | None
    back_s: float | None
    handling_s: float = 900.0


def must_move(held: InHand, now_s: float) -> bool:
    """Whether the promise would break by waiting for its person to come back.

    Who is at work keeps everything, however late it is. Without a promise, or when it holds until
    the person is back and has answered, the customer keeps the person they know.
    """
    if held.back_s is not None and held.back_s <= now_s:
        return False
    if held.promised_s is None:
        return False
    return held.back_s is None or held.back_s + held.handling_s > held.promised_s
