"""The answer to a customer and what they can expect next; handing a case over."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemma.desk.models import Case
from hemma.desk.opening import Opening
from hemma.people.models import Person
from hemma.ui.times import day_clock

SOON = timedelta(minutes=30)  # a promise nearer than this is no use to anyone
OTHER = "other"


def promises(opening: Opening, now: datetime) -> list[datetime]:
    """Times worth offering: before we close, the middle of the next opening, a week ahead (UTC)."""
    found = []
    closes = opening.closes(now)
    if closes is not None and opening.is_open(now) and closes - now > 2 * SOON:
        found.append(closes - SOON)
    if closes is not None:
        opens = opening.next_opening(closes + timedelta(seconds=1))
        ends = opening.closes(opens) if opens else None
        if opens and ends:
            found.append(_whole_hour(opens + (ends - opens) / 2))
    week = opening.next_opening(now + timedelta(days=7))
    found.append(_whole_hour(week or now + timedelta(days=7)))
    return sorted({moment for moment in found if moment > now})


def _whole_hour(moment: datetime) -> datetime:
    return (moment + SOON).replace(minute=0, second=0, microsecond=0)


class AnswerForm(forms.Form):
    """`then`: solved, answered, an ISO time to come back at, or `other` with `promised_at`."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), strip=False, max_length=100_000
    )
    then = forms.CharField(widget=forms.Select())
    promised_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    once = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, case: Case, opening: Opening, now: datetime, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("once", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.now = now
        text, then, when = self.fields["text"], self.fields["then"], self.fields["promised_at"]
        text.error_messages["required"] = _("Write an answer first.")
        text.label = _("Answer to %(name)s") % {"name": _called(case)}
        text.widget.attrs["data-draft"] = f"case-{case.number}"
        then.label = _("Next promise to the customer")
        then.widget.choices = self._choices(opening)
        when.label = _("The other time")
        when.help_text = _("Only when you chose another time above.")
        self.initial.setdefault("then", Case.State.SOLVED)

    def _choices(self, opening: Opening) -> list[tuple[str, str]]:
        times = [
            (moment.isoformat(), _("%(when)s: I come back") % {"when": _said(moment, self.now)})
            for moment in promises(opening, self.now)
        ]
        return [
            (Case.State.SOLVED.value, _("Nothing more, the case is solved")),
            (Case.State.ANSWERED.value, _("The customer answers next, no promise")),
            *times,
            (OTHER, _("Another time: I come back")),
        ]

    def clean(self) -> dict[str, Any]:
        """Adds `state` and `promise`: what the case becomes, and when we come back."""
        data = super().clean() or {}
        then = data.get("then", "")
        data["state"], data["promise"] = Case.State.ANSWERED.value, None
        if then in {Case.State.SOLVED, Case.State.ANSWERED}:
            data["state"] = then
        elif then == OTHER:
            data["promise"] = self._chosen(data.get("promised_at"))
        elif then:
            data["promise"] = self._offered(then)
        return data

    def _chosen(self, moment: datetime | None) -> datetime | None:
        if "promised_at" in self.errors:
            return None
        if moment is None:
            self.add_error("promised_at", _("Say which time you promise."))
        elif moment <= self.now:
            self.add_error("promised_at", _("That time has passed. Choose one that lies ahead."))
        return moment

    def _offered(self, value: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(value).astimezone(UTC)
        except ValueError:
            self.add_error("then", _("Choose what the customer can expect next."))
            return None
        if moment <= self.now:
            self.add_error("then", _("That time has passed. Choose one that lies ahead."))
        return moment

    def refuse(self, failure: ValidationError) -> None:
        """Show what the action refused, with everything that was typed."""
        self.add_error(None, failure)


def _called(case: Case) -> str:
    name = case.customer.name.split(" ")[0]
    return name or case.customer.email


def _said(moment: datetime, now: datetime) -> str:
    said = day_clock(moment, now)
    return said[:1].upper() + said[1:]


class HandOverForm(forms.Form):
    """To whom a case goes."""

    person = forms.TypedChoiceField(coerce=int)
    note = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.label = _("To whom?")
        self.fields["note"].label = _("A word on the way, if you like")
        field.choices = [(person.pk, person.name) for person in people]  # type: ignore[attr-defined]
