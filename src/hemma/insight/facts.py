"""Days of work as they are counted: gathered from the rooms below, and kept nowhere."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from hemma.desk import queries as desk
from hemma.insight.measures import PLACES
from hemma.people import queries as people
from hemma.people.system import SYSTEM
from hemma.workday import queries as workday

NO_SITE = "-"


@dataclass(frozen=True, slots=True)
class Day:
    """What one person did on a day, from one type of place. `mark` means nothing outside."""

    person_id: int
    mark: str
    site: str
    day: date
    place: str
    hours: float
    answers: int
    first: int
    enough: int
    programmes: Mapping[str, int] = field(default_factory=dict)

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def days(self) -> int:
        return 1


def mark_of(text: str) -> str:
    """A person's mark: the same for the same person, and no way back from it without our key."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"insight {text}".encode(), hashlib.sha256).hexdigest()[:20]


def days_between(first: date, last: date) -> list[Day]:
    """Every day worked at home or in the office by those who answered customers in the span.

    Hours are those of the working-time record. Days on which less was asked of somebody are compared
    with nothing. Who worked from both places on a day counts where
    most of the hours were.
    """
    answered: dict[tuple[int, date], list[desk.DayOfAnswers]] = defaultdict(list)
    for row in desk.days_of_answers(SYSTEM, first, last):
        answered[row.person_id, row.day].append(row)
    answering = {person for person, _day in answered}
    belonging = people.belongings(SYSTEM)
    worked: dict[tuple[int, date], list[workday.DayWorked]] = defaultdict(list)
    for one in workday.days_worked(SYSTEM, first, last):
        if one.person_id in answering:
            worked[one.person_id, one.day].append(one)
    found, eased = [], workday.eased_days(SYSTEM, first, last)
    for (person, day), rows in worked.items():
        if (person, day) in eased:
            continue
        most = max(rows, key=lambda row: (row.hours, row.place_type))
        if most.place_type not in PLACES or person not in belonging:
            continue
        given = answered.get((person, day), [])
        where = belonging[person]
        found.append(
            Day(
                person,
                mark_of(str(where.key)),
                where.site or NO_SITE,
                day,
                most.place_type,
                sum(row.hours for row in rows),
                sum(row.answers for row in given),
                sum(row.first for row in given),
                sum(row.enough for row in given),
                {row.programme: row.answers for row in given},
            )
        )
    return found


def sums_by_person(days: Iterable[Day]) -> dict[str, dict[str, float]]:
    """Mark → what the person's days come to, by name of what is counted."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for day in days:
        own = found[day.mark]
        for name in ("hours", "answers", "first", "enough", "days"):
            own[name] += getattr(day, name)
    return {mark: dict(own) for mark, own in found.items()}


def main_programme(days: Iterable[Day]) -> dict[str, str]:
    """Mark → the programme that most of the person's answers were in; `NO_SITE` without any."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day in days:
        own = found[day.mark]
        for programme, answers in day.programmes.items():
            own[programme] += answers
    return {
        mark: max(own, key=lambda name: (own[name], name)) if own else NO_SITE
        for mark, own in found.items()
    }
