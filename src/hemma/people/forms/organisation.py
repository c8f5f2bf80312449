"""Sites, teams, skills, programmes, and one person whole; for administrators."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hemma.people.imports import parsing
from hemma.people.models import Contract, Person, Programme, Role, Site, Skill, Team


def _choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [("", "–"), *((str(row.pk), str(row)) for row in rows)]


class _Of(forms.TypedChoiceField):
    """One of the rows that were handed in, or nobody."""

    def __init__(self, rows: Sequence[Any] = (), **kwargs: Any) -> None:
        known = {str(row.pk): row for row in rows}
        super().__init__(
            choices=_choices(rows), coerce=known.get, empty_value=None, required=False, **kwargs
        )


class _Some(forms.TypedMultipleChoiceField):
    """Some of the rows that were handed in."""

    def __init__(self, rows: Sequence[Any] = (), **kwargs: Any) -> None:
        known = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[(pk, str(row)) for pk, row in known.items()],
            coerce=known.get,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class SiteForm(forms.Form):
    """A place of the company."""

    name = forms.CharField(label=_("Name"), max_length=80)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country (two letters: whose law applies)"),
        max_length=2,
    )
    zone = forms.CharField(label=_("Time zone"), max_length=40, initial="Europe/Stockholm")
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=0, max_value=30000)


class SkillForm(forms.Form):
    """Something that people can."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=80)


class TeamForm(forms.Form):
    """A team, who leads it and who stands in."""

    name = forms.CharField(label=_("Name"), max_length=80)

    def __init__(
        self, *args: Any, sites: Sequence[Site], people: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = _Of(sites, label=_("Site"))
        self.fields["site"].required = True
        self.fields["leader"] = _Of(people, label=_("Leader"))
        self.fields["substitute"] = _Of(people, label=_("Substitute"))


class ProgrammeForm(forms.Form):
    """Work for a client."""

    name = forms.CharField(label=_("Name"), max_length=120)
    client = forms.CharField(label=_("Client"), max_length=120)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"] = _Some(teams, label=_("Teams"))


class PersonForm(forms.Form):
    """A person as the administrator knows them."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Work phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    speaks = forms.CharField(
        label=_("Serves customers in"),
        required=False,
        help_text=_("Two letters and a level from 1 to 9: sv:9; en:6"),
    )
    hours = forms.DecimalField(
        label=_("Hours a week"), required=False, min_value=0, max_value=48, decimal_places=2
    )
    country = forms.RegexField(
        r"^[A-Za-z]{2}$", label=_("Country whose law applies"), required=False, max_length=2
    )
    contract = forms.ChoiceField(
        label=_("Form of employment"), choices=[("", "–"), *Contract.choices], required=False
    )
    since = forms.DateField(
        label=_("Holds from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        sites: Sequence[Site],
        teams: Sequence[Team],
        skills: Sequence[Skill],
        programmes: Sequence[Programme],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._skills = skills
        self.fields["site"] = _Of(sites, label=_("Site"))
        self.fields["teams"] = _Some(teams, label=_("Teams"))
        self.fields["programme"] = _Of(programmes, label=_("A client sees the programme"))
        self.fields["safety_site"] = _Of(sites, label=_("Safety representative at"))
        for skill in skills:
            self.fields[f"skill_{skill.pk}"] = forms.TypedChoiceField(
                label=skill.name,
                choices=[("", "–"), *((str(n), str(n)) for n in range(1, 10))],
                coerce=int,
                empty_value=None,
                required=False,
            )
        first = ["name", "email", "phone", "language", "site", "roles", "programme", "safety_site"]
        self.order_fields([*first, "teams"])

    def clean_speaks(self) -> dict[str, int]:
        try:
            return dict(parsing.spoken(self.cleaned_data["speaks"]))
        except parsing.BadCell as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        levels = {skill.pk: said.get(f"skill_{skill.pk}") for skill in self._skills}
        said["skills"] = {pk: level for pk, level in levels.items() if level}
        site = said.get("site")
        if said.get("hours") is not None and not said.get("country"):
            if site is None:
                self.add_error("country", _("Say whose law applies."))
            else:
                said["country"] = site.country
        return said


class TokenForm(forms.Form):
    """A key for the company's directory."""

    name = forms.CharField(label=_("What is it for?"), max_length=80)


class GroupRuleForm(forms.Form):
    """What a group of the sign-in service means."""

    group = forms.CharField(label=_("Group, as the service calls it"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *Role.choices], required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = _Of(teams, label=_("Team"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if bool(said.get("role")) == bool(said.get("team")):
            raise forms.ValidationError(_("Choose either a role or a team."))
        return said
