"""What files and trials came to, as pages tell it: sentences, and the numbers beside them."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from hemma.insight import words
from hemma.insight.facts import NO_SITE
from hemma.insight.measures import MEASURE
from hemma.insight.models import Pilot, Reading, Subject


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading; a row whose last cell alone is filled is hidden, and says why."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def headed(self) -> list[list[tuple[str, str]]]:
        """Each row's cells beside the heads of their columns, for a narrow screen."""
        return [list(zip(self.heads, row, strict=False)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points for a picture of 100 by 100: share still here against days."""

    form: str
    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences first; then tables, and curves where there are any."""

    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    curves: tuple[Curve, ...] = ()


def form_name(form: str) -> str:
    """A work form, as people call it."""
    return {
        "home": _("Mostly home"), "mixed": _("Both"), "office": _("Mostly the office"), "all": _("Everybody"),
    }.get(form, form)  # fmt: skip


def _number(value: float, decimals: int = 2) -> str:
    sign = "−" if value < 0 else ""
    return sign + formats.number_format(abs(value), decimals, use_l10n=True)


def _span(told: list[float] | None, decimals: int = 2, times: float = 1) -> str:
    if told is None:
        return words.DASH
    value, low, high = (_number(x * times, decimals) for x in told)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _sites(keys: list[str]) -> tuple[str, str]:
    site = {"all": _("All sites"), NO_SITE: _("No site")}.get(keys[1], keys[1])
    return form_name(keys[0]), site


def _n(number: int | None) -> str:
    return "" if number is None else formats.number_format(number, 0, use_l10n=True)


def tell_file(reading: Reading) -> Told:
    """What a file came to."""
    data = reading.data
    if data.get("why"):
        return Told((_why(data["why"]),), ())
    return {
        str(Subject.ABSENCE): _absence,
        str(Subject.LEAVING): _leaving,
        str(Subject.FAIRNESS): _fairness,
    }.get(reading.subject, _panel)(data)


def _why(code: str) -> str:
    if code == "too_few":
        return _(
            "One of the groups is too small to be told of: a figure would be about single people."
        )
    return words.why_no_effect(code)


def _group_rows(lines: list[dict[str, Any]], cells: Any) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for line in sorted(lines, key=lambda one: (one["keys"][1] != "all", one["keys"])):
        names = _sites(line["keys"])
        if line["hidden"]:
            rows.append((*names, "", words.hidden_because_of(line["hidden"])))
        else:
            rows.append((*names, _n(line["n"]), *cells(line)))
    return tuple(rows)


def _absence(data: dict[str, Any]) -> Told:
    rows = _group_rows(data["lines"], lambda one: (_span(one["occasions"]), _span(one["days"])))
    heads = (
        _("Work form"), _("Site"), _("n (people)"), _("Occasions per 100 planned days"), _("Days per 100 planned days"),
    )  # fmt: skip
    say = _(
        "Short absence by work form, from ten people a group. Why somebody was away is known to nobody here."
    )
    return Told((say,), (Table(_("Short absence"), heads, rows),))


def _leaving(data: dict[str, Any]) -> Told:
    rows = _group_rows(
        data["lines"],
        lambda one: (_number(one["staff"], 1), _span(one["rate"], 1, 100)),
    )
    heads = (
        _("Work form"), _("Site"), _("n (people)"), _("Average staff"), _("Left by their own will, % a year"),
    )  # fmt: skip
    tables = [Table(_("Who left, in 12 months"), heads, rows)]
    curves, sentences = [], []
    for form, points in data["curves"].items():
        drawn = " ".join(
            f"{'M' if at == 0 else 'L'}{day / 364 * 100:.2f} {100 - share * 100:.2f}"
            for at, (day, share, _low, _high) in enumerate(points)
        )
        curves.append(Curve(form, form_name(form), drawn))
    if data["curves"]:
        days = [str(int(point[0])) for point in next(iter(data["curves"].values()))]
        stay = tuple(
            (form_name(form), *(_span(point[1:], 0, 100) for point in points))
            for form, points in data["curves"].items()
        )
        after = (_("Work form"), *(_("%(days)s days, %%") % {"days": day} for day in days))
        tables.append(Table(_("Of those here at the start: still here after"), after, stay))
    if data["differ_p"] is not None:
        apart = data["differ_p"] < 0.05
        sentences.append(
            _("Those at home and those in the office do not stay equally long (log-rank test, p %(p)s).")
            % {"p": _number(data["differ_p"], 3)}
            if apart
            else _("Cannot say whether those at home stay longer or shorter than those in the office (log-rank test, p %(p)s).")
            % {"p": _number(data["differ_p"], 3)}
        )  # fmt: skip
    sentences.append(
        _("Who works from home has chosen it: that one group stays longer does not mean that the place makes them stay.")
    )  # fmt: skip
    return Told(tuple(sentences), tuple(tables), tuple(curves))


def reward_name(name: str) -> str:
    """What is compared, as people call it."""
    return {
        "pay_step": _("Pay steps"), "promoted": _("Promotion"), "training": _("Training"),
        "coaching": _("Coaching"), "thanks": _("Thanks"),
    }[name]  # fmt: skip


def _fairness(data: dict[str, Any]) -> Told:
    sentences, rows = [], []
    for one in data["rewards"]:
        given = {
            "what": reward_name(one["name"]),
            "margin": _number(one["margin"]),
            "earned": _number(one["earned"]),
        }
        sentences.append(
            {
                "higher": _("%(what)s: those at home get more, results alike. Look into why."),
                "lower": _("%(what)s: those at home get less, results alike. Look into why."),
                "small": _("%(what)s: there is a difference, and it is shown to be smaller than %(margin)s."),
                "equal": _("%(what)s: no difference larger than %(margin)s. That is shown, not assumed."),
            }.get(one["verdict"], _("%(what)s: cannot say. Neither a difference nor its absence is shown; smaller than %(earned)s is all that can be said."))
            % given
        )  # fmt: skip
        rows.append(
            (
                given["what"], _number(one["home"]), _number(one["office"]), _span(one["difference"]),
                _number(one["p"], 3), given["margin"], given["earned"],
            )
        )  # fmt: skip
    heads = (
        _("What"), _("Home, mean"), _("Office, mean"), _("Difference, results held"), _("p (Holm)"), _("Margin"), _("Smallest margin earned"),
    )  # fmt: skip
    n = _("%(home)s people mostly at home and %(office)s mostly in the office, compared with the result of the work held.") % {
        "home": _n(data["n"]["home"]), "office": _n(data["n"]["office"]),
    }  # fmt: skip
    return Told((n, *sentences), (Table(_("Fairness"), heads, tuple(rows)),))


def _panel(data: dict[str, Any]) -> Told:
    value, low, high = (_number(x, 3) for x in data["effect"])
    given = {"value": value, "low": low, "high": high}
    effect = {
        "higher": _("Higher at home for the same person: %(value)s, between %(low)s and %(high)s."),
        "lower": _("Lower at home for the same person: %(value)s, between %(low)s and %(high)s."),
    }.get(
        data["verdict"],
        _("Cannot say: for the same person the difference lies between %(low)s and %(high)s, and none at all is among that."),
    )  # fmt: skip
    rows = tuple(
        (name, _span(data[key], 3))
        for key, name in (
            ("naive", _("Side by side")),
            ("choice", _("of which who chooses home")),
            ("effect", _("The same person at home and in the office")),
        )
    )
    rests = _("Rests on %(both)s of %(people)s people, who were seen both ways, and %(rows)s rows.") % {
        "both": _n(data["both"]), "people": _n(data["people"]), "rows": _n(data["rows"]),
    }  # fmt: skip
    heads = (_("Difference, home minus office"), _("Value and 95 % interval"))
    return Told((effect % given, rests), (Table(_("Effect apart from choice"), heads, rows),))


def tell_pilot(pilot: Pilot) -> Told:
    """What a trial could find, or what it found."""
    if pilot.result:
        return _result(pilot)
    if not pilot.power:
        return Told((), ())
    lines = []
    for key in pilot.measures:
        size = pilot.power.get(key)
        name = str(MEASURE[key].name)
        if size is None:
            lines.append(
                _("%(what)s: the last eight weeks tell too little to say what the trial could find.")
                % {"what": name}
            )  # fmt: skip
        else:
            lines.append(
                _("%(what)s: a difference of %(size)s would be found in 80 of 100 such trials.")
                % {"what": name, "size": words.difference(size, MEASURE[key]).lstrip("+")}
            )
    return Told(tuple(lines), ())


def _result(pilot: Pilot) -> Told:
    sentences, rows = [], []
    result = pilot.result or {"measures": {}}
    for key, found in result["measures"].items():
        measure = MEASURE[key]
        name = str(measure.name)
        if found.get("why"):
            sentences.append(f"{name}: {_why(found['why'])}")
            continue
        value, low, high = (words.difference(x, measure) for x in found["effect"])
        given = {"what": name, "value": value, "low": low, "high": high}
        sentences.append(
            {
                "higher": _("%(what)s: higher for those who tried it, by %(value)s, between %(low)s and %(high)s."),
                "lower": _("%(what)s: lower for those who tried it, by %(value)s, between %(low)s and %(high)s."),
            }.get(found["verdict"], _("%(what)s: cannot say. The difference lies between %(low)s and %(high)s, and none at all is among that."))
            % given
        )  # fmt: skip
        for group, said in (("tries", _("Tried it")), ("compares", _("Compared with"))):
            own = found["groups"][group]
            cells = [
                f"{words.number(t[0], measure)} ({words.interval(t, measure)})" if t else words.DASH
                for t in (own["before"], own["since"])
            ]
            rows.append((name, said, _n(own["n"]), *cells))
    heads = (_("Measure"), _("Group"), _("n (people)"), _("Before"), _("Since the start"))
    return Told(
        tuple(sentences),
        (Table(_("Both groups, before and since"), heads, tuple(rows)),) if rows else (),
    )
