"""What a case of another program comes down to, whichever wrote the file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

type Facts = Mapping[str, Any]
"""An object of a file, as JSON gave it."""


class Bad(StrEnum):
    """Why a row can't be used. `desk.words` says each to a person."""

    NOT_READABLE = "not_readable"
    NO_NUMBER = "no_number"
    NO_TIME = "no_time"
    LATER = "later"
    NO_CUSTOMER = "no_customer"
    NO_WORDS = "no_words"
    DELETED = "deleted"
    TWICE = "twice"


class BadRow(Exception):  # an outcome that people read about
    """This row can't be used; `reason` says why."""

    def __init__(self, reason: Bad) -> None:
        super().__init__(reason.value)
        self.reason = reason


class By(StrEnum):
    """Who said something in a case."""

    CUSTOMER = "customer"
    STAFF = "staff"
    AMONG_US = "among_us"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was written; `at` is UTC."""

    by: By
    at: datetime
    text: str
    name: str = ""
    address: str = ""
    message_id: str = ""
    # Names alone: exports name files by a link into the program that is left.
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticket:
    """One case of another program. Times are UTC; `state` is one of `Case.State`."""

    source: str
    number: str
    subject: str
    state: str
    channel: str
    group: str
    opened_at: datetime
    changed_at: datetime
    solved_at: datetime | None
    customer_name: str
    customer_email: str
    customer_phone: str
    # Put away until then, where the other program says so.
    away_until: datetime | None = None
    tags: tuple[str, ...] = ()
    said: tuple[Said, ...] = field(default=())

    def as_facts(self) -> dict[str, Any]:
        """For a JSON column; `from_facts` reads it back."""
        facts: dict[str, Any] = _plain(asdict(self))
        return facts

    @classmethod
    def from_facts(cls, facts: Facts) -> Self:
        """What `as_facts` wrote."""
        told = dict(facts)
        said = [
            Said(
                **{**one, "by": By(one["by"]), "at": _time(one["at"]), "files": tuple(one["files"])}
            )
            for one in told.pop("said")
        ]
        for name in ("opened_at", "changed_at", "solved_at", "away_until"):
            told[name] = _time(told[name]) if told[name] else None
        return cls(**{**told, "tags": tuple(told["tags"]), "said": tuple(said)})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _time(value: str) -> datetime:
    return datetime.fromisoformat(value)


def moment(value: object) -> datetime | None:
    """A time of a file as UTC, one without a zone taken as UTC; None when it is none."""
    try:
        found = datetime.fromisoformat(str(value).strip().replace(" UTC", "Z"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def words(value: object, most: int = 200) -> str:
    """A value as one line of text that the database takes; '' for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(storable(str(value)).split())[:most]


def storable(text: str) -> str:
    """Without what PostgreSQL refuses: NUL and lone surrogates."""
    clean = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return clean.encode("utf-8", "replace").decode("utf-8")


def things(value: object) -> list[Facts]:
    """The objects of a list or of a mapping of objects; nothing of anything else."""
    found = list(value.values()) if isinstance(value, dict) else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
