"""The questions of a look around."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.workplace.words import TIPS


class LookForm(forms.Form):
    """A yes or a no to each; none has to be answered."""

    def __init__(self, *args: Any, answers: dict[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, (question, _tip) in TIPS.items():
            known = answers.get(key)
            self.fields[key] = forms.ChoiceField(
                label=str(question),
                required=False,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
                initial="" if known is None else "yes" if known else "no",
            )

    def answers(self) -> dict[str, bool]:
        """What was answered: question's key → whether it is so."""
        return {key: said == "yes" for key, said in self.cleaned_data.items() if said}
