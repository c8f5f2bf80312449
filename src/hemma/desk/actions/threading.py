"""Which case a mail belongs to.

An address that we signed proves it. Everything else (References, In-Reply-To, a number in the
subject) can be written by anyone and counts only from someone who is a party to that case.
"""

from hemma.desk.models import Case, Message
from hemma.lib.mail import addresses
from hemma.lib.mail.incoming import IncomingMail


def case_of(mail: IncomingMail, key: bytes) -> Case | None:
    """The case a mail belongs to, or None."""
    signed = _signed_number(mail, key)
    if signed is not None:
        return Case.objects.select_related("queue").filter(number=signed).first()
    if mail.from_ is None:
        return None
    sender = mail.from_.address.lower()
    for case in _hinted(mail, key):
        if sender in _addresses(case):
            return case
    return None


def _addresses(case: Case) -> set[str]:
    """Every address of the case's customer, small."""
    others = case.customer.addresses.filter(kind="email").values_list("value", flat=True)
    return {one.lower() for one in (case.customer.email, *others) if one}


def why_new(mail: IncomingMail, key: bytes) -> str:
    """Why a mail that `case_of` finds no case for begins one: a code of `desk.mail_words`."""
    if any(addresses.looks_signed(one) for one in _written_to(mail)):
        return "bad_signature"
    if _hinted(mail, key):
        return "not_a_party"
    if addresses.read_subject_tag(mail.subject) or mail.in_reply_to or mail.references:
        return "unknown_reference"
    return "first"


def bounced_message(mail: IncomingMail) -> Message | None:
    """Our message that a delivery report is about; its Message-ID can't be guessed."""
    original = mail.bounce.original_message_id if mail.bounce else None
    if not original:
        return None
    sent = Message.objects.filter(message_id=original, outgoing__isnull=False)
    return sent.select_related("case__queue").first()


def _signed_number(mail: IncomingMail, key: bytes) -> int | None:
    numbers = (addresses.read_reply_address(address, key) for address in _written_to(mail))
    return next((number for number in numbers if number is not None), None)


def _written_to(mail: IncomingMail) -> tuple[str, ...]:
    return (*mail.delivered_to, *(found.address for found in (*mail.to, *mail.cc)))


def _hinted(mail: IncomingMail, key: bytes) -> list[Case]:
    """Cases that the headers point at, the nearest first."""
    referred = [mail.in_reply_to] if mail.in_reply_to else []
    referred += [one for one in reversed(mail.references) if one not in referred]
    own = [number for one in referred if (number := addresses.read_message_id(one, key))]
    tag = addresses.read_subject_tag(mail.subject)
    if not referred and not tag:
        return []  # most mails; the queries below would find nothing, but cost as if they did
    numbers = own + ([tag] if tag else [])
    cases = Case.objects.select_related("queue", "customer")
    by_number = {case.number: case for case in cases.filter(number__in=numbers)}
    found = [by_number[number] for number in own if number in by_number]
    by_id = {
        message.message_id: message.case
        for message in Message.objects.filter(message_id__in=referred)
        .exclude(message_id="")
        .select_related("case__queue", "case__customer")
    }
    found += [by_id[one] for one in referred if one in by_id]
    return found + ([by_number[tag]] if tag and tag in by_number else [])
