"""Parsing what a planner types and uploads."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Place
from hemma.planning import files
from hemma.planning.actions import Part
from hemma.planning.days import day_bounds
from hemma.planning.models import ActivityKind

MOST_BYTES = 5_000_000
_DAY = forms.DateInput(attrs={"type": "date"})
_TIME = forms.TimeInput(attrs={"type": "time"})


class _OfSomebody(forms.Form):
    """Something planned for one of `people`, in that person's own time."""

    person = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(key, one.name) for key, one in self.people.items()]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


def _instant(moment: datetime, person: Person) -> datetime:
    try:
        return files.in_zone(moment, person.zone)
    except files.Unreadable as problem:
        raise ValidationError(str(problem)) from problem


class ShiftForm(_OfSomebody):
    """A shift by hand: a day, from, until, where, and the meal break in it."""

    day = forms.DateField(label=_("Day"), widget=_DAY)
    start = forms.TimeField(label=_("From"), widget=_TIME)
    end = forms.TimeField(label=_("Until"), widget=_TIME)
    place_type = forms.ChoiceField(label=_("Place"), choices=Place.choices)
    rast_start = forms.TimeField(label=_("Meal break from"), required=False, widget=_TIME)
    rast_end = forms.TimeField(label=_("Meal break until"), required=False, widget=_TIME)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        first, last = files.span(told["day"], told["start"], told["end"])
        told["starts_at"] = _instant(first, told["person"])
        told["ends_at"] = _instant(last, told["person"])
        told["activities"] = self._parts(first, told)
        return told

    def _parts(self, first: datetime, told: dict[str, Any]) -> list[Part]:
        begins, ends = told.get("rast_start"), told.get("rast_end")
        if (begins is None) != (ends is None):
            raise ValidationError(_("A meal break needs a start and an end."))
        if begins is None or ends is None:
            return []
        day = first.date() + timedelta(days=int(begins < told["start"]))
        start, end = files.span(day, begins, ends)
        rast = _instant(start, told["person"]), _instant(end, told["person"])
        return [
            (kind, begin, end, "")
            for kind, begin, end in (
                (ActivityKind.QUEUE.value, told["starts_at"], rast[0]),
                (ActivityKind.RAST.value, *rast),
                (ActivityKind.QUEUE.value, rast[1], told["ends_at"]),
            )
            if begin != end
        ]


class AbsenceForm(_OfSomebody):
    """Days away. There is no field for why."""

    first_day = forms.DateField(label=_("First day"), widget=_DAY)
    last_day = forms.DateField(label=_("Last day"), widget=_DAY)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        zone = told["person"].zone
        first: date = told["first_day"]
        if told["last_day"] < first:
            raise ValidationError(_("The last day has to come after the first."))
        told["starts_at"] = day_bounds(first, zone)[0]
        told["ends_at"] = day_bounds(told["last_day"], zone)[1]
        return told


class FileForm(_OfSomebody):
    """A schedule made elsewhere."""

    file = forms.FileField(
        label=_("File (.csv or .ics)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.ics,text/csv,text/calendar"}),
    )
    person = forms.ChoiceField(label=_("Whose, if the file does not say"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 5 MB."))
        return file
