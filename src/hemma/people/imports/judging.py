"""Rows against what is known: what would be added, what would change, and what is wrong with the rest.

Reads the tables once, whatever the number of rows, and writes nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hemma.people.imports import parsing
from hemma.people.imports.knowing import Known, know
from hemma.people.imports.parsing import BadCell
from hemma.people.imports.shapes import BadRow, Judged, Terms, Wanted
from hemma.people.models import Contract, Person, Role, Site


def judge(rows: Iterable[tuple[int, Mapping[str, str]]], today: date) -> Judged:
    """Every row either wanted or bad. `today` is the day that an employment begins if none is said."""
    listed = [(line, dict(cells)) for line, cells in rows]
    known = know((cells.get("email", "") for _line, cells in listed), today)
    seen: dict[str, int] = {}
    wanted, bad = [], []
    for line, cells in listed:
        one = _Row(line, cells, known)
        result = one.read(seen)
        if one.reasons:
            who = cells.get("name") or cells.get("email", "")
            bad.append(BadRow(line, who[:80], tuple(one.reasons)))
        else:
            wanted.append(result)
    return Judged(wanted, bad)


class _Row:
    """One row: cells are tried one by one, so that every reason is told at once."""

    def __init__(self, line: int, cells: Mapping[str, str], known: Known) -> None:
        self.line, self.cells, self.known = line, cells, known
        self.reasons: list[str] = []

    def _try[T](self, column: str, parse: Any, missing: T) -> T:
        text = self.cells.get(column, "")
        if not text:
            return missing
        try:
            found: T = parse(text)
        except BadCell as problem:
            self.reasons.append(str(problem))
            return missing
        return found

    def read(self, seen: dict[str, int]) -> Wanted:
        email = self._try("email", parsing.email, "")
        key = email.lower()
        if not self.cells.get("email"):
            self.reasons.append(_("The e-mail address is missing."))
        elif key in seen:
            self.reasons.append(
                _("The same e-mail address stands in row %(line)s.") % {"line": seen[key]}
            )
        elif key:
            seen[key] = self.line
        person = self.known.people.get(key) if key else None
        if person is not None and not person.is_active:
            self.reasons.append(_("Has left. Somebody who comes back needs a new address."))
        one = Wanted(self.line, person)
        self._account(one, email)
        self._belonging(one)
        self._can(one)
        one.terms = self._terms(person)
        return one

    def _account(self, one: Wanted, email: str) -> None:
        name = self.cells.get("name", "")
        if one.person is None and not name:
            self.reasons.append(_("The name is missing."))
        if len(name) > 120 or len(self.cells.get("phone", "")) > 40:
            self.reasons.append(_("The name or the phone number is too long."))
        site = self._try("site", self._site, None)
        said = {
            "name": name or None,
            "language": self._try("language", parsing.language, None),
            "phone": self.cells.get("phone") or None,
            "site_id": site.pk if site is not None else None,
        }
        if one.person is None:
            one.fields = {"email": email, **{k: v for k, v in said.items() if v is not None}}
        else:
            was = one.person
            one.fields = {k: v for k, v in said.items() if v is not None and getattr(was, k) != v}

    def _site(self, text: str) -> Site:
        site = self.known.sites.get(text.lower())
        if site is None:
            raise BadCell(_("There is no site called %(name)s.") % {"name": text[:60]})
        return site

    def _belonging(self, one: Wanted) -> None:
        pk = one.person.pk if one.person is not None else 0
        teams = self._try("team", self._teams, None)
        if teams is not None and teams != self.known.member_of.get(pk, frozenset()):
            one.teams = teams
        roles = self._try("roles", parsing.roles, None)
        if roles is None and one.person is None:
            roles = [Role.AGENT.value]
        if roles is not None and frozenset(roles) != self.known.holds.get(pk, frozenset()):
            one.roles = frozenset(roles)

    def _teams(self, text: str) -> frozenset[int]:
        # A team's name may hold a comma: only a semicolon separates two of them.
        names = [part.strip() for part in text.split(";") if part.strip()]
        return frozenset(
            self._named(self.known.teams, name, _("There is no team called %(name)s."))
            for name in names
        )

    def _named(self, known: Mapping[str, int], name: str, problem: str) -> int:
        if name.lower() not in known:
            raise BadCell(problem % {"name": name[:60]})
        return known[name.lower()]

    def _can(self, one: Wanted) -> None:
        pk = one.person.pk if one.person is not None else 0
        levels: dict[int, int] = self._try("skills", self._skills, {})
        was = self.known.can.get(pk, {})
        one.skills = {skill: level for skill, level in levels.items() if was.get(skill) != level}
        spoken: dict[str, int] = dict(self._try("speaks", parsing.spoken, []))
        was_spoken = self.known.speaks.get(pk, {})
        one.languages = {code: n for code, n in spoken.items() if was_spoken.get(code) != n}

    def _skills(self, text: str) -> dict[int, int]:
        return {
            self._named(self.known.skills, name, _("There is no skill called %(name)s.")): level
            for name, level in parsing.levels(text)
        }

    def _terms(self, person: Person | None) -> Terms | None:
        hours: Decimal | None = self._try("hours", parsing.hours, None)
        country: str | None = self._try("country", parsing.country, None)
        contract: str | None = self._try("contract", parsing.contract, None)
        since: date | None = self._try("since", parsing.day, None)
        was = self.known.employed.get(person.pk) if person is not None else None
        if hours is None and country is None and contract is None:
            return None
        if hours is None and was is None:
            self.reasons.append(_("Hours a week are missing."))
            return None
        terms = Terms(
            hours=hours if hours is not None else was.hours_per_week if was else Decimal(0),
            country=country or (was.country if was else "") or self._country_of(person),
            contract=contract or (was.contract if was else Contract.PERMANENT.value),
            since=since or self.known.today,
        )
        if not terms.country:
            self.reasons.append(_("The country whose law applies is missing."))
            return None
        if was is not None and (was.hours_per_week, was.country, was.contract) == (
            terms.hours,
            terms.country,
            terms.contract,
        ):
            return None
        if was is not None and terms.since < was.since:
            self.reasons.append(_("What holds now began later than this row says."))
        return terms

    def _country_of(self, person: Person | None) -> str:
        site = self.known.sites.get(self.cells.get("site", "").lower())
        if site is None and person is not None:
            site = person.site
        return site.country if site is not None else ""
