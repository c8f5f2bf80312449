"""The last lines of a customer's first answer, and of every mail when we are here.

Everybody's first answer says its number, who wrote and what happens next, whatever was typed; what the words say already is left
out. Never where somebody sits.
"""

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.models import Arrival, Case, Message
from hemma.desk.queries.queues import opening_of
from hemma.desk.words import week_in_words
from hemma.people.system import SYSTEM

SPOKEN = {"sv", "nb", "en"}


def closing(message: Message) -> str:
    """The lines for this answer; '' when it is not the first one that a person gives."""
    case = message.case
    ours = case.messages.filter(direction=Message.Direction.OUT).order_by("at", "pk")
    if message.author is None or ours.values_list("pk", flat=True).first() != message.pk:
        return ""
    with translation.override(language_of(case)), timezone.override(case.queue.zone):
        lines = [_next(case)]
        name = message.author.first_name
        if case.reference not in message.text:
            lines.append(_("Your case has the number %(number)s.") % {"number": case.reference})
        if name not in message.text:
            lines.append(f"{name}, {case.queue.programme}")
    return "\n".join(filter(None, lines))


def language_of(case: Case) -> str:
    """The language in which a customer is written to by itself: theirs, else the queue's."""
    told = Arrival.objects.filter(case=case).values_list("language", flat=True).first()
    return told if told in SPOKEN else case.queue.language


def our_hours(case: Case) -> str:
    """When the queue is open, and that we are off in between; '' where it never closes."""
    with translation.override(language_of(case)):
        hours = week_in_words(opening_of(SYSTEM, case.queue).spans)
        if not hours:
            return ""
        return _("We are here %(hours)s. In between we are off, and answer when we are back.") % {
            "hours": hours
        }


def _next(case: Case) -> str:
    if case.state == Case.State.SOLVED:
        return _("We believe that this is solved. If not, just answer this mail.")
    if case.promised_at is None:
        return _("When you answer, we go on with it.")
    when = timezone.localtime(case.promised_at)
    return _("You will hear from us again by %(day)s at %(time)s.") % {
        "day": date_format(when, "j F"),
        "time": when.strftime("%H:%M"),
    }
