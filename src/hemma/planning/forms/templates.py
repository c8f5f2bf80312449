"""What one types about day templates."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person
from hemma.planning.forms.schedule import _DAY, _OfSomebody


class TemplateForm(_OfSomebody):
    """A day that somebody has planned, kept under a name for some weekdays."""

    day = forms.DateField(label=_("The day to keep"), widget=_DAY)
    name = forms.CharField(label=_("Name"), max_length=80)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("For which weekdays"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    only_for = forms.BooleanField(label=_("For this person alone"), required=False)


class ApplyForm(forms.Form):
    """For whom, and the week."""

    people = forms.TypedMultipleChoiceField(
        label=_("For whom"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    week = forms.DateField(label=_("A day of the week"), widget=_DAY)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(one.pk, one.name) for one in people]
