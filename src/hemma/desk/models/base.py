"""Customers, their cases and what was written in them; mailboxes and what came through them."""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Skill, Team


class Queue(models.Model):
    """Where cases of one sort wait for one team."""

    name = models.CharField(max_length=80, unique=True)
    # The client's name: what customers believe they write to, and sign-off of every answer.
    programme = models.CharField(max_length=80)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="queues")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, related_name="queues")
    min_level = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=5, default="sv")
    zone = models.CharField(max_length=40, default="Europe/Stockholm")
    # What customers are promised: a first answer within this much opening time.
    answer_within = models.DurationField()

    def __str__(self) -> str:
        return self.name


class OpeningSpan(models.Model):
    """One span of opening hours on a weekday (0 Monday), in the queue's zone; several a day."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="opening")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="openingspan_weekday_0_to_6"),
            models.CheckConstraint(
                # 00:00 is the midnight that ends the day
                condition=Q(closes__gt=models.F("opens")) | Q(closes=time(0)),
                name="openingspan_closes_after_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Security(models.TextChoices):
    NONE = "none", _("None (only on this machine)")
    STARTTLS = "starttls", "STARTTLS"
    TLS = "tls", "TLS"


class Mailbox(models.Model):
    """A real mailbox: read by IMAP, answered by SMTP. Passwords are sealed (`lib.sealing`)."""

    address = models.EmailField(unique=True)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="mailboxes")
    is_active = models.BooleanField(default=True)
    imap_host = models.CharField(max_length=120)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    smtp_host = models.CharField(max_length=120)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    user = models.CharField(max_length=120, blank=True)
    sealed_password = models.BinaryField(default=bytes)
    # Everything up to here is stored; never derived from \\Seen, which any mail program sets.
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.address


class RawMail(models.Model):
    """A mail exactly as it came, stored before anything is understood of it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken in")
        SET_ASIDE = "set_aside", _("set aside")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="raw_mails")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    stored_at = models.DateTimeField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    # A code, and after a colon what exactly: "list", "failed: ValueError: …". See desk.words.
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="rawmail_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="new"), name="rawmail_new"),
            models.Index(fields=["mailbox", "sha256"], name="rawmail_sha"),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.uidvalidity}/{self.uid}"


class Customer(models.Model):
    name = models.CharField(max_length=200)
    # The address that answers go to; empty for someone who has only rung or come by.
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="customer_email_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(_("a customer"))


class Case(models.Model):
    """What a customer wants to have solved, whatever the number of messages it takes."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for us")
        ANSWERED = "answered", _("waits for the customer")
        SOLVED = "solved", _("solved")

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("phone")
        WALK_IN = "walk_in", _("visit")
        FORM = "form", _("form")

    number = models.PositiveIntegerField(unique=True)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="cases")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    # Since when the customer waits for us; null while we wait for the customer.
    waiting_since = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    # What was promised when it came: reports tell whether that was kept.
    first_promised_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    # Put away until then: asked for by nobody before, and back by itself.
    snoozed_until = models.DateTimeField(null=True)
    # The case that goes on with this one; what was written stays here and is shown there.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    incident = models.ForeignKey(
        "desk.Incident", on_delete=models.PROTECT, null=True, related_name="cases"
    )
    tags = models.ManyToManyField("desk.Tag", related_name="cases")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state="solved"), name="case_merged_means_solved"
            ),
            models.CheckConstraint(
                condition=Q(state="open", waiting_since__isnull=False)
                | (~Q(state="open") & Q(waiting_since__isnull=True)),
                name="case_open_means_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "waiting_since"], condition=Q(state="open"), name="case_waiting"
            ),
            models.Index(fields=["customer", "-opened_at"], name="case_customer"),
            models.Index(fields=["queue", "opened_at"], name="case_opened"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def reference(self) -> str:
        """What customers and colleagues call the case."""
        return f"H-{self.number}"


class CurrentHoldings(models.QuerySet[Any]):
    def current(self) -> "CurrentHoldings":
        return self.filter(until=None)


class Holding(models.Model):
    """That a person has a case in hand. Ended, never deleted; at most one at a time a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = CurrentHoldings.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until=None), name="holding_one_a_case"
            )
        ]
        indexes = [models.Index(fields=["person"], condition=Q(until=None), name="holding_current")]

    def __str__(self) -> str:
        return f"{self.person}: {self.case}"


class Message(models.Model):
    """One thing said in a case: by the customer, by us, or by Hemma on our behalf."""

    class Direction(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("from us")
        AUTO = "auto", _("automatic answer")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=5, choices=Direction)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    raw = models.OneToOneField(RawMail, on_delete=models.PROTECT, null=True, related_name="message")
    # Made by the browser for one answer: the same answer sent twice arrives once.
    once = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case.reference} {self.direction}"


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class OutgoingMail(models.Model):
    """A message on its way out, and honestly how far it came."""

    class State(models.TextChoices):
        QUEUED = "queued", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="outgoing", primary_key=True
    )
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+")
    to_address = models.EmailField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="queued"), name="outgoing_queued"
            )
        ]

    def __str__(self) -> str:
        return f"{self.to_address}: {self.state}"
