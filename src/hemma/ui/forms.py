"""How Django's forms look here: label, hint, field, error, and a summary when there are several.

Settings name `Renderer`, so `{{ form }}` and `{{ form.name.as_field_group }}` are right by
themselves and no template writes a form by hand.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.template.backends.django import DjangoTemplates as Backend

_PLAIN = (CheckboxInput, CheckboxSelectMultiple, RadioSelect, HiddenInput)


class Field(BoundField):
    """A form's field that knows its looks."""

    @property
    def kind(self) -> str:
        """`check`, `choices` or `input`: which shape the template draws."""
        widget = self.field.widget
        if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
            return "choices"
        return "check" if isinstance(widget, CheckboxInput) else "input"

    @property
    def focus_id(self) -> str:
        """The id an error summary points at: for choices, the first of them."""
        return f"{self.auto_id}_0" if self.kind == "choices" else self.id_for_label

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shape = widget or self.field.widget
        if not isinstance(shape, _PLAIN):
            own = " ".join([str(shape.attrs.get("class", "")), str(built.get("class", ""))])
            built["class"] = " ".join(dict.fromkeys(["input", *own.split()]))
        return built


class Renderer(DjangoTemplates):
    """Draws forms with our own templates and Django's widgets."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Backend:
        return Backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(django.forms.__file__).parent / "templates"],
                "NAME": "hemmaforms",
                "OPTIONS": {
                    "builtins": ["hemma.ui.templatetags.hemma_ui", "django.templatetags.i18n"]
                },
            }
        )
