"""The forms of one way to turn, and of a slip."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemma.support.models import Contact, Slip


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A telephone or an address, and when it helps."""

    class Meta:
        model = Contact
        fields = ("sort", "name", "phone", "link", "about", "country")

    def clean(self) -> dict[str, Any]:
        """It has to lead somewhere."""
        said = super().clean() or {}
        if not said.get("phone") and not said.get("link") and "link" not in self.errors:
            raise ValidationError(_("Give a telephone number or an address on the web."))
        return said


class SlipForm(forms.Form):
    """What may have leaked; a choice is enough."""

    what = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=Slip.What.choices,
        widget=forms.RadioSelect,
        initial=Slip.What.WRONG_PERSON,
    )
    said = forms.CharField(
        label=gettext_lazy("In your own words, if you like"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "A case's number helps. Leave out what the customer's data says: it would leak once more."
        ),
    )


class OutcomeForm(forms.Form):
    """What was done about it."""

    outcome = forms.CharField(
        label=gettext_lazy("What was done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever told of it reads this."),
    )
