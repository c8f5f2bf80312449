"""What customers' pages and their one mail say."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.models import Case

# A page shown as the answer to a verb leads to the page itself in another language.
PAGE_OF = {f"portal:{verb}": "portal:own" for verb in ("more", "call", "say", "rate")}


def said(code: str) -> str:
    """What just happened, by the code in the address; empty for any other."""
    return {
        "more": _("Thank you. What you wrote is with us."),
        "call": _("We will call you at the time you chose."),
        "thanks": _("Thank you! It reaches the one who helped you."),
        "complaint": _("Thank you for telling us. A person reads it and answers you."),
        "rated": _("Thank you for your answer."),
    }.get(code, "")


def answers() -> list[tuple[int, str]]:
    """Answers to the one question, the best first."""
    return [
        (5, _("Very good")),
        (4, _("Good")),
        (3, _("So-so")),
        (2, _("Not good")),
        (1, _("Bad")),
    ]


def confirmation(case: Case, page: str) -> str:
    """The mail that a customer gets who wrote through a form; in the page's language."""
    lines = [
        _("Thank you for writing to %(programme)s. We have it.")
        % {"programme": case.queue.programme},
        _("Your case has the number %(number)s.") % {"number": case.reference},
    ]
    if case.promised_at is not None:
        with timezone.override(case.queue.zone):
            when = timezone.localtime(case.promised_at)
        lines.append(
            _("You will hear from a person by %(day)s at %(time)s.")
            % {"day": date_format(when, "j F"), "time": when.strftime("%H:%M")}
        )
    lines.append(_("Follow your case, write more or ask us to call you:") + f"\n{page}")
    return "\n\n".join(lines)


def thing(name: str) -> str:
    """What a count of a client's exit is of; see `queries.exits.Holds`."""
    said = {
        "cases": _("Cases with content"),
        "customers": _("Customers"),
        "messages": _("Letters"),
        "files": _("Files"),
        "notes": _("Notes"),
        "lessons": _("What complaints taught"),
        "drafts": _("Drafts"),
        "raw_mails": _("Mails as they came"),
        "instructions": _("Instructions"),
        "saved_replies": _("Saved replies"),
    }
    return said.get(name, name)
