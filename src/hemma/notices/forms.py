"""Forms of notices."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.notices import usual
from hemma.notices.models import Habit, Way

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERY = [
    (0, _("At once, each by itself")),
    (15, _("At most every quarter of an hour")),
    (60, _("At most once an hour")),
    (120, _("At most every other hour")),
]


AN_HOUR = [
    (2, _("Twice")),
    (4, _("Four times")),
    (6, _("Six times")),
    (10, _("Ten times")),
    (0, _("As they come")),
]


class WordForm(forms.Form):
    """A word to a colleague; `urgent` is offered to who leads them."""

    text = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    urgent = forms.BooleanField(
        label=_("It cannot wait until the focus is over"),
        required=False,
        help_text=_("It goes through focus, and through nothing else. They see that you chose it."),
    )

    def __init__(self, *args: Any, leads: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:
            del self.fields["urgent"]


FIELDS = {Way.PAGE: "wanted", Way.PUSH: "push", Way.MAIL: "mail"}


def _choosable(way: Way) -> "list[tuple[str, StrOrPromise]]":
    return [(one.value, one.label) for one in usual.choosable(way)]


class ChoiceForm(forms.Form):
    """Which kinds one wants, in each of the three ways. `way` names the ways that were shown."""

    way = forms.MultipleChoiceField(required=False, choices=Way.choices)
    wanted = forms.MultipleChoiceField(required=False, choices=_choosable(Way.PAGE))
    push = forms.MultipleChoiceField(required=False, choices=_choosable(Way.PUSH))
    mail = forms.MultipleChoiceField(required=False, choices=_choosable(Way.MAIL))

    def chosen(self) -> dict[Way, set[str]]:
        """Way → what is wanted in it, for the ways that were shown (the page's alone if none is)."""
        ways = [Way(one) for one in self.cleaned_data["way"]] or [Way.PAGE]
        return {way: set(self.cleaned_data[FIELDS[way]]) for way in ways}


class HabitForm(forms.ModelForm):  # type: ignore[type-arg]
    """How closely one is told, and when by mail."""

    push_every = forms.TypedChoiceField(
        label=_("Several notices become one"),
        choices=EVERY,
        coerce=int,
        help_text=_(
            "On phone and computer. A leader's urgent word and the on-call list come at once."
        ),
    )
    most_an_hour = forms.TypedChoiceField(
        label=_("Interruptions, at most in an hour"),
        choices=AN_HOUR,
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_(
            "What comes then waits for the next time and comes together. A leader's urgent word, the on-call list, cases that nobody fits and what may have leaked come at once, and count."
        ),
    )
    says_who = forms.BooleanField(
        label=_("Say which colleague has written"),
        required=False,
        help_text=_("On the lock screen and in the mail. What they wrote is never said there."),
    )
    mail_at = forms.TimeField(
        label=_("A mail once a day, at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_(
            "Empty: no mail. On days when you do not work then, it comes at the nearest time when you do."
        ),
    )

    class Meta:
        model = Habit
        fields = ("push_every", "most_an_hour", "says_who", "mail_at")


class DeviceForm(forms.Form):
    """What a browser says when it is to show notices (Push API: PushSubscription)."""

    address = forms.CharField(max_length=2000)
    point = forms.CharField(max_length=200)
    secret = forms.CharField(max_length=100)
