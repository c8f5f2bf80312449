"""What mail brings with it beside cases and messages: sign-in, sorting, what was kept back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemma.people.models import Person

LANGUAGES = [
    ("sv", "Svenska"),
    ("nb", "Norsk bokmål"),
    ("da", "Dansk"),
    ("fi", "Suomi"),
    ("en", "English"),
    ("es", "Español"),
    ("de", "Deutsch"),
]
# As they stand inside a sentence of the reader's language.
IN_A_SENTENCE = {
    "sv": pgettext_lazy("in a sentence", "Swedish"),
    "nb": pgettext_lazy("in a sentence", "Norwegian"),
    "da": pgettext_lazy("in a sentence", "Danish"),
    "fi": pgettext_lazy("in a sentence", "Finnish"),
    "en": pgettext_lazy("in a sentence", "English"),
    "es": pgettext_lazy("in a sentence", "Spanish"),
    "de": pgettext_lazy("in a sentence", "German"),
}


class MailboxSetup(models.Model):
    """How a mailbox is signed in to, and what its answers carry. Secrets are sealed."""

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("Password")  # a name, not a secret
        OAUTH2 = "oauth2", _("OAuth 2 (Microsoft 365, Google)")

    mailbox = models.OneToOneField(
        "desk.Mailbox", on_delete=models.CASCADE, related_name="setup", primary_key=True
    )
    sign_in = models.CharField(max_length=10, choices=SignIn, default=SignIn.PASSWORD)
    token_url = models.URLField(max_length=300, blank=True)
    client_id = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=400, blank=True)
    sealed_client_secret = models.BinaryField(default=bytes)
    sealed_refresh_token = models.BinaryField(default=bytes)
    sealed_access_token = models.BinaryField(default=bytes)
    access_until = models.DateTimeField(null=True)
    signature = models.TextField(blank=True, max_length=2000)
    # Below every mail from here stands when the queue is open, and that we are off in between.
    says_hours = models.BooleanField(default=True)
    acknowledges = models.BooleanField(default=False)
    dkim_domain = models.CharField(max_length=200, blank=True)
    dkim_selector = models.CharField(max_length=60, blank=True)
    sealed_dkim_key = models.BinaryField(default=bytes)
    # How the connection is doing, as the mail process saw it last.
    seen_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.sign_in}"


class SortingRule(models.Model):
    """Mails that match everything said here go where it says; the first rule that matches wins."""

    name = models.CharField(max_length=80)
    order = models.PositiveIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    mailbox = models.ForeignKey(
        "desk.Mailbox", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, blank=True, choices=LANGUAGES)
    queue = models.ForeignKey(
        "desk.Queue", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    priority = models.PositiveSmallIntegerField(default=0)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(priority__lte=3), name="sortingrule_priority_0_to_3"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """How a mail became a case: why a new one, in which language, sorted by which rule."""

    case = models.OneToOneField(
        "desk.Case", on_delete=models.CASCADE, related_name="arrival", primary_key=True
    )
    mailbox = models.ForeignKey("desk.Mailbox", on_delete=models.PROTECT, related_name="+")
    # A code of desk.mail_words: first, not_a_party, bad_signature, unknown_reference, by_hand.
    why = models.CharField(max_length=20)
    language = models.CharField(max_length=5, blank=True, choices=LANGUAGES)
    language_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(SortingRule, on_delete=models.SET_NULL, null=True, related_name="+")
    # 0 as usual to 3 before everything else.
    priority = models.PositiveSmallIntegerField(default=0)
    tags = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(priority__lte=3), name="arrival_priority_0_to_3"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.why}"

    @property
    def language_name(self) -> str:
        """What the language is called in the reader's; empty when it is unknown."""
        return str(IN_A_SENTENCE.get(self.language, ""))


class Withheld(models.Model):
    """A file that is not handed on, and why; the mail as it came still holds it."""

    message = models.ForeignKey("desk.Message", on_delete=models.CASCADE, related_name="withheld")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    # A code of desk.mail_words: too_big, dangerous, malware, not_scanned.
    reason = models.CharField(max_length=20)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(reason="not_scanned"), name="withheld_unscanned"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class Invitation(models.Model):
    """A calendar invitation that came with a message."""

    message = models.OneToOneField(
        "desk.Message", on_delete=models.CASCADE, related_name="invitation", primary_key=True
    )
    method = models.CharField(max_length=20)
    uid = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=300, blank=True)
    organizer = models.CharField(max_length=254, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_whole_day = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.summary


class Bounced(models.Model):
    """A delivery report, tied to the message of ours that it is about."""

    note = models.OneToOneField(
        "desk.Message", on_delete=models.CASCADE, related_name="bounced", primary_key=True
    )
    original = models.ForeignKey("desk.Message", on_delete=models.CASCADE, related_name="bounces")
    is_final = models.BooleanField()
    problem = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.note_id} about {self.original_id}"


class Acknowledged(models.Model):
    """When an address last got an automatic answer from us: at most one an hour."""

    address = models.CharField(max_length=254, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address


class TakeBack(models.Model):
    """What an answer changed, for as long as it can be taken back."""

    message = models.OneToOneField(
        "desk.Message", on_delete=models.CASCADE, related_name="take_back", primary_key=True
    )
    until = models.DateTimeField()
    state = models.CharField(max_length=10)
    waiting_since = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    # The case's `changed_at` after the answer: when it differs, others have worked on it since.
    changed_at = models.DateTimeField()
    held = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.message_id} until {self.until}"


class SpamWord(models.Model):
    """In how many learned mails a word stood; the empty word counts the mails themselves."""

    word = models.CharField(max_length=40, primary_key=True)
    spam = models.PositiveIntegerField(default=0)
    ham = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.word} {self.spam}/{self.ham}"
