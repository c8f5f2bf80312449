"""What has to hold at every moment of a play of faults, in plain numbers.

Apart from the policy's own functions, so that a mistake in those is not made twice.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from hemma.core.routing.facts import ContactFacts, PersonFacts
from hemma.core.routing.modes import Channel, Mode

TICK_S = 30.0
CAPACITY = 3


class Broken(AssertionError):
    """A promise that did not hold, and when (seconds of the play)."""


@dataclass(slots=True)
class Store:
    """What is committed. Constraints are checked at every write, as the database checks them."""

    waiting: dict[int, ContactFacts] = field(default_factory=dict)
    held: dict[int, tuple[int, ContactFacts]] = field(default_factory=dict)
    offers: dict[int, tuple[int, float]] = field(default_factory=dict)
    declined: dict[int, set[int]] = field(default_factory=dict)
    unanswered: dict[int, set[int]] = field(default_factory=dict)
    stated: dict[int, bool] = field(default_factory=dict)
    """Waiting contact → whether its last decision named a reason."""

    def asked(self) -> dict[int, int]:
        """Person → the contact of their open offer."""
        return {person: contact for contact, (person, _until) in self.offers.items()}


def may(
    who: PersonFacts, contact: ContactFacts, at_work: bool, queues: Collection[int], skill: int
) -> None:
    """Whether somebody may be offered it. Raises `Broken` with what is against it."""
    held = who.load.get(Channel.MAIL, 0)
    wrong = {
        "mode": who.mode != Mode.READY,
        "hours": not at_work,
        "queue": contact.queue not in queues,
        "skill": skill < contact.skills["invoice"],
        "room": held >= CAPACITY,
        "limit": who.personal_limit is not None and held >= who.personal_limit,
        "declined": who.id in contact.declined_by,
    }
    if True in wrong.values():
        broken = ", ".join(name for name, is_so in wrong.items() if is_so)
        raise Broken(f"{contact.id} offered to {who.id} in spite of {broken}")


def judge(store: Store, now_s: float, skew_s: float) -> None:
    """Whether what is committed can be. Raises `Broken`."""
    if store.waiting.keys() & store.held.keys():
        raise Broken(f"{now_s}: waits and is in hand at once")
    if len(store.asked()) != len(store.offers):
        raise Broken(f"{now_s}: two offers to one person")
    if store.offers.keys() - store.waiting.keys():
        raise Broken(f"{now_s}: an offer of what no longer waits")
    oldest = now_s - 20 * TICK_S - 1300
    for number in store.waiting.keys() - store.stated.keys():
        if store.waiting[number].waiting_since_s + abs(skew_s) < oldest:
            raise Broken(f"{now_s}: {number} waits without a word")
