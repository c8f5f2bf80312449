"""One function per obstacle. Each answers: does this stop this person from this contact?

They stand in the order of `WhyNot`, and are asked in it. Those of `NOW`, and the orders in `rank`,
are the one source of the policy: the simulation compiles these very functions (`core.pipeline`). So
they are written in what its compiler knows: attributes, comparisons, `get`, `values` and `in`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from hemma.core.routing.decision import WhyNot
from hemma.core.routing.facts import ContactFacts, PersonFacts, PolicySettings, QueueFacts


@dataclass(frozen=True, slots=True)
class Question:
    """A contact with the queue, the settings and the time it is asked at."""

    contact: ContactFacts
    queue: QueueFacts
    settings: PolicySettings
    now_s: float


def not_in_queue(person: PersonFacts, asked: Question) -> bool:
    """The person is not appointed to the queue, nor called in while it is closed."""
    called_in = not asked.queue.open_now and person.id in asked.queue.on_call
    return asked.queue.id not in person.queues and not called_in


def missing_skill(person: PersonFacts, asked: Question) -> bool:
    """A needed skill is missing altogether."""
    for skill in asked.contact.skills:  # noqa: SIM110 (a third faster, and asked very often)
        if person.skills.get(skill, 0) < 1:
            return True
    return False


def level_too_low(person: PersonFacts, asked: Question) -> bool:
    """A needed skill is there, but not at the level needed."""
    for skill, least in asked.contact.skills.items():
        if 1 <= person.skills.get(skill, 0) < least:
            return True
    return False


def language(person: PersonFacts, asked: Question) -> bool:
    """The person does not speak the contact's language."""
    return asked.contact.language is not None and asked.contact.language not in person.languages


def channel_not_taken(person: PersonFacts, asked: Question) -> bool:
    """The person does not take this channel at all."""
    return person.capacity.get(asked.contact.channel, 0) < 1


def queue_closed(person: PersonFacts, asked: Question) -> bool:
    """The queue is closed and the person is not on call for it."""
    return not asked.queue.open_now and person.id not in asked.queue.on_call


def outside_hours(person: PersonFacts, asked: Question) -> bool:
    """The person is not at work now. Nothing ever overrides this."""
    return person.works_until_s is None or person.works_until_s <= asked.now_s


def not_present_mode(person: PersonFacts, asked: Question) -> bool:
    """The person's mode is not on the allow-list."""
    return person.mode not in asked.settings.modes


def too_short_before_stop(person: PersonFacts, asked: Question) -> bool:
    """It would not be finished before the rast, the focus or the end of the day."""
    known = asked.contact.handling_s
    needed_s = asked.settings.unknown_handling_s if known is None else known
    now_s, end_s, stop_s = asked.now_s, person.works_until_s, person.next_stop_s
    if end_s is not None and 0 < end_s - now_s < needed_s:
        return True
    if asked.contact.channel in asked.settings.lasting_channels:
        return False
    return stop_s is not None and 0 < stop_s - now_s < needed_s


def declined_already(person: PersonFacts, asked: Question) -> bool:
    """The person has said no to this contact."""
    return person.id in asked.contact.declined_by


def has_open_offer(person: PersonFacts, asked: Question) -> bool:
    """The person has not yet answered what is offered already."""
    return person.open_offers >= asked.settings.offers_at_a_time


def at_capacity(person: PersonFacts, asked: Question) -> bool:
    """The person takes the channel, but holds as many as fit."""
    room = person.capacity.get(asked.contact.channel, 0)
    return 1 <= room <= person.load.get(asked.contact.channel, 0)


def personal_limit(person: PersonFacts, asked: Question) -> bool:  # noqa: ARG001 (one shape)
    """The person has said how many at once, and has them."""
    return person.personal_limit is not None and sum(person.load.values()) >= person.personal_limit


Obstacle = Callable[[PersonFacts, Question], bool]

ABLE: tuple[tuple[WhyNot, Obstacle], ...] = (
    (WhyNot.NOT_IN_QUEUE, not_in_queue),
    (WhyNot.MISSING_SKILL, missing_skill),
    (WhyNot.LEVEL_TOO_LOW, level_too_low),
    (WhyNot.LANGUAGE, language),
    (WhyNot.CHANNEL_NOT_TAKEN, channel_not_taken),
)
"""What one can: by queue, channel, skill and language, and the same all day."""

NOW: tuple[tuple[WhyNot, Obstacle], ...] = (
    (WhyNot.QUEUE_CLOSED, queue_closed),
    (WhyNot.OUTSIDE_HOURS, outside_hours),
    (WhyNot.NOT_PRESENT_MODE, not_present_mode),
    (WhyNot.TOO_SHORT_BEFORE_STOP, too_short_before_stop),
    (WhyNot.DECLINED_ALREADY, declined_already),
    (WhyNot.HAS_OPEN_OFFER, has_open_offer),
    (WhyNot.AT_CAPACITY, at_capacity),
    (WhyNot.PERSONAL_LIMIT, personal_limit),
)
"""Whether one may and has room: by queue, channel and handling time, and who declined."""


def why_not(
    person: PersonFacts,
    asked: Question,
    obstacles: tuple[tuple[WhyNot, Obstacle], ...] = ABLE + NOW,
) -> tuple[WhyNot, ...]:
    """Every obstacle between the person and the contact, in order; none means it can be offered."""
    return tuple([code for code, stops in obstacles if stops(person, asked)])
