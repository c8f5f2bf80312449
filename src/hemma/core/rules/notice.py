"""Changes are told in time."""

from collections.abc import Iterator

from hemma.core.rules.days import day_of
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law
from hemma.core.rules.timeline import WorkKind

_TOLD_AHEAD = frozenset({WorkKind.SHIFT, WorkKind.WORK, WorkKind.TRAINING, WorkKind.ON_CALL})


def notice(facts: Facts, law: Law) -> Iterator[Flag]:
    """Ordinary hours are told so many days ahead (SE ATL 12 § and NO aml. § 10-3: two weeks; ES ET
    art. 34.2: five days).

    Local dates are counted. Asked only of items that say since when the person knew of them;
    overtime and additional hours are not ordinary.
    """
    if not law.says("notice_days"):
        return
    long_ago_days = law.highest("notice_days") + 2
    for item in facts.timeline.items:
        if item.kind not in _TOLD_AHEAD or item.announced is None:
            continue
        if (item.at.start - item.announced).days > long_ago_days:
            continue
        at, told = item.span, int(item.announced.timestamp())
        value = law.value("notice_days", at[0])
        if value is None:
            continue
        ahead = day_of(facts.zone, at[0]) - day_of(facts.zone, told)
        if ahead < value.number:
            numbers = (("ahead_days", float(ahead)), ("least_days", value.number))
            yield flag(value, "notice", at, numbers, Remedy.KEEP_OR_AGREE)
