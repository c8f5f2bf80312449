"""What is filled in around a case: contacts logged by hand, notes, instructions, decisions."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.desk.models import Case, Queue

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QueueForm(forms.Form):
    """A form that begins with a queue, out of those that exist for who fills it in."""

    queue = forms.TypedChoiceField(coerce=int, label=_("Queue"))

    def __init__(self, *args: Any, queues: list[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["queue"]
        field.choices = [(queue.pk, queue.name) for queue in queues]  # type: ignore[attr-defined]


class NewCaseForm(QueueForm):
    """A call, a visit, or a customer we write to first."""

    HOW = (
        (Case.Channel.PHONE.value, _("The customer called")),
        (Case.Channel.WALK_IN.value, _("The customer came by")),
        ("write", _("I write to the customer first")),
    )
    how = forms.ChoiceField(label=_("How did it begin?"), choices=HOW, widget=forms.RadioSelect)
    name = forms.CharField(label=_("The customer's name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    subject = forms.CharField(label=_("What is it about?"), max_length=300)
    text = forms.CharField(
        label=_("What was said, or what you write"), max_length=100_000, widget=_area(7)
    )
    solved = forms.BooleanField(label=_("Solved on the spot"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(once=uuid.uuid4(), how=Case.Channel.PHONE.value)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("how") == "write" and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Say which address to write to."))
        return data


class NoteForm(forms.Form):
    """A word among colleagues."""

    text = forms.CharField(label=_("Note to colleagues"), max_length=20_000, widget=_area(3))
    mentions = forms.TypedMultipleChoiceField(
        label=_("Who should see it?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "note_%s")
        super().__init__(*args, **kwargs)
        choices = [(person.pk, person.name) for person in people]
        self.fields["mentions"].choices = choices  # type: ignore[attr-defined]


class UntilForm(forms.Form):
    """Until when."""

    until = forms.DateTimeField(
        label=_("Put away until"),
        widget=MOMENT,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class TagsForm(forms.Form):
    """Tags, with commas between."""

    tags = forms.CharField(label=_("Tags, with commas between"), max_length=300, required=False)


class OtherCaseForm(forms.Form):
    """Another case's number, as people write it."""

    other = forms.RegexField(
        r"^\s*[Hh]?-?\s*\d{1,9}\s*$", label=_("The other case's number"), max_length=14
    )

    def clean_other(self) -> int:
        return int("".join(char for char in self.cleaned_data["other"] if char.isdigit()))


class DecisionForm(forms.Form):
    """What is decided for the customer, and for how much."""

    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=10, decimal_places=2, localize=True
    )
    what = forms.CharField(label=_("What you decide"), max_length=300)


class InstructionForm(QueueForm):
    """A new version of an instruction, or the first."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("One step a line"), max_length=20_000, widget=_area(6))
    must_read = forms.BooleanField(label=_("Everyone should confirm it is read"), required=False)


class MandateForm(QueueForm):
    """What may be decided alone."""

    up_to = forms.DecimalField(
        label=_("May decide alone up to"), min_value=0, max_digits=10, decimal_places=2
    )
    currency = forms.RegexField("^[A-Z]{3}$", label=_("Currency"), initial="SEK")
    more = forms.CharField(label=_("And besides"), required=False, widget=_area(2))


class SavedReplyForm(QueueForm):
    """A wording to begin an answer with."""

    title = forms.CharField(label=_("Title"), max_length=80)
    text = forms.CharField(
        label=_("Wording"),
        help_text=_(
            "In braces: {first_name}, {name}, {number}, {subject}, {programme}, {my_name}, "
            "{promised}."
        ),
        max_length=20_000,
        widget=_area(6),
    )


class IncidentForm(QueueForm):
    """Something is wrong for many."""

    title = forms.CharField(label=_("What is wrong, in a few words?"), max_length=200)
