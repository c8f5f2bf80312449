"""Forms of one's day."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Team
from hemma.planning.models import ActivityKind
from hemma.workday.models import CHOSEN, Eased


class ModeForm(forms.Form):
    """The mode switch: one of the modes a person may choose, or the queue as the plan goes.

    `seen` is the mode that the bar showed when it was pressed.
    """

    PLANNED = "planned"
    mode = forms.ChoiceField(
        choices=[*((mode.value, mode.label) for mode in CHOSEN), (PLANNED, PLANNED)]
    )
    seen = forms.CharField(required=False, max_length=12)


class BlockForm(forms.Form):
    """A focus phase or a recess of one's own, today."""

    KINDS = (ActivityKind.FOCUS, ActivityKind.RECESS)

    kind = forms.ChoiceField(label=_("What"), choices=[(kind.value, kind.label) for kind in KINDS])
    starts = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.ChoiceField(
        label=_("For how long"),
        initial="45",
        choices=[
            ("10", _("10 minutes")),
            ("15", _("15 minutes")),
            ("30", _("30 minutes")),
            ("45", _("45 minutes")),
        ],
    )


class TodoForm(forms.Form):
    """Something to do: for oneself, or shared with one of `teams`."""

    text = forms.CharField(label=_("What do you want to do?"), max_length=200)
    starts = forms.TimeField(
        label=_("Start by"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Done by"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    case = forms.RegexField(
        r"^\s*[Hh]?-?\s*\d{1,9}\s*$",
        label=_("Case"),
        required=False,
        max_length=14,
        help_text=_("Its number, for example H-1024"),
    )
    team = forms.ChoiceField(label=_("Share with the team"), required=False)
    important = forms.BooleanField(label=_("One of today's three most important"), required=False)

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No, only I see it")), *((str(one.pk), one.name) for one in teams)]
        field = forms.ChoiceField(label=_("Share with the team"), required=False, choices=choices)
        self.fields["team"] = field

    def clean_case(self) -> int | None:
        digits = "".join(char for char in self.cleaned_data["case"] if char.isdigit())
        return int(digits) if digits else None


class MoveForm(forms.Form):
    """To when a block of one's own moves."""

    starts = forms.TimeField()


class WayForm(forms.Form):
    """One row of the team's agreement about being reached; empty: not by this way."""

    minutes = forms.ChoiceField(
        label=_("An answer within"),
        required=False,
        choices=[
            ("", _("not by this way")),
            ("5", _("5 minutes")),
            ("15", _("15 minutes")),
            ("60", _("an hour")),
            ("120", _("two hours")),
            ("240", _("half a day")),
            ("480", _("a day")),
        ],
    )
    opens = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    closes = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    except_when = forms.CharField(label=_("Except when"), required=False, max_length=120)


class EasedForm(forms.Form):
    """Lower demands for the team or for one of its people, until a day."""

    who = forms.ChoiceField(label=_("For whom"))
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.ChoiceField(label=_("Why"), choices=Eased.Why.choices)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole team")), *((str(one.pk), one.name) for one in people)]
        self.fields["who"] = forms.ChoiceField(label=_("For whom"), required=False, choices=choices)
