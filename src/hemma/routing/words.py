"""Decisions in words: each code a sentence, in the reader's language.

The order is the order in which the router asks, so that the sentences read as an explanation.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from hemma.core.routing import ReasonCode, WhyNot
from hemma.routing.models import Offer

# Having passed it on, having enough in hand and a limit of one's own are told as one thing: that
# somebody said no, or how many they want, is nobody else's business.
_NO_ROOM = frozenset(
    {
        WhyNot.DECLINED_ALREADY,
        WhyNot.HAS_OPEN_OFFER,
        WhyNot.AT_CAPACITY,
        WhyNot.PERSONAL_LIMIT,
    }
)


def why(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """The sentences of a stored decision: why this person, or why nobody."""
    return [sentence for reason in _without_secrets(reasons) if (sentence := _sentence(reason))]


def _without_secrets(reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    told: list[Mapping[str, Any]] = []
    no_room = 0
    for reason in reasons:
        if reason.get("why_not") in _NO_ROOM:
            no_room += int(reason["numbers"]["people"])
        else:
            told.append(reason)
    if no_room:
        told.append(
            {
                "code": ReasonCode.NOBODY,
                "why_not": WhyNot.HAS_OPEN_OFFER,
                "numbers": {"people": no_room},
            }
        )
    return told


def _sentence(reason: Mapping[str, Any]) -> str:
    code, numbers = reason["code"], reason["numbers"]
    if code == ReasonCode.NOBODY:
        return _nobody(reason.get("why_not"), int(numbers.get("people", 0)))
    if code == ReasonCode.ABLE:
        return _able(int(numbers["able"]), int(numbers["free"]))
    return _PLAIN.get(code, _silent)()


def _able(able: int, free: int) -> str:
    can = ngettext(
        "%(able)d colleague can answer this.", "%(able)d colleagues can answer this.", able
    ) % {"able": able}
    now = ngettext(
        "%(free)d of them is free right now.", "%(free)d of them are free right now.", free
    ) % {"free": free}
    return f"{can} {now}"


def _silent() -> str:
    return ""


_PLAIN = {
    ReasonCode.ONLY_ONE: lambda: gettext("Nobody else was free."),
    ReasonCode.NOT_ASKED_YET: lambda: gettext("The others were asked before and had no time."),
    ReasonCode.SKILL: lambda: gettext("The skill fits best."),
    ReasonCode.EARLIER_PERSON: lambda: gettext("The customer is known from an earlier case."),
    ReasonCode.FAIR_SHARE: lambda: gettext("So that the day's cases are shared fairly."),
    ReasonCode.LESS_BUSY: lambda: gettext("The least in hand right now."),
    ReasonCode.LONGEST_SINCE: lambda: gettext("The longest since the last case."),
    ReasonCode.EQUAL: lambda: gettext("Everything else was equal, and somebody has to be first."),
    ReasonCode.OFFER_OPEN: lambda: gettext("Someone has been asked and has not answered yet."),
    ReasonCode.NOT_YET: lambda: gettext("The agreed time has not come yet."),
    ReasonCode.QUEUE_UNKNOWN: lambda: gettext("The queue no longer exists."),
}


def _nobody(why_not: str | None, people: int) -> str:
    if not why_not:
        return gettext("Nobody works in this queue yet.")
    if why_not == WhyNot.QUEUE_CLOSED:
        return gettext("The queue is closed now. The case waits until it opens.")
    one_and_many = _NOBODY.get(WhyNot(why_not))
    return one_and_many(people) % {"people": people} if one_and_many else ""


_NOBODY = {
    WhyNot.NOT_IN_QUEUE: lambda n: ngettext(
        "%(people)d does not work in this queue.", "%(people)d do not work in this queue.", n
    ),
    WhyNot.MISSING_SKILL: lambda n: ngettext(
        "%(people)d does not have the skill.", "%(people)d do not have the skill.", n
    ),
    WhyNot.LEVEL_TOO_LOW: lambda n: ngettext(
        "%(people)d is still learning it.", "%(people)d are still learning it.", n
    ),
    WhyNot.LANGUAGE: lambda n: ngettext(
        "%(people)d does not speak the language.", "%(people)d do not speak the language.", n
    ),
    WhyNot.CHANNEL_NOT_TAKEN: lambda n: ngettext(
        "%(people)d does not answer e-mail.", "%(people)d do not answer e-mail.", n
    ),
    WhyNot.OUTSIDE_HOURS: lambda n: ngettext(
        "%(people)d is not at work now.", "%(people)d are not at work now.", n
    ),
    WhyNot.NOT_PRESENT_MODE: lambda n: ngettext(
        "%(people)d is not in the queue right now.", "%(people)d are not in the queue right now.", n
    ),
    WhyNot.TOO_SHORT_BEFORE_STOP: lambda n: ngettext(
        "%(people)d will soon have finished for the day.",
        "%(people)d will soon have finished for the day.",
        n,
    ),
    WhyNot.HAS_OPEN_OFFER: lambda n: ngettext(
        "%(people)d has no room for it right now.",
        "%(people)d have no room for it right now.",
        n,
    ),
}


def said(because: Mapping[str, int]) -> list[str]:
    """What was said about a case when it was passed on, without names."""
    return [
        sentence(many) % {"people": many}
        for code, sentence in _SAID.items()
        if (many := because.get(code, 0))
    ]


_SAID: Mapping[str, Callable[[int], str]] = {
    Offer.Because.KNOWLEDGE: lambda n: ngettext(
        "%(people)d says that it needs other knowledge.",
        "%(people)d say that it needs other knowledge.",
        n,
    ),
    Offer.Because.LANGUAGE: lambda n: ngettext(
        "%(people)d says that it needs another language.",
        "%(people)d say that it needs another language.",
        n,
    ),
    Offer.Because.QUEUE: lambda n: ngettext(
        "%(people)d says that it belongs in another queue.",
        "%(people)d say that it belongs in another queue.",
        n,
    ),
}


# The page that everybody may read: the same questions in the same order as the policy asks them.
ASKED = (
    gettext_lazy("Do you work in this queue, with the skill, the level and the language it needs?"),
    gettext_lazy("Is the queue open, or are you the one on call for it?"),
    gettext_lazy("Is it your working time, and are you in the queue by your own choice?"),
    gettext_lazy("Is there time to finish it before your meal break or the end of your day?"),
    gettext_lazy("Have you passed this one on? Then you are not asked about it again."),
    gettext_lazy("Do you have room, by what is usual for you and by what you want today?"),
)
ORDER = (
    gettext_lazy("Whoever has not let this one pass before."),
    gettext_lazy("The skill, if the queue has chosen so."),
    gettext_lazy("Whoever the customer has met before."),
    gettext_lazy("Whoever has had the fewest cases an hour today."),
    gettext_lazy("Whoever has the least in hand."),
    gettext_lazy("Whoever has waited longest for a case."),
)
NEVER = (
    gettext_lazy("where you work from"),
    gettext_lazy("how fast you work"),
    gettext_lazy("your results"),
    gettext_lazy("your breaks"),
    gettext_lazy("how often you have said no, or been away"),
)


def noted(sort: str) -> str:
    """What a note of the working time is of; see `workday.overtime.Sort`."""
    said = {
        "overtime": gettext("Overtime"),
        "extra": gettext("Extra time"),
        "on_call": gettext("On call"),
    }
    return said[sort]


def limit(name: str) -> str:
    """Over what the law counts overtime; `name` as in the rule packs."""
    said = {
        "overtime_week_h": gettext("Overtime in seven days"),
        "overtime_4w_h": gettext("Overtime in four weeks"),
        "overtime_month_h": gettext("Overtime in the month"),
        "overtime_year_h": gettext("Overtime in the year"),
    }
    return said[name]
