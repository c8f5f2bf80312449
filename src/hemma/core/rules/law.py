"""The law as one rule meets it: the pack of the workplace, on the local day of an instant."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hemma.core.rules.packs import Packs, RuleValue


@dataclass(frozen=True, slots=True)
class Law:
    """Look-up of values for one timeline."""

    packs: Packs
    pack: str
    zone: ZoneInfo

    def value(self, name: str, at: datetime) -> RuleValue | None:
        """The value in force at the workplace at that instant; None when nothing is said."""
        return self.packs.value(self.pack, name, at.astimezone(self.zone).date())
