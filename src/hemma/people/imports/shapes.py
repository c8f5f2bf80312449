"""What rows are judged to be: wanted or bad."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hemma.people.models import Person


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be used: its number in the file, whom it seems to be about, and why."""

    line: int
    who: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """An employment as a row has it."""

    hours: Decimal
    country: str
    contract: str
    since: date


@dataclass(slots=True)
class Wanted:
    """What a good row asks for. None and empty: the row says nothing of it, it stays as it is."""

    line: int
    person: Person | None
    fields: dict[str, Any] = field(default_factory=dict)
    teams: frozenset[int] | None = None
    roles: frozenset[str] | None = None
    skills: dict[int, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    terms: Terms | None = None

    @property
    def changes(self) -> bool:
        return bool(
            self.fields
            or self.teams is not None
            or self.roles is not None
            or self.skills
            or self.languages
            or self.terms
        )

    @property
    def what(self) -> list[str]:
        """The columns that change something."""
        named = {
            "team": self.teams is not None,
            "roles": self.roles is not None,
            "skills": self.skills,
            "speaks": self.languages,
            "hours": self.terms,
        }
        fields = [name.removesuffix("_id") for name in self.fields]
        return fields + [name for name, there in named.items() if there]


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows of a file."""

    wanted: list[Wanted]
    bad: list[BadRow]

    @property
    def new(self) -> list[Wanted]:
        return [one for one in self.wanted if one.person is None]

    @property
    def changed(self) -> list[Wanted]:
        return [one for one in self.wanted if one.person is not None and one.changes]

    @property
    def same(self) -> int:
        return len(self.wanted) - len(self.new) - len(self.changed)
