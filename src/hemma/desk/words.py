"""Codes of the desk as people say them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemma.desk import hours
from hemma.desk.models import Case
from hemma.desk.opening import MIDNIGHT, Span
from hemma.lib import clock
from hemma.ui.times import clock_time, day_clock


def why_aside(code: str) -> str:
    """Why a mail was set aside."""
    return {
        "auto_reply": _("An automatic answer that belongs to no case."),
        "bounce": _("A report about a mail that we have not sent."),
        "list": _("A newsletter or a mailing list."),
        "ours": _("One of our own answers came back to us."),
        "no_sender": _("There is no sender to answer."),
    }.get(code, _("Something in it could not be read. It is kept as it came."))


def why_spam(detail: str) -> str:
    """Why a mail waits in quarantine."""
    if detail == "server":
        return _("The mail server's filter says that it is spam.")
    return _("It looks like mails that were called spam here.")


def why_bad(code: str) -> str:
    """Why a row of another program's file can't be used."""
    return {
        "not_readable": _("This is no JSON."),
        "no_number": _("There is no number to know it by."),
        "no_time": _("It does not say when it came."),
        "later": _("It says that it comes from the future."),
        "no_customer": _("There is no customer: no name, address or phone number."),
        "no_words": _("There is nothing written in it."),
        "deleted": _("It was deleted there."),
        "twice": _("The same case stands further up already."),
    }.get(code, _("Something unexpected is in it: %(what)s") % {"what": code})


def due(case: Case) -> str:
    """When the customer hears from us, short enough for a list."""
    if case.state == Case.State.SOLVED:
        return _("solved")
    if case.promised_at is None:
        return "" if case.state == Case.State.OPEN else _("answered")
    return _("by %(when)s") % {"when": short(case.promised_at)}


def short(moment: datetime) -> str:
    """A moment without the day when it is today: 11:30, tomorrow 09:00."""
    now = clock.now()
    same_day = timezone.localtime(moment).date() == timezone.localtime(now).date()
    return clock_time(moment) if same_day else day_clock(moment, now)


def week_in_words(spans: Iterable[Span]) -> str:
    """`Monday–Friday 08:00–17:00, Saturday 10:00–14:00`; '' for never, and for always."""
    rows = list(spans)
    whole = {one.weekday for one in rows if one.opens == MIDNIGHT == one.closes}
    if len(whole) == len(WEEKDAYS):
        return ""
    of_day = [hours.write(one for one in rows if one.weekday == day) for day in WEEKDAYS]
    told = []
    for text, days in groupby(WEEKDAYS, key=lambda day: of_day[day]):
        alike = list(days)
        if text:
            told.append(f"{_days(alike[0], alike[-1])} {text}")
    return ", ".join(told)


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return _("every day")
    one, other = (_day(weekday) for weekday in (first, last))
    return one if first == last else f"{one}–{other}"


def _day(weekday: int) -> str:
    """As it stands inside a sentence; Django's names begin one."""
    name = str(WEEKDAYS[weekday])
    return name if (get_language() or "en").startswith("en") else name.lower()
