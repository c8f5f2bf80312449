"""Changes are told in time."""

from collections.abc import Iterator

from hemma.core.rules.days import day_of
from hemma.core.rules.facts import DAY_S, Facts
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
    for item, at in zip(facts.timeline.items, facts.rows, strict=True):
        if item.announced is None or item.kind not in _TOLD_AHEAD:
            continue
        value, told = law.value("notice_days", at[0]), int(item.announced.timestamp())
        if value is None or at[0] - told > (value.number + 2) * DAY_S:
            continue
        ahead = day_of(facts.zone, at[0]) - day_of(facts.zone, told)
        if ahead < value.number:
            numbers = (("ahead_days", float(ahead)), ("least_days", value.number))
            yield flag(value, "notice", at, numbers, Remedy.KEEP_OR_AGREE)
