"""Parsing what a leader writes about a queue: its rules, and who is on call."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person
from hemma.routing.models import OutOfHours, QueueRules
from hemma.routing.queries.rules import FIELDS

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]  # no subscript at run time
    """How a queue is routed, as it might be."""

    class Meta:
        model = QueueRules
        fields = FIELDS
        labels: ClassVar[dict[str, Any]] = {
            "skill_choice": _("Who goes first of those who can"),
            "prefer_earlier_person": _(
                "Customers meet the person they know, if that person is free"
            ),
            "also_in_wrap_up": _("Offer also during the moment after a case"),
            "answer_within_s": _("Seconds an offer stands"),
            "out_of_hours": _("While the queue is closed"),
            "customer_message": _("What customers are told while it is closed"),
            "rest_after_h": _("Hours of rest after work on call"),
            "compensation_code": _("Payroll code for work on call"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "answer_within_s": _("From 20 to 900. Then the next one is asked."),
            "customer_message": _(
                "Sent once a case, with the time you promise. Leave it empty to send nothing."
            ),
            "rest_after_h": _("At least 11. The next shift begins later by itself."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "skill_choice": forms.RadioSelect,
            "out_of_hours": forms.RadioSelect(choices=OutOfHours.choices),
            "customer_message": forms.Textarea(attrs={"rows": 3}),
        }

    def values(self) -> dict[str, Any]:
        """What was filled in, as it is stored and played."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class OnCallForm(forms.Form):
    """Somebody of the team who may be asked while the queue is closed."""

    person = forms.ChoiceField(label=_("Who"))
    starts_at = forms.DateTimeField(label=_("From"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Until"), widget=MOMENT)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(key, one.name) for key, one in self.people.items()]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        starts, ends = told.get("starts_at"), told.get("ends_at")
        if starts and ends and ends <= starts:
            raise ValidationError(_("The end has to come after the start."))
        return told
