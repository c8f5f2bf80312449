"""A queue with its opening hours, and the first mailbox; for administrators."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hemma.desk import hours, providers
from hemma.desk.mail_models import LANGUAGES
from hemma.desk.models import Queue
from hemma.desk.opening import Span
from hemma.people.models import Team

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
USUAL = "08:00–17:00"
# Hours of opening time: a day is a day of eight hours.
PROMISES = [
    (1, _("1 hour of opening time")),
    (2, _("2 hours of opening time")),
    (4, _("4 hours of opening time")),
    (8, _("1 working day")),
    (16, _("2 working days")),
    (24, _("3 working days")),
]


class QueueForm(forms.Form):
    """What a queue is called, who answers it, when, and what customers are promised."""

    name = forms.CharField(label=_("What is the queue called?"), max_length=80)
    programme = forms.CharField(
        label=_("Whom do customers believe they write to?"),
        max_length=80,
        help_text=_("Your own name, or your client's. It stands below every answer."),
    )
    team = forms.ChoiceField(label=_("Which team answers?"))
    language = forms.ChoiceField(label=_("Language of its customers"), choices=LANGUAGES)
    promise = forms.TypedChoiceField(
        label=_("A first answer is promised within"), coerce=int, initial=4
    )

    def __init__(self, *args: Any, teams: Sequence[Team], queue: Queue | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._teams = {str(one.pk): one for one in teams}
        fields: Any = self.fields
        fields["team"].choices = [(pk, str(row)) for pk, row in self._teams.items()]
        fields["promise"].choices = _promises(queue)
        for number, name in enumerate(WEEKDAYS):
            fields[f"day_{number}"] = forms.CharField(
                label=name,
                required=False,
                max_length=100,
                initial=USUAL if number < 5 and queue is None else "",
            )

    @property
    def days(self) -> list[Any]:
        """The seven fields of hours, Monday first."""
        return [self[f"day_{number}"] for number in range(7)]

    @property
    def rest(self) -> list[Any]:
        """The other fields, in order."""
        return [field for field in self if not field.name.startswith("day_")]

    def clean_team(self) -> Team:
        return self._teams[self.cleaned_data["team"]]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        spans: list[Span] = []
        for number in range(7):
            try:
                spans += hours.read(number, said.pop(f"day_{number}", ""))
            except ValueError:
                words = _now("Write it like 08:00–17:00, or 08:00–12:00, 13:00–17:00.")
                self.add_error(f"day_{number}", words)
        if not spans and not self.errors:
            raise ValidationError(_now("It has to be open some time: promises count opening time."))
        said["opening"] = spans
        return said

    def values(self) -> dict[str, Any]:
        """What `actions.open_queue` and `actions.change_queue` take."""
        said = dict(self.cleaned_data)
        said["answer_within"] = timedelta(hours=said.pop("promise"))
        said["opening"] = [(one.weekday, one.opens, one.closes) for one in said["opening"]]
        return said


def _promises(queue: Queue | None) -> list[tuple[int, Any]]:
    known = [hour for hour, _words in PROMISES]
    own = int(queue.answer_within.total_seconds() // 3600) if queue else known[0]
    extra = (
        [(own, _("%(hours)d hours of opening time") % {"hours": own})] if own not in known else []
    )
    return sorted([*PROMISES, *extra], key=lambda choice: choice[0])


class FirstMailboxForm(forms.Form):
    """An address and a password; the servers are guessed where nothing is said."""

    address = forms.EmailField(label=_("Which address do customers write to?"), max_length=254)
    password = forms.CharField(
        label=_("Password or app key"),
        strip=True,
        help_text=_("It is sealed when you save, and never shown again, not even to you."),
        # Filled in again only beside a failed test, to whoever has just typed it.
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True),
    )
    queue = forms.ChoiceField(label=_("Cases from it wait in"))
    user = forms.CharField(
        label=_("User name"),
        max_length=120,
        required=False,
        help_text=_("Empty: the address itself."),
    )
    imap_host = forms.CharField(
        label=_("Server to fetch from (IMAP)"),
        max_length=120,
        required=False,
        help_text=_("Empty: we try the usual one."),
    )
    imap_port = forms.IntegerField(
        label=_("Port to fetch from"), min_value=1, max_value=65535, initial=993
    )
    smtp_host = forms.CharField(
        label=_("Server to send by (SMTP)"),
        max_length=120,
        required=False,
        help_text=_("Empty: we try the usual one."),
    )
    smtp_port = forms.IntegerField(
        label=_("Port to send by"), min_value=1, max_value=65535, initial=587
    )

    def __init__(self, *args: Any, queues: Sequence[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queues = {str(one.pk): one for one in queues}
        fields: Any = self.fields
        fields["queue"].choices = [(pk, str(row)) for pk, row in self._queues.items()]

    def clean_queue(self) -> Queue:
        return self._queues[self.cleaned_data["queue"]]

    def values(self) -> dict[str, Any]:
        """What `actions.change_mailbox` takes, with the servers that were guessed."""
        said = dict(self.cleaned_data)
        usual = providers.guess(said["address"])
        said["user"] = said["user"] or said["address"]
        said["imap_host"] = said["imap_host"] or usual.imap_host
        if not said["smtp_host"]:
            # A port that was changed from what stood there was meant.
            if said["smtp_port"] == self.fields["smtp_port"].initial:
                said["smtp_port"] = usual.smtp_port
            said["smtp_host"] = usual.smtp_host
        said["imap_security"] = providers.imap_security(said["imap_port"], said["imap_host"])
        said["smtp_security"] = providers.smtp_security(said["smtp_port"], said["smtp_host"])
        return said
