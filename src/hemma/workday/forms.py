"""Parsing what a person chose."""

from django import forms

from hemma.workday.models import CHOSEN


class ModeForm(forms.Form):
    """The mode switch: one of the modes a person may choose."""

    mode = forms.ChoiceField(choices=[(mode.value, mode.label) for mode in CHOSEN])
