"""Notices and reachability in sentences."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemma.notices.models import Notice, Push, Sort
from hemma.notices.queries import News
from hemma.people.models import Person
from hemma.ui.times import clock_time, day_clock, duration
from hemma.workday.models import ReachWay
from hemma.workday.queries import Reach, State


def what(notice: Notice) -> str:
    """What happened, without details that belong on the page it leads to."""
    said = {
        "case.mentioned": _("Somebody mentions you in a case."),
        "case.decision_asked": _("Somebody asks for your decision in a case."),
        "case.decision_answered": _("Your question about a decision has an answer."),
        "desk.reading_asked": _("A colleague asks you to read an answer."),
        "desk.reading_told": _("A colleague has read your answer."),
        "portal.thanks": _("A customer thanks you."),
        "routing.nobody_fits": _("A case waits, and nobody fits."),
        "routing.looked_after": _("A case you had in hand is looked after by someone else."),
        "routing.on_call": _("You are on call, and a case waits."),
        "support.slip_closed": _("What you told of is taken care of."),
        "support.slip_told": _("Something may have leaked. Somebody has told of it."),
        "workday.breaks_missed": _("More than every tenth break of a team is missed today."),
        "workday.gap": _("There is a gap in the plan."),
        "workday.stepped_away": _("There is a gap in the plan."),
        "workday.past_hours": _("You worked past your hours. Your rest is yours."),
        "workday.legal_limit": _("Somebody in your team works past a limit of the law."),
        "workday.hours_proposed": _("Somebody says that a working day was otherwise."),
        "workday.eased_ended": _("A period of lower demands is over. Talk about how it was."),
    }
    return said.get(notice.kind, "")


def reached(name: str, reach: Reach, now: datetime) -> str:
    """What becomes of a message that is written now."""
    if reach.state is State.HERE:
        return _("%(name)s is at work. Your words arrive at once.") % {"name": name}
    if reach.state is State.BUSY:
        if reach.opens_at is None:
            return _("%(name)s is busy. Your words wait until that is over.") % {"name": name}
        return _("%(name)s is busy until %(time)s. Your words wait until then.") % {
            "name": name,
            "time": clock_time(reach.opens_at),
        }
    if reach.opens_at is None:
        return _("%(name)s is off. Your words wait for the next shift.") % {"name": name}
    return _("%(name)s is off. Your words are delivered when the next shift begins: %(when)s.") % {
        "name": name,
        "when": day_clock(reach.opens_at, now),
    }


def shortly(reach: Reach, now: datetime) -> str:
    """The same in a few words, for a list."""
    if reach.state is State.HERE:
        return _("Can be reached")
    if reach.opens_at is None:
        return _("Busy") if reach.state is State.BUSY else _("Off")
    when = day_clock(reach.opens_at, now)
    return _("Can be reached %(when)s") % {"when": when}


def ways(rows: Iterable[ReachWay], now: datetime) -> list[tuple[ReachWay, str, bool]]:
    """A team's agreement in words: each way, within how long, and whether it is outside of it now."""
    return [(row, _within(row), not _holds(row, now)) for row in rows]


def _within(row: ReachWay) -> str:
    length = duration(timedelta(minutes=row.answer_within_min))
    said = _("An answer within %(length)s") % {"length": length}
    if row.opens and row.closes:
        between = _("between %(opens)s and %(closes)s") % {
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{row.closes:%H:%M}",
        }
        said = f"{said}, {between}"
    return f"{said}, {row.except_when}" if row.except_when else said


def _holds(row: ReachWay, now: datetime) -> bool:
    if row.opens is None or row.closes is None:
        return True
    return row.opens <= now.astimezone(ZoneInfo(row.team.site.zone)).time() < row.closes


def push(
    person: Person, kind: str, news: News, starts_at: datetime | None
) -> dict[str, str] | None:
    """What a browser shows, in the person's language; None when there is nothing to say any more.

    A lock screen can be read by anybody: that something has come, never what, and nothing of
    customers. Keys as the service worker reads them.
    """
    with translation.override(person.language), timezone.override(person.zone):
        said = _said(kind, news, starts_at)
        if said is None:
            return None
        path = reverse("start") if kind == Push.Kind.REMINDER else reverse("notices:mine")
        return {
            "title": "Hemma",
            "body": said,
            "lang": person.language,
            "tag": f"hemma-{kind}",
            "path": path,
        }


def _said(kind: str, news: News, starts_at: datetime | None) -> str | None:
    if kind == Push.Kind.TRIAL:
        return _("This is what a notice looks like. It never says what it is about.")
    if kind == Push.Kind.REMINDER:
        if starts_at is None:
            return None
        return _("Your shift begins at %(time)s.") % {"time": clock_time(starts_at)}
    if not news:
        return None
    if kind == Push.Kind.ON_CALL:
        return _("You are on call, and a case waits.")
    if kind == Push.Kind.URGENT:
        return _("Your leader has written, and it cannot wait.")
    if news.says_who and set(news.by_sort) == {Sort.WORD}:
        return _("%(names)s has written to you.") % {"names": ", ".join(news.writers)}
    return things(news.count)


def things(count: int) -> str:
    """How many things wait, without hurry."""
    return ngettext(
        "%(n)s thing for you to read, when it suits",
        "%(n)s things for you to read, when it suits",
        count,
    ) % {"n": count}


def mail(person: Person, news: News, base: str) -> tuple[str, str]:
    """Subject and text of the day's mail, in the active language; nothing of customers in it."""
    rows = [f"- {Sort(sort).label}: {count}" for sort, count in sorted(news.by_sort.items())]
    if news.says_who and news.writers:
        rows.append("- " + _("From %(names)s") % {"names": ", ".join(news.writers)})
    link = f"{base.rstrip('/')}{reverse('notices:mine')}"
    settings = f"{base.rstrip('/')}{reverse('notices:settings')}"
    text = [
        _("Hi %(name)s,") % {"name": person.first_name},
        _("this waits for you in Hemma, when it suits:"),
        "\n".join(rows),
        link,
        _(
            "This mail comes once a day, in your working hours and only when something is unread. Change it here:"
        )
        + f"\n{settings}",
    ]
    return things(news.count), "\n\n".join(text)
