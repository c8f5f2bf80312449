"""Forms of mailboxes and of the rules that sort mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemma.desk import mail_words
from hemma.desk.mail_models import LANGUAGES, MailboxSetup
from hemma.desk.models import Mailbox, Queue, Security
from hemma.lib.mail import oauth

KEPT = _("Leave it empty to keep what is there.")


def _secret(label: Any, help_text: Any = KEPT) -> forms.CharField:
    # Never filled in again: what is sealed does not leave the house.
    return forms.CharField(
        label=label,
        required=False,
        strip=True,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class MailboxForm(forms.Form):
    """A mailbox: where it is read and answered, how one signs in, what answers carry."""

    SETUP = (
        "sign_in",
        "token_url",
        "client_id",
        "scope",
        "signature",
        "says_hours",
        "acknowledges",
        "dkim_domain",
        "dkim_selector",
    )
    SECRETS = ("client_secret", "refresh_token", "dkim_key")

    address = forms.EmailField(label=_("Address"), max_length=254)
    queue = forms.ModelChoiceField(label=_("Queue"), queryset=Queue.objects.none())
    is_active = forms.BooleanField(label=_("Read this mailbox"), required=False, initial=True)
    imap_host = forms.CharField(label=_("IMAP server"), max_length=120)
    imap_port = forms.IntegerField(label=_("IMAP port"), min_value=1, max_value=65535, initial=993)
    imap_security = forms.ChoiceField(
        label=_("IMAP security"), choices=Security.choices, initial=Security.TLS
    )
    smtp_host = forms.CharField(label=_("SMTP server"), max_length=120)
    smtp_port = forms.IntegerField(label=_("SMTP port"), min_value=1, max_value=65535, initial=587)
    smtp_security = forms.ChoiceField(
        label=_("SMTP security"), choices=Security.choices, initial=Security.STARTTLS
    )
    user = forms.CharField(
        label=_("User name"),
        max_length=120,
        required=False,
        help_text=_("Empty: the address itself."),
    )
    sign_in = forms.ChoiceField(
        label=_("Sign in by"),
        choices=MailboxSetup.SignIn.choices,
        initial=MailboxSetup.SignIn.PASSWORD,
    )
    password = _secret(_("Password"))
    token_url = forms.URLField(
        label=_("Token address"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("For OAuth 2, for instance https://oauth2.googleapis.com/token"),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=200, required=False)
    client_secret = _secret(_("Client secret"))
    refresh_token = _secret(_("Refresh token"))
    scope = forms.CharField(label=_("Scope"), max_length=400, required=False)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands below every answer from this mailbox."),
    )
    says_hours = forms.BooleanField(
        label=_("Say below it when the queue is open, and that nobody has to answer in between"),
        required=False,
        initial=True,
    )
    acknowledges = forms.BooleanField(
        label=_("Tell customers at once that their mail is here, with number and promised time"),
        required=False,
    )
    dkim_domain = forms.CharField(label=_("DKIM domain"), max_length=200, required=False)
    dkim_selector = forms.CharField(label=_("DKIM selector"), max_length=60, required=False)
    dkim_key = forms.CharField(
        label=_("DKIM private key"),
        required=False,
        help_text=_("PEM. Leave it empty to keep what is there."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args: Any, queues: list[Queue], mailbox: Mailbox | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(mailbox) if mailbox else {}
        super().__init__(*args, **kwargs)
        field = self.fields["queue"]
        field.queryset = Queue.objects.filter(pk__in=[one.pk for one in queues])  # type: ignore[attr-defined]

    def clean_token_url(self) -> str:
        url: str = self.cleaned_data["token_url"]
        if url:
            try:
                oauth.check_url(url)
            except ValueError as refusal:
                raise ValidationError(
                    _("The token address has to begin with https://")
                ) from refusal
        return url

    def clean(self) -> dict[str, Any]:
        """OAuth 2 needs to know whom to ask."""
        data = super().clean() or {}
        if data.get("sign_in") == MailboxSetup.SignIn.OAUTH2:
            for name in ("token_url", "client_id"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("OAuth 2 needs this."))
        return data

    def values(self) -> dict[str, Any]:
        """What `actions.change_mailbox` takes."""
        data = dict(self.cleaned_data)
        setup = {name: data.pop(name) for name in (*self.SETUP, *self.SECRETS)}
        return {**data, "setup": setup}


def _initial(mailbox: Mailbox) -> dict[str, Any]:
    names = (
        "address", "queue", "is_active", "imap_host", "imap_port", "imap_security",
        "smtp_host", "smtp_port", "smtp_security", "user",
    )  # fmt: skip
    found = {name: getattr(mailbox, name) for name in names}
    setup = getattr(mailbox, "setup", None)
    return found | ({name: getattr(setup, name) for name in MailboxForm.SETUP} if setup else {})


class RuleForm(forms.Form):
    """What the mails have in common, and what becomes of them."""

    name = forms.CharField(label=_("Name"), max_length=80)
    order = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=10_000,
        initial=100,
        help_text=_("Rules are asked from the lowest number up; the first that fits decides."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    mailbox = forms.ModelChoiceField(
        label=_("Came to"), queryset=Mailbox.objects.none(), required=False
    )
    sender = forms.CharField(label=_("Sender contains"), max_length=200, required=False)
    subject = forms.CharField(label=_("Subject contains"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", "–"), *LANGUAGES]
    )
    queue = forms.ModelChoiceField(
        label=_("Goes to the queue"), queryset=Queue.objects.none(), required=False
    )
    priority = forms.TypedChoiceField(label=_("Comes"), coerce=int, initial=0)
    tags = forms.CharField(
        label=_("Tags"), max_length=400, required=False, help_text=_("With commas between.")
    )

    def __init__(
        self, *args: Any, mailboxes: list[Mailbox], queues: list[Queue], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mailbox"].queryset = Mailbox.objects.filter(pk__in=[one.pk for one in mailboxes])
        fields["queue"].queryset = Queue.objects.filter(pk__in=[one.pk for one in queues])
        fields["priority"].choices = [(n, mail_words.priority(n)) for n in range(4)]

    def clean_tags(self) -> list[str]:
        tags = [tag.strip() for tag in self.cleaned_data["tags"].split(",")]
        if any(len(tag) > 40 for tag in tags):
            raise ValidationError(_("A tag has at most 40 letters."))
        return list(dict.fromkeys(tag for tag in tags if tag))


class LanguageForm(forms.Form):
    """Which language a customer writes."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
