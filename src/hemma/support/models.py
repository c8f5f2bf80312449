"""Where one can turn outside of the team. Nothing here is about any person who works here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
