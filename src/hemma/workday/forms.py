"""Forms of one's day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.planning.models import ActivityKind
from hemma.workday.models import CHOSEN


class ModeForm(forms.Form):
    """The mode switch: one of the modes a person may choose."""

    mode = forms.ChoiceField(choices=[(mode.value, mode.label) for mode in CHOSEN])


class BlockForm(forms.Form):
    """A focus phase or a recess of one's own, today."""

    KINDS = (ActivityKind.FOCUS, ActivityKind.RECESS)

    kind = forms.ChoiceField(label=_("What"), choices=[(kind.value, kind.label) for kind in KINDS])
    starts = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.ChoiceField(
        label=_("For how long"),
        initial="45",
        choices=[
            ("10", _("10 minutes")),
            ("15", _("15 minutes")),
            ("30", _("30 minutes")),
            ("45", _("45 minutes")),
        ],
    )


class TodoForm(forms.Form):
    """Something to do, for oneself."""

    text = forms.CharField(label=_("What do you want to do?"), max_length=200)
    starts = forms.TimeField(
        label=_("Start by"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Done by"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    important = forms.BooleanField(label=_("One of today's three most important"), required=False)
