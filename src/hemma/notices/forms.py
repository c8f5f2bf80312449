"""Forms of notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.notices.actions import MUTABLE


class WordForm(forms.Form):
    """A word to a colleague."""

    text = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    urgent = forms.BooleanField(
        label=_("It is urgent: it may come in focus. Never on a break, never when off."),
        required=False,
    )

    def __init__(self, *args: Any, leads: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:
            del self.fields["urgent"]


class ChoiceForm(forms.Form):
    """Which kinds one wants."""

    wanted = forms.MultipleChoiceField(
        label=_("Tell me about"),
        required=False,
        choices=[(sort.value, sort.label) for sort in MUTABLE],
        widget=forms.CheckboxSelectMultiple,
    )
