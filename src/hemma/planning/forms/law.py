"""A week that somebody writes or drops, and whose law is asked about it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hemma.core.rules.written import BadRows
from hemma.planning import law

MOST_BYTES, MOST_LETTERS = 300_000, 300_000


class WeekForm(forms.Form):
    """Rows of a week, typed or in a file; the file speaks when there are both."""

    week = forms.CharField(
        label=_("The week"),
        required=False,
        strip=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(
            attrs={"rows": 12, "class": "lawweek__rows", "spellcheck": "false", "wrap": "off"}
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("CSV in UTF-8, or JSON. You can drop it on the field."),
        widget=forms.FileInput(attrs={"class": "lawweek__file", "accept": ".csv,.json,.txt"}),
    )
    home = forms.ChoiceField(
        label=_("Country of rows that name none"), choices=lambda: list(law.LANDS.items())
    )
    lands = forms.MultipleChoiceField(
        label=_("Whose law"),
        choices=lambda: list(law.LANDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one country.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.judged: list[law.Judged] = []

    def clean_file(self) -> str:
        """The file's text, or nothing."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is too large. Split it: 300 kB at a time."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("The file is not text in UTF-8. Save it as CSV in UTF-8.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Judges the week; what cannot be read stands at the field, row by row."""
        data = super().clean() or {}
        if self.errors:
            return data
        text, dropped = data["file"] or data["week"], self.files.get("file")
        if not text.strip():
            raise ValidationError(
                {"week": _("Write a week here or choose a file. The example shows how.")}
            )
        if dropped:  # from now on it can be changed in the field
            kept = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
            kept["week"] = text
            self.data = kept
        language = get_language() or "en"
        try:
            self.judged = law.judge_week(
                text,
                dropped.name or "week" if dropped else gettext("the week"),
                home=data["home"],
                lands=data["lands"],
                language=language,
                today=self._today,
            )
        except BadRows as bad:
            self.add_error("week", law.faults(bad, language))
        return data
