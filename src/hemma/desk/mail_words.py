"""Codes of mail and sorting as people say them."""

from django.utils.translation import gettext as _

from hemma.lib.mail.guard import Why


def why_new(code: str) -> str:
    """Why a mail became a case of its own."""
    return {
        "first": _("It answers nothing that we have."),
        "not_a_party": _("It points at a case, but its sender is no party to that case."),
        "bad_signature": _("It was sent to an answering address that we have not made."),
        "unknown_reference": _("It answers a mail that we do not have."),
        "by_hand": _("A person made it a case."),
    }.get(code, "")


def why_withheld(code: str, detail: str) -> str:
    """Why a file of a mail is not handed on."""
    return {
        Why.TOO_BIG: _("It is too big to be handed on."),
        Why.DANGEROUS: _("It can run on your computer when it is opened (%(what)s).")
        % {"what": detail},
        Why.MALWARE: _("The scanner found malware in it: %(what)s.") % {"what": detail},
        Why.NOT_SCANNED: _("The scanner can't be reached. It is shown when it has been scanned."),
    }.get(Why(code), "")


def priority(number: int) -> str:
    """A rule's priority in words."""
    return [_("as usual"), _("a little sooner"), _("soon"), _("before everything else")][number]
