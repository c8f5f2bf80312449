"""What a person is doing right now, and by which way a customer comes."""

from enum import StrEnum


class Mode(StrEnum):
    """The one list of modes, everywhere (glossary 101)."""

    WARMUP = "warmup"
    READY = "ready"
    IN_CONTACT = "in_contact"
    WRAP_UP = "wrap_up"
    FOCUS = "focus"
    RECESS = "recess"
    MEAL = "meal"
    MEETING = "meeting"
    AWAY = "away"
    OFF = "off"
    LOST = "lost"


class Channel(StrEnum):
    """How a contact comes."""

    MAIL = "mail"
    FORM = "form"
    CHAT = "chat"
    VOICE = "voice"
    CALLBACK = "callback"


AT_WORK_IN_QUEUE = frozenset({Mode.WARMUP, Mode.READY, Mode.IN_CONTACT, Mode.WRAP_UP})
"""The only modes a policy may ever allow: nobody in focus, at rest, away or lost gets an offer."""
