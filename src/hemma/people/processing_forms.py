"""The form of the record of processing."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.people.models import ProcessingRecord


class ProcessingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What article 30.2 of the GDPR wants written down, for one client."""

    class Meta:
        model = ProcessingRecord
        fields = (
            "programme",
            "client",
            "client_contact",
            "purpose",
            "categories",
            "sub_processors",
            "transfers",
            "keep_months",
        )
        labels: ClassVar = {
            "programme": _("Programme"),
            "client": _("Client (controller)"),
            "client_contact": _("Their data protection contact"),
            "purpose": _("What we do for them, and why"),
            "categories": _("Which people and which data it concerns"),
            "sub_processors": _("Sub-processors"),
            "transfers": _("Transfers out of the EU/EEA, and on what ground"),
            "keep_months": _("Months that a solved case is kept"),
        }
        help_texts: ClassVar = {
            "programme": _("As it is called on the queues."),
            "sub_processors": _("Leave it empty if there are none."),
            "keep_months": _("After that nobody can say whose case it was; the numbers stay."),
        }
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("purpose", "categories", "sub_processors", "transfers")
        }
