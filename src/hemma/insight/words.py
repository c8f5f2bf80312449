"""What figures say in a sentence, and no more than their intervals allow."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemma.insight.facts import NO_SITE
from hemma.insight.measures import MEASURE, Measure

DASH = "–"


def number(
    value: float, measure: Measure, *, signed: bool = False, unit: bool = True, finer: int = 0
) -> str:
    """As people write it: 4.1 or 71 %, in the reader's language, with a real minus sign.

    `finer`: so many decimals more for shares, whose differences are small beside themselves.
    """
    decimals = finer if measure.share else 1 if measure.step >= 0.1 else 2
    text = formats.number_format(
        abs(value) * (100 if measure.share else 1), decimals, use_l10n=True
    )
    sign = "−" if value < 0 else "+" if signed else ""
    if not text.strip("0.,"):
        sign = ""
    return f"{sign}{text}{' %' if measure.share and unit else ''}"


def difference(value: float, measure: Measure) -> str:
    """A difference: points for shares, since 5 % of 70 % is something else than 5 points."""
    text = number(value, measure, signed=True, unit=False, finer=1)
    return _("%(number)s points") % {"number": text} if measure.share else text


def differences(told: list[float], measure: Measure) -> str:
    """The interval of a difference, its unit said once: −0.4 to +0.9 points."""
    low = number(told[1], measure, signed=True, unit=False, finer=1)
    return _("%(low)s to %(high)s") % {"low": low, "high": difference(told[2], measure)}


def interval(told: list[float], measure: Measure) -> str:
    """4.0–4.2 or 69–71 %."""
    low = number(told[1], measure, unit=False)
    return f"{low}{DASH}{number(told[2], measure)}"


def part_name(part: str, by: str) -> str:
    """What a group is called."""
    if part == "all":
        return _("Everybody")
    if part == NO_SITE:
        return _("No site") if by == "site" else _("No answers in the period")
    return part


def hidden_because(code: str) -> str:
    """Why a group is not told, and what to look at instead. Never how many there are."""
    return {
        "too_few": _(
            "Fewer than five people are here, or somebody beside them could be worked out. Look at a larger group."
        ),
        "earlier": _(
            "Together with what was shown before it would tell about one or two people. Wait for a longer period."
        ),
    }.get(code, _("This cannot be told."))


def hidden_because_of(code: str) -> str:
    """The same where the number that a group needs depends on what is told."""
    if code == "too_few":
        return _(
            "Too few people are here, or somebody beside them could be worked out. Look at a larger group."
        )
    return hidden_because(code)


def why_no_effect(code: str) -> str:
    """Why there is no effect to tell, and what it would take."""
    return {
        "no_comparison": _(
            "Nobody has worked from both places in this period, so the place cannot be told apart from the people."
        ),
        "too_few": _(
            "Fewer than five people have worked from both places. A longer period, or a trial, would tell more."
        ),
        "earlier": _(
            "Who has worked from both places has changed by one or two people since the last time: to protect them nothing is told now."
        ),
    }.get(code, _("The days of this period cannot answer the question."))


def effect_sentence(key: str, told: dict[str, Any]) -> str:
    """What a day at home did to the same person."""
    if "why" in told:
        return why_no_effect(told["why"])
    measure = MEASURE[key]
    if told["effect"] is None:
        return why_no_effect("")
    value, low, high = told["effect"]
    span = {"low": difference(low, measure), "high": difference(high, measure)}
    if told["verdict"] == "cannot_say":
        return (
            _(
                "Cannot say: for the same person the difference lies between %(low)s and %(high)s, and none at all is among that."
            )
            % span
        )
    found = span | {"value": difference(value, measure)}
    if told["verdict"] == "higher":
        return (
            _("Higher at home for the same person: %(value)s, between %(low)s and %(high)s.")
            % found
        )
    return _("Lower at home for the same person: %(value)s, between %(low)s and %(high)s.") % found


def choice_sentence(key: str, told: dict[str, Any]) -> str:
    """How much of the difference side by side comes from who chooses home; empty where untold."""
    if told.get("choice") is None or told.get("naive") is None:
        return ""
    measure = MEASURE[key]
    words = {
        "naive": difference(told["naive"][0], measure),
        "choice": difference(told["choice"][0], measure),
    }
    if told["choice_verdict"] == "cannot_say":
        return (
            _(
                "Side by side, days at home differ by %(naive)s. How much of that comes from who chooses home cannot be told from chance."
            )
            % words
        )
    return (
        _(
            "Side by side, days at home differ by %(naive)s; %(choice)s of that comes from who chooses home, not from the place."
        )
        % words
    )


def more_sentence(key: str, told: dict[str, Any]) -> str:
    """What such data could find, and what it would take to know more."""
    if "why" in told:
        return ""
    measure = MEASURE[key]
    lines = [
        ngettext(
            "Rests on %(both)s person who worked from both places, and %(days)s days.",
            "Rests on %(both)s people who worked from both places, and %(days)s days.",
            told["both"],
        )
        % {"both": told["both"], "days": _grouped(told["days"])},
        _("A difference of %(size)s would be found in 80 of 100 such periods.")
        % {"size": difference(told["smallest_seen"], measure).lstrip("+")},
    ]
    if told["verdict"] == "cannot_say" and told["needed"]:
        lines.append(
            _("To tell one of the size seen here takes about %(people)s people.")
            % {"people": _grouped(_about(told["needed"]))}
        )
    return " ".join(lines)


def _grouped(number: float) -> str:
    return formats.number_format(number, 0, use_l10n=True, force_grouping=True)


def _about(people: float) -> int:
    """Two digits of it: more would say that it is known."""
    size = 10 ** max(0, len(str(round(people))) - 2)
    return int(round(people / size) * size)
