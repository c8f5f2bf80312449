"""What is filled in about customers, and which figures are asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.desk.mail_models import LANGUAGES
from hemma.desk.models import CustomerAddress


class CustomerForm(forms.Form):
    """What a customer is called and where answers go."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Answers go here."), max_length=254, required=False
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Not known")), *LANGUAGES], required=False
    )


class AddressForm(forms.Form):
    """One more address."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CustomerAddress.Kind.choices)
    value = forms.CharField(label=_("Address or number"), max_length=254)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == CustomerAddress.Kind.EMAIL and data.get("value"):
            try:
                data["value"] = forms.EmailField().clean(data["value"])
            except forms.ValidationError as wrong:
                self.add_error("value", wrong)
        return data


class SamePersonForm(forms.Form):
    """Who else this is."""

    other = forms.CharField(
        label=_("Address, or number of a case, of the same person"), max_length=254
    )


class PeriodForm(forms.Form):
    """Which days, and by what."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    by = forms.ChoiceField(
        label=_("By"), choices=[("queue", _("Queue")), ("programme", _("Programme"))]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last"):
            if data["first"] > data["last"]:
                self.add_error("last", _("The last day comes before the first."))
            elif (data["last"] - data["first"]).days > 1100:
                self.add_error("last", _("Choose at most three years."))
        return data
