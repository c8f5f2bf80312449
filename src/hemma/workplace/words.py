"""What one looks at where one works, and the tip where it is not so.

Movement that is built into a place needs no reminding: no timer, no exercise. What each tip asks is
small, costs nothing or little, and holds at home and in the office alike.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TIPS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "printer": (
        _("The printer, or where I fetch papers and things, is some steps away."),
        _("Move the printer, or the things you fetch most often, to another room."),
    ),
    "water": (
        _("I get up when I want water or coffee."),
        _("Leave the jug in the kitchen and keep only a small glass beside you."),
    ),
    "bin": (
        _("The bin and the charger of the telephone are out of reach."),
        _("Put the bin and the charger by the door: each is a reason to get up."),
    ),
    "stand": (
        _("I have somewhere to work on my feet for a while."),
        _("Look for a shelf or a worktop that is high enough, and take one talk a day standing."),
    ),
    "walk": (
        _("I can walk about while I talk."),
        _("Ask for a headset without a wire, and walk during talks where you write nothing."),
    ),
    "far": (
        _("I can look far away from where I sit."),
        _("Turn the table so that you see a window, or go to one in every pause."),
    ),
    "meal": (
        _("I eat somewhere else than where I work."),
        _("Eat at another table, or put the work away under a cloth meanwhile."),
    ),
}
