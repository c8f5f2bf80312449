"""Which columns a file of each subject has, and what they may be called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hemma.insight.models import Subject


class Holds(StrEnum):
    """What a column's cells are."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    FORM = "form"  # home, mixed or office


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name here, what its cells hold, whether the file must have it, other names."""

    name: str
    holds: Holds
    needed: bool = True
    called: tuple[str, ...] = ()


_PERSON = Column(
    "person",
    Holds.TEXT,
    True,
    ("email", "e-post", "e-mail", "epost", "anställning", "ansatt", "id"),
)
_FORM = Column("form", Holds.FORM, True, ("work form", "arbetsform", "arbeidsform"))
_SITE = Column("site", Holds.TEXT, False, ("ort", "sted", "team", "kontor"))


def _number(name: str, *called: str, needed: bool = False) -> Column:
    return Column(name, Holds.NUMBER, needed, called)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    Subject.PANEL: (
        _PERSON,
        Column("period", Holds.TEXT, True, ("week", "month", "vecka", "månad", "uke", "måned")),
        _number("outcome", "utfall", "resultat", needed=True),
        Column("home", Holds.YES_NO, True, ("hemma", "hjemme")),
    ),
    Subject.LEAVING: (
        _PERSON,
        Column("joined", Holds.DATE, True, ("began", "började", "begynte")),
        Column("left", Holds.DATE, True, ("slutade", "sluttet")),
        Column("voluntary", Holds.YES_NO, True, ("frivilligt", "frivillig")),
        _FORM,
        _SITE,
    ),
    Subject.ABSENCE: (
        _PERSON,
        Column("month", Holds.TEXT, True, ("period", "månad", "måned")),
        _FORM,
        _SITE,
        _number("planned_days", "planerade dagar", "planlagte dager", needed=True),
        _number("occasions", "tillfällen", "tilfeller", needed=True),
        _number("days", "dagar", "dager", needed=True),
    ),
    Subject.FAIRNESS: (
        _PERSON,
        _FORM,
        _SITE,
        _number("result", "resultat", "prestation", needed=True),
        _number("pay_step", "lönesteg", "lønnstrinn"),
        Column("promoted", Holds.YES_NO, False, ("befordrad", "forfremmet")),
        _number("training", "utbildning", "opplæring"),
        _number("coaching", "coachning"),
        _number("thanks", "tack", "takk"),
    ),
}
REWARDS = ("pay_step", "promoted", "training", "coaching", "thanks")
# What must not come twice for one person.
ONCE: Mapping[str, tuple[str, ...]] = {
    Subject.PANEL: ("person", "period"),
    Subject.LEAVING: ("person",),
    Subject.ABSENCE: ("person", "month"),
    Subject.FAIRNESS: ("person",),
}
FORMS = {
    "home": ("home", "hemma", "hjemme", "distans", "hemarbete", "hjemmearbeid"),
    "mixed": ("mixed", "hybrid", "blandat", "blandet", "hybridarbete"),
    "office": ("office", "kontor", "kontoret"),
}
FORM_OF = {word: form for form, words in FORMS.items() for word in words}
YES = {"1", "yes", "true", "ja", "home", "hemma", "hjemme"}
NO = {"0", "no", "false", "nej", "nei", "office", "kontor", "kontoret"}
EMPTY = {"", "na", "nan", "null", ".", "none", "-"}
