"""Sentences of *My day* and *The team now*, in the reader's language."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from hemma.people.models import Place
from hemma.planning.models import ActivityKind
from hemma.planning.queries import DayPlan, PlannedShift
from hemma.ui.times import clock_time
from hemma.workday import looks

# As people write them: small numbers in words.
NUMBERS: tuple[str | Promise, ...] = (
    pgettext_lazy("number", "none"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
    pgettext_lazy("number", "eleven"),
    pgettext_lazy("number", "twelve"),
)


def number(count: int) -> str:
    """`count` in words up to twelve, in digits above."""
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def greeting(local: datetime, name: str) -> str:
    """Good morning, Amanda; `local` is the person's own time."""
    words = [
        (5, pgettext("at night", "Hello, %(name)s")),
        (9, pgettext("5 to 9", "Good morning, %(name)s")),
        (12, pgettext("9 to 12", "Good morning, %(name)s")),
        (18, pgettext("12 to 18", "Good afternoon, %(name)s")),
        (23, pgettext("18 to 23", "Good evening, %(name)s")),
        (24, pgettext("at night", "Hello, %(name)s")),
    ]
    return next(said for until, said in words if local.hour < until) % {"name": name}


def day_in_words(day: date) -> str:
    """Thursday 19 November, as a sentence begins."""
    said = date_format(day, pgettext("date format", "l j F"))
    return said[:1].upper() + said[1:]


def hours(shift: PlannedShift) -> str:
    """07:50–16:35 in the reader's zone."""
    return f"{clock_time(shift.starts_at)}–{clock_time(shift.ends_at)}"


def works(shift: PlannedShift) -> str:
    """Where from and when, to the person themself."""
    said = {
        Place.HOME: _("You work from home, %(hours)s."),
        Place.OFFICE: _("You work at the office, %(hours)s."),
        Place.CUSTOMER_SITE: _("You work at a customer's, %(hours)s."),
        Place.OTHER: _("You work from another agreed place, %(hours)s."),
    }
    return said[Place(shift.place_type)] % {"hours": hours(shift)}


def band_title(plan: DayPlan, now: datetime) -> str:
    """The whole band in a sentence, for those who can't see it."""
    parts = (
        [
            _("Your day as a band: %(start)s to %(end)s.")
            % {
                "start": clock_time(plan.shifts[0].starts_at),
                "end": clock_time(plan.shifts[-1].ends_at),
            },
            _("It is %(time)s.") % {"time": clock_time(now)},
        ]
        if plan.shifts
        else []
    )
    coming = plan.next_after(now)
    if parts and coming:
        parts.append(
            _("Next is %(what)s at %(time)s.")
            % {"what": looks.word_of(coming), "time": clock_time(coming.starts_at)}
        )
    return " ".join(parts)


def team_sentence(size: int, places: Iterable[str]) -> str:
    """Twelve in the team: seven at home, five at the office.

    `places`: the type of place of each one who works today; the rest are off.
    """
    counts = Counter(places)
    parts = [
        (counts[Place.HOME], ngettext("%(count)s at home", "%(count)s at home", counts["home"])),
        (
            counts[Place.OFFICE],
            ngettext("%(count)s at the office", "%(count)s at the office", counts["office"]),
        ),
        (
            counts[Place.CUSTOMER_SITE] + counts[Place.OTHER],
            ngettext(
                "%(count)s elsewhere",
                "%(count)s elsewhere",
                counts["customer_site"] + counts["other"],
            ),
        ),
        (
            size - counts.total(),
            ngettext("%(count)s off today", "%(count)s off today", size - counts.total()),
        ),
    ]
    start = ngettext("%(count)s in the team", "%(count)s in the team", size)
    start = start % {"count": number(size)}
    said = ", ".join(part % {"count": number(count)} for count, part in parts if count > 0)
    sentence = f"{start}: {said}." if said else f"{start}."
    return sentence[:1].upper() + sentence[1:]


def good_to_know(kind: str) -> str:
    """What a kind of activity means for the person whose day it is."""
    said = {
        ActivityKind.WARMUP: _("Time to land. Working time."),
        ActivityKind.FOCUS: _("No cases come. Messages wait."),
        ActivityKind.MEETING: _("No cases come."),
        ActivityKind.COACHING: _("No cases come."),
        ActivityKind.PAUSE: _("Working time."),
        ActivityKind.RECESS: _("Working time. Get some air if you can."),
        ActivityKind.FIKA: _("Working time."),
        ActivityKind.RAST: _("Not working time. You can't be reached."),
        ActivityKind.SHUTDOWN: _("Hand over and let go of the day."),
    }
    return said.get(ActivityKind(kind), "")


def chat_trouble(code: str) -> str:
    """Why a chat was not told, and what helps."""
    return {
        "key": _("Your chat does not know the key any more. Make a new one there and connect anew."),
        "may_not": _("The key may not change your status. Ask who runs your chat."),
        "inside": _("Hemma does not send there: the address has to begin with https:// and lie on the open internet, or in a network that who runs Hemma has allowed."),
        "silent": _("Your chat did not answer."),
        "busy": _("Your chat has too much to do, or is being looked after."),
        "sealed": _("Hemma has a new secret of its own and cannot open the key any more. Connect anew."),
    }.get(code, _("What answers there is no chat that Hemma knows. Look at the address."))  # fmt: skip
