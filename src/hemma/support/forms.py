"""The form of one way to turn."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemma.support.models import Contact


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
