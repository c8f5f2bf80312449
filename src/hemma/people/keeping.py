"""How long data about people is kept: periods that laws ask for or that follow from purpose.

Sources: Spain, Estatuto de los Trabajadores art. 34.9 (register of hours, four years); Denmark, the
register of working time of 1 July 2024 (five years). Elsewhere two years, the time in which wages can
be claimed; an employer's own agreement may ask for something else.
"""

from datetime import datetime, timedelta

from hemma.journal.models import KEEP_DAYS, Retention
from hemma.people.models import Person

RECORD_YEARS = {"ES": 4, "DK": 5}
USUAL_RECORD_YEARS = 2
# What served the employment alone: letters, skills, ways to sign in.
AFTER_LEAVING = timedelta(days=90)
LOOKS = timedelta(days=KEEP_DAYS[Retention.ACCESS])
# Unless a client's contract says otherwise.
USUAL_CASE_MONTHS = 24


def country_of(person: Person) -> str:
    """The country whose law applies to `person`, of the place they work at; empty if unknown."""
    return person.site.country if person.site is not None else ""


def record_years(country: str) -> int:
    """Years that the working-time record is kept in `country` (ISO code, upper case)."""
    return RECORD_YEARS.get(country, USUAL_RECORD_YEARS)


def years_after(at: datetime, years: int) -> datetime:
    """The same day `years` later (or earlier, if negative); 1 March for a 29 February without one."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, month=3, day=1)


def record_kept_until(at: datetime, country: str) -> datetime:
    """When what was worked at `at` may be forgotten."""
    return years_after(at, record_years(country))
