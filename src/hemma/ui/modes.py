"""How a mode looks: word, shape and colour together, never colour alone.

The codes are the product's one list of modes plus the kinds of planned activity,
so that the pill in a list, the mode switch and the day band say the same.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True)
class Look:
    """`css`: the `m-…` class, `icon`: a name in the sprite, `word`: what people call it."""

    css: str
    icon: str
    word: str | Promise


REACHABLE = pgettext_lazy("mode", "Reachable")

LOOKS: dict[str, Look] = {
    "ready": Look("m-queue", "ko", pgettext_lazy("mode", "Queue")),
    "in_contact": Look("m-queue", "ko", pgettext_lazy("mode", "With a customer")),
    "wrap_up": Look("m-queue", "ko", pgettext_lazy("mode", "Finishing up")),
    "focus": Look("m-focus", "fokus", pgettext_lazy("mode", "Focus")),
    "huddle": Look("m-meet", "mote", pgettext_lazy("mode", "Morning meeting")),
    "meeting": Look("m-meet", "mote", pgettext_lazy("mode", "Meeting")),
    "training": Look("m-meet", "mote", pgettext_lazy("mode", "Training")),
    "coaching": Look("m-coach", "coach", pgettext_lazy("mode", "Coaching")),
    "one_to_one": Look("m-coach", "coach", pgettext_lazy("mode", "One-to-one")),
    "warmup": Look("m-soft", "mjuk", pgettext_lazy("mode", "Warm-up")),
    "shutdown": Look("m-soft", "hemgang", pgettext_lazy("mode", "Rounding off")),
    "paus": Look("m-pause", "paus", pgettext_lazy("mode", "Break")),
    "recess": Look("m-pause", "leaf", pgettext_lazy("mode", "Recess")),
    "fika": Look("m-pause", "coffee", pgettext_lazy("mode", "Coffee")),
    "meal": Look("m-rast", "rast", pgettext_lazy("mode", "Meal break")),
    "away": Look("m-away", "borta", pgettext_lazy("mode", "Away")),
    # A lost line looks like being away: nobody owes an explanation for their network.
    "lost": Look("m-away", "borta", pgettext_lazy("mode", "Away")),
    "off": Look("m-away", "hemgang", pgettext_lazy("mode", "Off work")),
    "gone_home": Look("m-away", "hemgang", pgettext_lazy("mode", "Gone home")),
}
# Other names for the same thing, so that a caller may use the word of its own table.
LOOKS["queue"] = LOOKS["ready"]
LOOKS["rast"] = LOOKS["meal"]

PLACES: dict[str, tuple[str, str | Promise]] = {
    "home": ("house", gettext_lazy("At home")),
    "office": ("building-2", gettext_lazy("At the office")),
    "customer_site": ("briefcase-business", gettext_lazy("At a customer's")),
    "other": ("dot", gettext_lazy("Another place")),
}


def look(mode: str) -> Look:
    """How `mode` looks. Raises ValueError for a mode that does not exist."""
    try:
        return LOOKS[mode]
    except KeyError:
        raise ValueError(f"no mode {mode!r}; known: {', '.join(sorted(LOOKS))}") from None
