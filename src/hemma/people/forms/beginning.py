"""The first person's account, and the first steps: company, team, invitations."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hemma.people.actions import Leader
from hemma.people.models import Person, Role, Team

# Countries whose law Hemma knows, each with the zone of most of its people.
COUNTRIES = [
    ("SE", _("Sweden")),
    ("NO", _("Norway")),
    ("DK", _("Denmark")),
    ("FI", _("Finland")),
    ("ES", _("Spain")),
]
ZONES = {
    "SE": "Europe/Stockholm",
    "NO": "Europe/Oslo",
    "DK": "Europe/Copenhagen",
    "FI": "Europe/Helsinki",
    "ES": "Europe/Madrid",
}
INVITED_AT_ONCE = 50


class WelcomeForm(forms.Form):
    """The first person and what their company is called."""

    company = forms.CharField(
        label=_("What is your company called?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("A long one that you use nowhere else; three words are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "password" in said:
            person = Person(name=said.get("name", ""), email=said.get("email", ""))
            try:
                validate_password(said["password"], person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return said


class CompanyForm(forms.Form):
    """The company, and the place where the first people sit."""

    company = forms.CharField(label=_("What is your company called?"), max_length=120)
    site = forms.CharField(
        label=_("In which town is your customer service?"),
        max_length=80,
        help_text=_("The first of them. Others can be added later."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=COUNTRIES,
        help_text=_("Its law says what is a break, a rest and too long a day."),
    )


class FirstTeamForm(forms.Form):
    """The first team and who leads it."""

    name = forms.CharField(label=_("What is the team called?"), max_length=80)
    who = forms.ChoiceField(
        label=_("Who leads it?"),
        choices=[("me", _("I do")), ("other", _("Somebody else, who gets an invitation"))],
        initial="other",
        widget=forms.RadioSelect,
    )
    leader_name = forms.CharField(label=_("Leader's name"), max_length=120, required=False)
    leader_email = forms.EmailField(label=_("Leader's e-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("who") == "other":
            for name in ("leader_name", "leader_email"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _now("Say who leads the team, or choose that you do."))
        return said

    def leader(self) -> Leader | None:
        """Who is to be invited; None when the asker leads the team."""
        said = self.cleaned_data
        if said["who"] == "me":
            return None
        return Leader(said["leader_name"], said["leader_email"])


class InviteForm(forms.Form):
    """Colleagues, a line each."""

    addresses = forms.CharField(
        label=_("One address a line"),
        help_text=_("With a name before it if you like: Amanda Nyström <amanda@example.com>"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=10_000,
    )
    role = forms.ChoiceField(label=_("They are"), choices=Role.choices, initial=Role.AGENT)
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(one.pk): one for one in teams}
        choices = [("", "–"), *((pk, str(row)) for pk, row in self._teams.items())]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]
        # A client is let in where their programme is chosen too.
        kept = [choice for choice in Role.choices if choice[0] != Role.CLIENT]
        self.fields["role"].choices = kept  # type: ignore[attr-defined]
        if len(teams) == 1:
            self.fields["team"].initial = str(teams[0].pk)

    def clean_team(self) -> Team | None:
        return self._teams.get(self.cleaned_data["team"])

    def clean_addresses(self) -> list[Leader]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines()]
        found = [_colleague(line) for line in dict.fromkeys(lines) if line]
        if len(found) > INVITED_AT_ONCE:
            raise ValidationError(
                _now("Read in a list instead when you are more than %(number)d."),
                params={"number": INVITED_AT_ONCE},
            )
        return found


def _colleague(line: str) -> Leader:
    name, address = parseaddr(line)
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise ValidationError(
            _now("“%(line)s” is no e-mail address."), params={"line": line}
        ) from wrong
    return Leader(name or _name_in(address), address)


def _name_in(address: str) -> str:
    """A name to begin with: amanda.nystrom@… is Amanda Nystrom until she says otherwise."""
    return address.partition("@")[0].replace(".", " ").replace("_", " ").title()
