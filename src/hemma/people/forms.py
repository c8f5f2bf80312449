"""Signing in."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """The library's form without placeholders, which vanish just when they are needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        # The session lasts a working day for everyone; there is nothing to choose.
        self.fields["remember"] = forms.BooleanField(
            required=False, initial=True, widget=forms.HiddenInput
        )
