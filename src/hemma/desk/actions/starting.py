"""Cases that do not begin with a mail: a call, a visit, a form, or that we write first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import answering, filing, holding
from hemma.desk.actions.telling import tell
from hemma.desk.models import Case, Customer, CustomerAddress, Message, Queue
from hemma.desk.opening import promise_for
from hemma.desk.queries.queues import opening_of
from hemma.desk.queries.scope import queues_of
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.people.models import Person
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible


@dataclass(frozen=True, slots=True)
class Contact:
    """Who it is about, as far as it was said."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""


@transaction.atomic
def open_case(
    *,
    actor: Asker,
    queue: Queue,
    channel: str,
    contact: Contact,
    subject: str,
    text: str,
    once: UUID | None = None,
) -> Case:
    """A case that waits for us, as a mail's would: with a number and the promise hours allow.

    `once`: made with the form; the same form sent twice makes one case.
    """
    before = Message.objects.filter(once=once).select_related("case").first() if once else None
    if before is not None:
        return before.case
    if not queues_of(actor).filter(pk=queue.pk).exists():
        raise NotVisible("desk.case", f"queue:{queue.pk}")
    now = clock.now()
    promised = promise_for(opening_of(SYSTEM, queue), now, queue.answer_within)
    customer = _customer(contact)
    case = Case.objects.create(
        number=filing.next_number(),
        queue=queue,
        customer=customer,
        subject=mask(subject.strip())[:300],
        channel=channel,
        opened_at=now,
        waiting_since=now,
        promised_at=promised,
        first_promised_at=promised,
        changed_at=now,
    )
    if text.strip():
        _first_words(case, actor, contact, text, once)
    tell("case.opened", case, actor=actor, data={"queue": queue.pk, "channel": channel})
    live.wake("routing")
    return case


def _first_words(case: Case, actor: Asker, contact: Contact, text: str, once: UUID | None) -> None:
    Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        # Who wrote down what the customer said.
        author=actor if isinstance(actor, Person) else None,
        from_name=contact.name[:200],
        from_address=contact.email[:254],
        at=case.opened_at,
        text=mask(text.strip()),
        once=once,
    )


@transaction.atomic
def log_contact(
    *,
    actor: Person,
    queue: Queue,
    channel: str,
    contact: Contact,
    subject: str,
    text: str,
    solved: bool = False,
) -> Case:
    """Write down a call or a visit; it is in `actor`'s hands, or solved on the spot."""
    if not text.strip():
        raise ValidationError(_("Write what it was about."))
    case = open_case(
        actor=actor, queue=queue, channel=channel, contact=contact, subject=subject, text=text
    )
    if solved:
        answering.move_on(case, Case.State.SOLVED, None)
        tell("case.solved", case, actor=actor)
    else:
        holding.take(actor=actor, case=case)
    return case


@transaction.atomic
def write_first(
    *,
    actor: Person,
    queue: Queue,
    contact: Contact,
    subject: str,
    text: str,
    once: UUID,
    promised_at: datetime | None = None,
) -> Case:
    """Write to a customer before they have written to us; their answer comes to this case."""
    before = Message.objects.filter(once=once, author=actor).select_related("case").first()
    if before is not None:
        return before.case
    if not contact.email:
        raise ValidationError(_("Say which address to write to."))
    case = open_case(
        actor=actor,
        queue=queue,
        channel=Case.Channel.MAIL,
        contact=contact,
        subject=subject,
        text="",
    )
    answering.answer(
        actor=actor,
        case=case,
        text=text,
        once=once,
        then=Case.State.ANSWERED,
        promised_at=promised_at,
    )
    return case


def _customer(contact: Contact) -> Customer:
    """By address, else by phone number, else someone new."""
    email, phone = contact.email.strip()[:254], contact.phone.strip()[:60]
    found = filing.customer_at(email) if email else None
    if found is None and phone and not email:
        known = CustomerAddress.objects.filter(kind="phone", value=phone)
        found = next((one.customer for one in known.select_related("customer")), None)
    if found is None:
        found = Customer.objects.create(
            name=contact.name.strip()[:200], email=email, language=contact.language[:5]
        )
    if phone:
        CustomerAddress.objects.get_or_create(customer=found, kind="phone", value=phone)
    return found
