"""What is filled in to connect another program."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCOPES = [
    ("cases:read", _("Read cases")),
    ("cases:write", _("Open and change cases")),
    ("messages:read", _("Read messages")),
    ("messages:write", _("Answer customers")),
    ("customers:read", _("Read customers")),
    ("customers:write", _("Change customers")),
]
EVENTS = [
    ("case.opened", _("A case has come")),
    ("case.reply_arrived", _("A customer has written again")),
    ("case.answered", _("A customer has been answered")),
    ("case.solved", _("A case is solved")),
]


class KeyForm(forms.Form):
    """A key and what it opens."""

    name = forms.CharField(label=_("What the key is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )


class WebhookForm(forms.Form):
    """An address and what it hears."""

    url = forms.URLField(label=_("Address"), max_length=400, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=_("What it is told of"), choices=EVENTS, widget=forms.CheckboxSelectMultiple
    )
