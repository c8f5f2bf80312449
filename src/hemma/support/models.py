"""Where one can turn outside of the team, and slips with customers' data that somebody told of.

Whom one turned to is kept nowhere. A slip is kept because the law asks for it (GDPR art. 33.5).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person


class Sort(models.TextChoices):
    """What sort of help it is; in the order of the page."""

    OCCUPATIONAL = "occupational", _("Occupational health service")
    OTHER = "other", _("Somebody else outside of the team")
    CRISIS = "crisis", _("Crisis line, at any hour")


class Contact(models.Model):
    """A telephone or an address to turn to, in one country or (empty) in all."""

    sort = models.CharField(_("sort"), max_length=12, choices=Sort)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("Two letters, such as SE or NO; empty for everybody."),
    )
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    link = models.URLField(_("address on the web"), max_length=200, blank=True)
    about = models.CharField(
        _("in a few words"),
        max_length=200,
        blank=True,
        help_text=_("When it is open, what it costs, whether one can be anonymous."),
    )
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="", link=""), name="contact_can_be_reached"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Slip(models.Model):
    """That something may have leaked: told by whoever saw it, taken care of by IT support.

    It asks for no culprit: `teller` is who told, and goes with their account.
    """

    class What(models.TextChoices):
        WRONG_PERSON = "wrong_person", _("Something went to the wrong person")
        SEEN = "seen", _("Somebody may have seen or heard what they should not")
        LOST = "lost", _("A computer, a phone or a paper is lost")
        SIGN_IN = "sign_in", _("Somebody may know my password, or I followed a strange link")
        OTHER = "other", _("Something else")

    what = models.CharField(max_length=12, choices=What)
    words = models.TextField(blank=True, max_length=2000)
    told_at = models.DateTimeField(db_index=True)
    teller = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="slips_told"
    )
    # What was done about it, in IT support's words; with it the slip is taken care of.
    outcome = models.TextField(blank=True, max_length=2000)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="slips_closed"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | ~models.Q(outcome=""),
                name="slip_closed_says_what_was_done",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.told_at:%Y-%m-%d %H:%M}"
