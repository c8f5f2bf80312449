"""What a person is to hear of, from when, and which kinds they want."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person


class Sort(models.TextChoices):
    """The kinds of notices a person chooses among."""

    WORD = "word", _("Words from colleagues")
    CASE = "case", _("Somebody mentions you or asks you about a case")
    CUSTOMER = "customer", _("Thanks and words from customers")
    WAITING = "waiting", _("Cases that nobody fits")
    SLIP = "slip", _("Something may have leaked")
    PLAN = "plan", _("Gaps and breaks in the plan")
    ON_CALL = "on_call", _("You are called while on call")
    REMINDER = "reminder", _("Your shift begins in a quarter of an hour")


class Way(models.TextChoices):
    """How a notice reaches somebody."""

    PAGE = "page", _("On every page")
    PUSH = "push", _("On phone and computer")
    MAIL = "mail", _("By mail, once a day")


class Word(models.Model):
    """What one person wrote to another. It arrives when they work."""

    writer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words_written")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    text = models.TextField(max_length=2000)
    # From a leader, and it cannot wait until the focus is over. It never opens rest time.
    urgent = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    # Written by a leader to somebody who was off; counted for groups of leaders, never for one.
    after_hours = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.writer} → {self.person}"


class Notice(models.Model):
    """That a person is to hear of something. Held until they can be reached."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    sort = models.CharField(max_length=10, choices=Sort)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    word = models.OneToOneField(Word, on_delete=models.CASCADE, null=True, related_name="notice")
    made_at = models.DateTimeField()
    # None: held. What is held is on no page.
    shown_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(shown_at__isnull=False),
                name="notice_shown_before_read",
            ),
            models.UniqueConstraint(
                fields=["person", "about"],
                condition=Q(sort="reminder"),
                name="notice_remind_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(shown_at=None), name="notice_held"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class Wish(models.Model):
    """That a person wants a kind of notice some way, or does not: where it differs from the usual."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    sort = models.CharField(max_length=10, choices=Sort)
    way = models.CharField(max_length=4, choices=Way, default=Way.PAGE)
    wanted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "sort", "way"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.sort} {self.way} {self.wanted}"


class Habit(models.Model):
    """How a person wants to be told: how closely bundled, whether by mail and at what time."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="notice_habit", primary_key=True
    )
    # Minutes from one push to the next; what comes meanwhile comes as one.
    push_every = models.PositiveSmallIntegerField(default=15)
    # At most so many interruptions in any hour; what comes then waits for the next. 0: as they come.
    most_an_hour = models.PositiveSmallIntegerField(default=6)
    # Who has written, beside that something has come. Never what, and never of customers.
    says_who = models.BooleanField(default=False)
    # By the person's own clock; None: no mail.
    mail_at = models.TimeField(null=True)
    # Where Hemma stands on the web, as this person opened it when they chose mail.
    base = models.URLField(max_length=300, blank=True)
    # The beginning of the shift that has had its mail.
    mailed_for = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(push_every__lte=240), name="habit_push_at_least_every_4_hours"
            ),
            models.CheckConstraint(
                condition=Q(most_an_hour__lte=60), name="habit_one_a_minute_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.push_every} min, {self.mail_at}"


class PushKey(models.Model):
    """The key by which push services know us (RFC 8292). There is one; the private half is sealed."""

    only = models.BooleanField(default=True, unique=True)
    sealed_private = models.BinaryField()
    public = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="pushkey_only_one")]

    def __str__(self) -> str:
        return self.public


class Device(models.Model):
    """A browser that shows notices. Address and keys open it to whoever has them: they are sealed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_devices")
    # "Firefox, Linux": enough to recognise one's own.
    name = models.CharField(max_length=60)
    # SHA-256 of the address: one browser belongs to one person, the last who asked.
    digest = models.CharField(max_length=64, unique=True)
    sealed_address = models.BinaryField()
    sealed_point = models.BinaryField()
    sealed_secret = models.BinaryField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"


class Push(models.Model):
    """That a device is to be told; it goes when it has been told, or has nothing to tell any more."""

    class Kind(models.TextChoices):
        NEWS = "news"
        URGENT = "urgent"
        ON_CALL = "on_call"
        REMINDER = "reminder"
        TRIAL = "trial"

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    kind = models.CharField(max_length=10, choices=Kind)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "kind"], name="push_once")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.device}"
