"""What mode a person is in, by the person's own choice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemma.desk.models import Case
from hemma.people.models import Person, Place, Team


class Mode(models.TextChoices):
    """The one list of modes; the same words as `core.routing`."""

    WARMUP = "warmup", _("Warm-up")
    READY = "ready", _("Queue")
    IN_CONTACT = "in_contact", _("With a customer")
    WRAP_UP = "wrap_up", _("After-contact work")
    FOCUS = "focus", _("Focus")
    RECESS = "recess", _("Pause")
    MEAL = "meal", _("Meal break")
    MEETING = "meeting", _("Meeting")
    AWAY = "away", _("Away")
    OFF = "off", _("Off work")
    LOST = "lost", _("Connection lost")


# What a person may choose. The rest follow from what happens: a call comes in, a line is lost.
CHOSEN = (
    Mode.READY,
    Mode.FOCUS,
    Mode.RECESS,
    Mode.MEAL,
    Mode.MEETING,
    Mode.AWAY,
    Mode.OFF,
)


# Where work may come, so that a line which is down has to be noticed.
AT_WORK = (Mode.WARMUP, Mode.READY, Mode.IN_CONTACT, Mode.WRAP_UP)


class ModeSpell(models.Model):
    """That a person is, or was, in a mode. Kept 7 days, for the person alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mode_spells")
    mode = models.CharField(max_length=12, choices=Mode)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    # When the person chose it themself. Empty: it goes by the plan, as after a talk or taken back.
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="modespell_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="modespell_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="modespell_until")]

    def __str__(self) -> str:
        return f"{self.person}: {self.mode}"


class Presence(models.Model):
    """When one of a person's browsers last answered. The last time only: no history is kept."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="presence", primary_key=True
    )
    answered_at = models.DateTimeField(db_index=True)
    # Whether colleagues' pages have been told that the line is down.
    is_lost = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.person}: {self.answered_at:%H:%M:%S}"


class BreakDay(models.Model):
    """How the planned breaks of a team went on a day, by type of place: nobody's own."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    place_type = models.CharField(max_length=15, choices=Place, default=Place.OFFICE)
    planned = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    placed_again = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "day", "place_type"], name="breakday_once")
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.day}: {self.planned - self.missed} of {self.planned}"


class BreaksSeen(models.Model):
    """Until when ended breaks have been looked at. One row: what came of each is not kept."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M:%S}"


class Gap(models.Model):
    """That someone has stepped away, and about until when. No reason: there is no field for one.

    Who plans sees the team and the times. Kept as long as modes are, for the person alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="gaps")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="gap_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["ends_at"], name="gap_end")]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class Todo(models.Model):
    """Something a person wants to do, for themself alone unless they share it with a team.

    `team`: the one that it is shared with. `ticked_by`: who did a shared one; empty for the rest,
    which only their writer ticks.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="todos")
    text = models.CharField(max_length=200)
    # A case that goes away takes no to-do with it.
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    start_by = models.DateTimeField(null=True)
    done_by = models.DateTimeField(null=True)
    important = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="ticked_todos"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start_by=None) | Q(done_by=None) | Q(done_by__gte=F("start_by")),
                name="todo_done_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ticked_by=None) | Q(done_at__isnull=False), name="todo_ticked_is_done"
            ),
            # The three most important are one's own.
            models.CheckConstraint(
                condition=Q(team=None) | Q(important=False), name="todo_shared_is_not_weighed"
            ),
        ]
        indexes = [models.Index(fields=["person", "done_at"], name="todo_person")]

    def __str__(self) -> str:
        return self.text


class Peace(models.Model):
    """That a person works in peace: what is not urgent reaches them bundled, not one by one."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="peace", primary_key=True
    )
    since = models.DateTimeField()
    every_min = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_min__gte=10, every_min__lte=240), name="peace_10_to_240"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.every_min}"


class Way(models.TextChoices):
    """How one can be reached, in the words of the team's agreement."""

    WORD = "word", _("Words in Hemma")
    CALL = "call", _("Phone")
    MAIL = "mail", _("E-mail")
    URGENT = "urgent", _("When it is urgent")


class ReachWay(models.Model):
    """One row of a team's agreement: by this way an answer comes within so long, then and then."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="reach_ways")
    way = models.CharField(max_length=10, choices=Way)
    answer_within_min = models.PositiveSmallIntegerField()
    # None: all of each one's own hours. Clock times of the team's site.
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    except_when = models.CharField(max_length=120, blank=True)
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["answer_within_min", "way"]
        constraints = [
            models.UniqueConstraint(fields=["team", "way"], name="reachway_once"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__lt=F("closes")),
                name="reachway_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.way}"


from hemma.workday.chat_models import ChatLink  # noqa: E402
from hemma.workday.eased_models import Eased  # noqa: E402
from hemma.workday.focus_models import FocusDay, FocusSeen  # noqa: E402
from hemma.workday.light_models import HomeLight  # noqa: E402
from hemma.workday.record_models import Correction, Worked, WorkedRast  # noqa: E402

__all__ = [
    "AT_WORK",
    "CHOSEN",
    "BreakDay",
    "BreaksSeen",
    "ChatLink",
    "Correction",
    "Eased",
    "FocusDay",
    "FocusSeen",
    "Gap",
    "HomeLight",
    "Mode",
    "ModeSpell",
    "Peace",
    "Presence",
    "ReachWay",
    "Todo",
    "Way",
    "Worked",
    "WorkedRast",
]
