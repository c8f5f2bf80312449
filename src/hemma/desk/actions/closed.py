"""What a customer is told when they write while a queue is closed."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.actions import acknowledging, hearing
from hemma.desk.models import Case, Message
from hemma.lib.mail.parse import parse
from hemma.people.system import System


@transaction.atomic
def say_closed(*, actor: System, case: Case, text: str) -> Message | None:
    """Send the queue's own words, and the time that is promised, in the customer's language.

    None, and nothing is sent, when a machine or a list wrote, when the customer has had an automatic
    mail within the hour, or when there is nowhere to send it.
    """
    first = case.messages.filter(direction=Message.Direction.IN).select_related("raw").first()
    if first is None or not _from_a_person(first):
        return None
    spoken = case.customer.language or case.queue.language
    language = spoken if spoken in acknowledging.SPOKEN else case.queue.language
    return hearing.confirm_by_mail(actor=actor, case=case, text=_words(case, text, language))


def _from_a_person(message: Message) -> bool:
    """Whether an automatic answer to it is allowed (RFC 3834). A form is always a person's."""
    if message.raw is None:
        return True
    return acknowledging.may_be_answered(parse(bytes(message.raw.content)))


def _words(case: Case, text: str, language: str) -> str:
    lines = [text.strip()]
    with translation.override(language), timezone.override(case.queue.zone):
        lines.append(_("Your case has the number %(number)s.") % {"number": case.reference})
        if case.promised_at is not None:
            when = timezone.localtime(case.promised_at)
            lines.append(
                _("You will hear from a person by %(day)s at %(time)s.")
                % {"day": date_format(when, "j F"), "time": when.strftime("%H:%M")}
            )
    return "\n\n".join(lines)
