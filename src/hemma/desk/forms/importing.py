"""Choosing another program's export file, and where its cases go."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemma.desk.models import Queue


class ExportFileForm(forms.Form):
    """A JSON export, or a ZIP of several."""

    file = forms.FileField(
        label=gettext_lazy("Export file"),
        help_text=gettext_lazy("JSON, one case a line or a list, or a ZIP of such files."),
        widget=forms.FileInput(attrs={"accept": ".json,.jsonl,.ndjson,.zip"}),
    )


class WhereForm(forms.Form):
    """One queue for all, and others for some of the other program's groups."""

    queue = forms.TypedChoiceField(coerce=int, label=gettext_lazy("Queue"))

    def __init__(
        self, *args: Any, queues: Iterable[Queue], groups: list[tuple[str, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._queues = {one.pk: one for one in queues}
        self._groups = [name for name, _count in groups]
        choices: list[tuple[int | str, str]] = [
            (one.pk, f"{one.name} ({one.programme})") for one in self._queues.values()
        ]
        self.fields["queue"].choices = choices  # type: ignore[attr-defined]
        same: list[tuple[int | str, str]] = [("", _("the queue above"))]
        for number, (name, count) in enumerate(groups):
            self.fields[f"group_{number}"] = forms.TypedChoiceField(
                choices=same + choices,
                coerce=int,
                empty_value=None,
                required=False,
                label=_("%(group)s (%(count)s cases) goes to") % {"group": name, "count": count},
            )

    def target(self) -> Queue:
        """The queue of everything that has no other."""
        return self._queues[self.cleaned_data["queue"]]

    def by_group(self) -> dict[str, Queue]:
        """Group of the other program → its queue."""
        chosen = {
            name: self.cleaned_data.get(f"group_{number}")
            for number, name in enumerate(self._groups)
        }
        return {name: self._queues[pk] for name, pk in chosen.items() if pk}
