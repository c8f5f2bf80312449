"""What people answer to an offer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclineForm(forms.Form):
    """Passing an offer on; why is optional and says something about the case, not the person."""

    REASONS = [
        ("", _("No reason needed")),
        ("not_mine", _("Someone else knows this better")),
        ("no_time", _("Not enough time before my break")),
        ("wrong_queue", _("It belongs in another queue")),
    ]
    reason = forms.ChoiceField(choices=REASONS, required=False)
