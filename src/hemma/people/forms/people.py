"""People and what belongs to them, for administrators."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Role, Site, Team


class NewPersonForm(forms.Form):
    """Who comes. They choose their own password, by the link that they are mailed."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        initial=[Role.AGENT],
        widget=forms.CheckboxSelectMultiple,
    )
    site = forms.ChoiceField(label=_("Site"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(
        self, *args: Any, sites: Sequence[Site], teams: Sequence[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sites = {str(one.pk): one for one in sites}
        self._teams = {str(one.pk): one for one in teams}
        for name, rows in (("site", self._sites), ("team", self._teams)):
            choices = [("", "–"), *((pk, str(row)) for pk, row in rows.items())]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_site(self) -> Site | None:
        return self._sites.get(self.cleaned_data["site"])

    def clean_team(self) -> Team | None:
        return self._teams.get(self.cleaned_data["team"])


class PeopleFileForm(forms.Form):
    """A list of people as CSV or XLSX."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
