"""Signing in, and changing how."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as LibraryConfirmPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person


class _Plain:
    """The library's forms without placeholders, which vanish just when they are needed."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _label(self, **labels: Any) -> None:
        for name, label in labels.items():
            self.fields[name].label = label


class SignInForm(_Plain, LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The session lasts a working day for everyone; there is nothing to choose.
        self.fields["remember"] = forms.BooleanField(
            required=False, initial=True, widget=forms.HiddenInput
        )


class ConfirmPasswordForm(_Plain, LibraryConfirmPasswordForm):  # type: ignore[misc]
    """Your password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._label(password=_("Your password"))


class ChangePasswordForm(_Plain, LibraryChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self._label(
            oldpassword=_("Your password now"),
            password1=_("New password"),
            password2=_("New password again"),
        )


class _Code(_Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._label(code=_("Code"))
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "text"}


class ActivateTotpForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code from an app."""


class SecondStepForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or a recovery code, when signing in."""


class ConfirmCodeForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""


class AddPasskeyForm(_Plain, AddWebAuthnForm):  # type: ignore[misc]
    """What to call a new passkey; a script adds the key itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._label(name=_("What shall we call it?"))
        # A key that can sign in by itself is what people expect of a passkey.
        self.fields["passwordless"] = forms.BooleanField(
            required=False, initial=True, widget=forms.HiddenInput
        )


class AskResetForm(forms.Form):
    """The address that somebody signs in with."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ChoosePasswordForm(forms.Form):
    """A password, once: whoever wants to see what they type has a browser for that."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
