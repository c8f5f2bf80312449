"""Forms of the working-time record."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemma.people.models import Place
from hemma.workday.actions import Said
from hemma.workday.queries import Stretch
from hemma.workday.worktime import Span


def _time(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class StretchForm(forms.Form):
    """How a working day was: start, end, up to two rasts, type of place."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = _time(gettext_lazy("Began"))
    ends = _time(gettext_lazy("Ended"))
    rast_from = _time(gettext_lazy("Meal break from"), required=False)
    rast_to = _time(gettext_lazy("Meal break until"), required=False)
    second_from = _time(gettext_lazy("Second meal break from"), required=False)
    second_to = _time(gettext_lazy("Second meal break until"), required=False)
    place_type = forms.ChoiceField(label=gettext_lazy("Type of place"), choices=Place.choices)

    def __init__(self, *args: Any, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for one, other in (("rast_from", "rast_to"), ("second_from", "second_to")):
            if bool(told.get(one)) != bool(told.get(other)):
                raise ValidationError(_("A meal break has both a start and an end."))
        return told

    def said(self) -> Said:
        """What was typed. A time before the start is one of the next day."""
        told = self.cleaned_data
        start = self._at(told["day"], told["starts"])
        rasts: list[Span] = [
            (self._after(start, told[one]), self._after(start, told[other]))
            for one, other in (("rast_from", "rast_to"), ("second_from", "second_to"))
            if told.get(one)
        ]
        span = start, self._after(start, told["ends"])
        return Said(span, told["place_type"], tuple(sorted(rasts)))

    def _at(self, day: date, time: Any) -> datetime:
        return datetime.combine(day, time, self.zone)

    def _after(self, start: datetime, time: Any) -> datetime:
        at = self._at(start.date(), time)
        return at if at > start else self._at(start.date() + timedelta(days=1), time)


def filled(stretch: Stretch, zone: tzinfo) -> dict[str, Any]:
    """What the form begins with: the stretch as it stands."""
    start = stretch.starts_at.astimezone(zone)
    initial: dict[str, Any] = {
        "day": start.date(),
        "starts": start.time(),
        "ends": stretch.ends_at.astimezone(zone).time() if stretch.ends_at else None,
        "place_type": stretch.place_type,
    }
    names = (("rast_from", "rast_to"), ("second_from", "second_to"))
    for (one, other), (begin, end) in zip(names, stretch.rasts, strict=False):
        initial |= {one: begin.astimezone(zone).time(), other: end.astimezone(zone).time()}
    return initial


class PlaceForm(forms.Form):
    """From what type of place one goes on outside of one's hours."""

    place_type = forms.ChoiceField(
        label=gettext_lazy("Type of place"), choices=Place.choices, initial=Place.HOME
    )
