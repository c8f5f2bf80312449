"""Notices and reachability in sentences."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hemma.notices.models import Notice
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
