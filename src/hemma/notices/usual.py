"""What somebody hears of in which way, until they choose otherwise. Rest is silent unless asked for."""

from collections.abc import Iterable

from hemma.notices.models import Sort, Way

# Nobody turns off what is written to them by hand, or the list they are on by agreement; nor IT
# support what a colleague tells of customers' data: the law counts hours from then.
ALWAYS = frozenset((one.value, Way.PAGE.value) for one in (Sort.WORD, Sort.ON_CALL, Sort.SLIP))
# A reminder is no news: it is of use before one has opened anything, and stands on no page.
IMPOSSIBLE = frozenset({(Sort.REMINDER.value, way.value) for way in (Way.PAGE, Way.MAIL)})
IMPOSSIBLE |= {(Sort.ON_CALL.value, Way.MAIL.value)}
_USUAL = {
    Way.PAGE.value: {sort.value for sort in Sort} - {Sort.REMINDER.value},
    Way.PUSH.value: {
        one.value for one in (Sort.WORD, Sort.CASE, Sort.WAITING, Sort.ON_CALL, Sort.SLIP)
    },
    Way.MAIL.value: {Sort.WORD.value, Sort.CASE.value, Sort.CUSTOMER.value, Sort.WAITING.value},
}


def choosable(way: str) -> list[Sort]:
    """What a person can turn on and off in this way."""
    return [one for one in Sort if (one.value, way) not in ALWAYS | IMPOSSIBLE]


def wanted(way: str, wishes: Iterable[tuple[str, str, bool]]) -> set[str]:
    """The kinds wanted in `way`, by the usual and a person's own wishes (kind, way, wanted)."""
    found = set(_USUAL[way])
    for sort, its_way, is_wanted in wishes:
        if its_way == way and sort in {one.value for one in choosable(way)}:
            found = found | {sort} if is_wanted else found - {sort}
    return found


def differs(sort: str, way: str, is_wanted: bool) -> bool:
    """Whether that is another choice than the usual one."""
    return (sort in _USUAL[way]) != is_wanted
