"""What customers fill in. A field that people do not see and the time it took keep machines out."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.desk.models import Queue
from hemma.lib import clock
from hemma.portal import secrets_of
from hemma.portal.models import ContactForm

MOST_TEXT = 20_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Guarded(forms.Form):
    """A form that anybody may send: signed time, a trap for machines, once."""

    # Called as machines like it; taken out of sight, out of the tab order and out of speech.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput(), max_length=80)
    once = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fresh = {"shown": secrets_of.stamp(clock.now()), "once": uuid.uuid4()}
        kwargs["initial"] = {**fresh, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not secrets_of.was_filled_in(data.get("shown", ""), clock.now()):
            # A person who was very quick, or came back after a night: sending again is enough.
            self.data = {
                **{k: self.data[k] for k in self.data},
                "shown": secrets_of.stamp(clock.now()),
            }
            raise forms.ValidationError(
                _("That went a little too fast for us. Please wait a moment and send it again.")
            )
        return data

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what no person sees."""
        return bool(self.data.get("website"))


class WriteForm(Guarded):
    """What a customer wants to ask."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The answer comes here."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number, if you would rather be called"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    subject = forms.CharField(label=_("What is it about?"), max_length=200)
    text = forms.CharField(
        label=_("Tell us more"),
        help_text=_("Never write card numbers or passwords."),
        max_length=MOST_TEXT,
        widget=_area(8),
    )


class MoreForm(Guarded):
    """Something to add."""

    text = forms.CharField(
        label=_("What do you want to add?"), max_length=MOST_TEXT, widget=_area(5)
    )


class CallForm(Guarded):
    """When and where to call."""

    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    hour = forms.ChoiceField(label=_("When suits you?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Is there something we should prepare?"),
        required=False,
        max_length=2000,
        widget=_area(2),
    )

    def __init__(self, *args: Any, hours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hour"].choices = hours  # type: ignore[attr-defined]


class SayForm(Guarded):
    """Thanks or a complaint."""

    kind = forms.ChoiceField(
        label=_("What would you like to say?"),
        choices=[("thanks", _("Thank you")), ("complaint", _("A complaint"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("In your own words"), max_length=5000, widget=_area(4))


class FindForm(forms.Form):
    """Number and code."""

    number = forms.RegexField(
        label=_("Your case number"),
        help_text=_("For example H-2417."),
        regex=r"^\s*[Hh]?\s*-?\s*\d{1,9}\s*$",
        max_length=20,
    )
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("It stands in our first mail to you."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_number(self) -> int:
        return int("".join(one for one in self.cleaned_data["number"] if one.isdecimal()))


class SetUpForm(forms.Form):
    """A form for customers, as it is set up by the staff."""

    slug = forms.SlugField(
        label=_("Address"),
        help_text=_("The last word of the page's address: small letters, digits, hyphens."),
        max_length=40,
    )
    queue = forms.TypedChoiceField(coerce=int, label=_("Queue"))
    is_open = forms.BooleanField(label=_("Open for customers"), required=False, initial=True)
    calls_an_hour = forms.IntegerField(
        label=_("Calls an hour that customers can book"),
        help_text=_("0: no calls are offered."),
        min_value=0,
        max_value=200,
        initial=4,
    )

    def __init__(
        self, *args: Any, queues: list[Queue], row: ContactForm | None, **kwargs: Any
    ) -> None:
        if row is not None:
            names = ("slug", "is_open", "calls_an_hour")
            own = {name: getattr(row, name) for name in names}
            kwargs["initial"] = {**own, "queue": row.queue_id}
        super().__init__(*args, **kwargs)
        field = self.fields["queue"]
        field.choices = [(one.pk, one.name) for one in queues]  # type: ignore[attr-defined]
