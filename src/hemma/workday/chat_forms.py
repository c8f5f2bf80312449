"""What is filled in to connect one's chat."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemma.workday.models import ChatLink


class ChatForm(forms.Form):
    """Which chat, where, and the key to one's own account in it."""

    kind = forms.ChoiceField(label=_("Your chat"), choices=ChatLink.Kind.choices)
    address = forms.URLField(
        label=_("Its address"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("For Mattermost, as you open it: https://chat.example.com. For Slack: empty."),
    )
    token = forms.CharField(
        label=_("Your key"),
        max_length=300,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It is kept sealed, and nobody can read it again, not even you."),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        lacks = told.get("kind") == ChatLink.Kind.MATTERMOST and not told.get("address")
        if lacks and "address" not in self.errors:
            self.add_error("address", ValidationError(_("Say where your Mattermost is.")))
        return told
