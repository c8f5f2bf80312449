"""How a colleague's answer reads."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadingForm(forms.Form):
    """Three questions and words; nothing is a grade."""

    clear = forms.BooleanField(label=_("It is easy to understand"), required=False)
    next_step = forms.BooleanField(label=_("It says what happens next"), required=False)
    warm = forms.BooleanField(label=_("The customer feels met"), required=False)
    words = forms.CharField(
        label=_("What you would say to the one who wrote it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
