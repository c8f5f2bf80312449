"""Files, trials and decisions as they are typed in."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.insight.measures import MEASURE, OUTCOMES
from hemma.insight.models import Reading, Subject
from hemma.people.models import Team

FILES = [(one.value, one.label) for one in Subject if one != Subject.WORK]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _lines(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FileForm(forms.Form):
    """A table of one subject, as CSV or XLSX."""

    subject = forms.ChoiceField(label=_("What it is about"), choices=FILES)
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    maximum = forms.FloatField(
        label=_("Highest result there can be"),
        help_text=_("If results have a highest value, anything over it is asked about."),
        required=False,
    )


class ReadingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A period to choose, by its months."""

    def label_from_instance(self, obj: Reading) -> str:
        return obj.label


class DecisionForm(forms.Form):
    """One decision."""

    question = forms.CharField(label=_("The question"), max_length=200)
    alternatives = _lines(_("What could have been done"))
    grounds = _lines(_("What it rests on"), _("Figures, and what people have said."))
    reading = ReadingField(
        label=_("Figures it rests on"), queryset=Reading.objects.none(), required=False
    )
    consulted = _lines(
        _("With whom it was talked over"),
        _("The trade union and the safety representative, and what they said."),
        required=False,
    )
    not_consulted_because = forms.CharField(
        label=_("If with nobody: why"), max_length=400, required=False
    )
    decided = _lines(_("What was decided"))
    review_on = _day(_("When it is looked at again"))

    def __init__(self, *given: Any, readings: list[Reading], **more: Any) -> None:
        super().__init__(*given, **more)
        field = cast(ReadingField, self.fields["reading"])
        field.queryset = Reading.objects.filter(pk__in=[one.pk for one in readings])


class PilotForm(forms.Form):
    """A trial while it is prepared."""

    name = forms.CharField(label=_("Name"), max_length=100)
    question = _lines(_("What you want to know"), _("One question that the measures can answer."))
    measures = forms.MultipleChoiceField(
        label=_("What is measured"),
        help_text=_("Fixed when it starts: nobody can choose the measure by the answer."),
        choices=[(key, MEASURE[key].name) for key in OUTCOMES],
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        help_text=_("The lot is drawn within each team, one half and the other."),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))

    def __init__(self, *given: Any, teams: list[Team], **more: Any) -> None:
        super().__init__(*given, **more)
        field = cast("forms.ModelMultipleChoiceField[Team]", self.fields["teams"])
        field.queryset = Team.objects.filter(pk__in=[one.pk for one in teams]).order_by("name")
