"""The law as rules meet it: the pack of the workplace, on the local day of a second."""

from datetime import date
from zoneinfo import ZoneInfo

from hemma.core.rules.days import midnight
from hemma.core.rules.packs import Packs, RuleValue, Severity

_EVER = -(10**12)


class Law:
    """Look-up of values for one pack in one zone. Raises `KeyError` for a pack nobody has."""

    def __init__(self, packs: Packs, pack: str, zone: ZoneInfo) -> None:
        stack = packs.stack(pack)
        turns = sorted({known.valid_from for known in stack})
        since = [(_EVER, date.min), *((midnight(zone, day.toordinal()), day) for day in turns)]
        self._known: dict[str, list[tuple[int, RuleValue | None]]] = {}
        self._since: dict[str, tuple[int, RuleValue | None]] = {}
        for name in {name for known in stack for name in known.values}:
            told: list[tuple[int, RuleValue | None]] = []
            for second, day in since:
                value = packs.value(pack, name, day)
                if not told or told[-1][1] is not value:
                    told.append((second, value))
            self._known[name], self._since[name] = told, told[-1]

    def value(self, name: str, at: int) -> RuleValue | None:
        """The value in force at the workplace at that second; None when nothing is said."""
        since = self._since.get(name)
        if since is None or at >= since[0]:
            return since and since[1]
        for second, value in reversed(self._known[name]):
            if at >= second:
                return value
        return None

    def highest(self, name: str) -> float:
        """The largest number the value ever has; 0 when it is never said."""
        return max((value.number for _, value in self._known.get(name, ()) if value), default=0.0)

    def says(self, name: str) -> bool:
        """Whether the value is said at any time."""
        return name in self._known

    def stops(self, name: str, at: int) -> bool:
        """Whether breaking the value stops a plan at that second."""
        value = self.value(name, at)
        return value is not None and value.severity is Severity.STOPS

    def steady(self, start: int, end: int) -> bool:
        """Whether no value changes between the two."""
        return not any(start < second <= end for told in self._known.values() for second, _ in told)


def law_of(packs: Packs, pack: str, zone: ZoneInfo) -> Law:
    """The law of a pack in a zone, worked out once for these packs."""
    key = pack, zone.key
    known = packs.laws.get(key)
    if not isinstance(known, Law):
        known = packs.laws[key] = Law(packs, pack, zone)
    return known
