"""Why somebody is at home or in the office against their wish, and why they have other home days than
their agreement wants: the site's week is asked again. The roster is taken as it is."""

from dataclasses import dataclass, replace

import numpy as np

from hemma.core.pipeline.company import Company, PlacePlan
from hemma.core.pipeline.plan_explaining import Answer
from hemma.core.pipeline.plan_places import crews, site_of
from hemma.core.place import Cost, Holding, PlaceAnswer, Places, why_place
from hemma.core.roster import Roster

_LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """`wished` is home or office on that day, or more or fewer home days in the week of it (`day` is
    then the one that could change at least cost). `worth` is the wish's price; `more` what granting
    it would cost beyond that, made of `parts` (inf, `None`: it may not be); `ways` what would have
    to give way, each a smallest set."""

    person: int
    day: int
    wished: str
    answer: Answer
    worth: float
    more: float
    parts: Cost | None
    ways: tuple[tuple[Holding, ...], ...]


class WhyPlaces:
    """The places of a finished plan, to be asked."""

    def __init__(self, company: Company, roster: Roster, plan: PlacePlan) -> None:
        self._company, self._works, self._plan = company, roster.start >= 0, plan
        self._sites = [site_of(company, roster, n) for n in range(len(company.sites))]
        self._crews = crews(company)

    def wish(self, person: int, day: int, wished: str, worth: float) -> PlaceWish | None:
        """Why the wish for home or office is not granted; `None`: it is, or they do not work then."""
        is_office = bool(self._plan.office[person, day])
        if not self._works[person, day] or is_office == (wished == "office"):
            return None
        told = self._ask(person, day)
        return None if told is None else _wish(told, day, wished, worth)

    def weeks(self, person: int) -> list[PlaceWish]:
        """The weeks in which the person has at least one home day more or fewer than wanted, so that
        another would be nearer, each with the day on which that would cost least."""
        wanted, found = float(self._company.homes.wanted_home[person]), []
        for week in range(self._works.shape[1] // 7):
            days = np.arange(week * 7, week * 7 + 7)
            office = self._plan.office[person, days]
            home = int((self._works[person, days] & ~office).sum())
            if abs(home - wanted) < 1 or not self._works[person, days].any():
                continue
            few = home < wanted
            could = days[office if few else self._works[person, days] & ~office].tolist()
            asked = [(self._costs(person, day), day) for day in could]
            if asked:
                day = min(asked)[1]
                wished = "more_home_days" if few else "fewer_home_days"
                told = self._ask(person, day, others_stay=True)
                found += [] if told is None else [_wish(told, day, wished, 0.0)]
        return found

    def _costs(self, person: int, day: int) -> float:
        told = self._ask(person, day, others_stay=True, with_ways=False)
        return float("inf") if told is None else told.more

    def _ask(
        self, person: int, day: int, *, others_stay: bool = False, with_ways: bool = True
    ) -> PlaceAnswer | None:
        who, site = self._sites[int(self._company.site[person])]
        own = np.unique(self._crews[who])
        places = Places(self._plan.office[who], self._plan.meets[own[own >= 0]])
        told = why_place(
            site, places, int(np.searchsorted(who, person)), day,
            others_stay=others_stay, with_ways=with_ways,
        )  # fmt: skip
        if told is None:
            return None
        return replace(told, person=person, ways=_named(told.ways, who))


def _named(
    ways: tuple[tuple[Holding, ...], ...], who: np.ndarray
) -> tuple[tuple[Holding, ...], ...]:
    """The same with the whole company's numbers of people."""
    return tuple(
        tuple(replace(one, who=tuple(who[list(one.who)].tolist())) for one in way) for way in ways
    )


def _wish(told: PlaceAnswer, day: int, wished: str, worth: float) -> PlaceWish:
    answer = Answer.DEARER
    if not np.isfinite(told.more):
        answer = Answer.IMPOSSIBLE
    elif told.more <= _LITTLE:
        answer = Answer.CHEAPER_LATER
    return PlaceWish(told.person, day, wished, answer, worth, told.more, told.parts, told.ways)
