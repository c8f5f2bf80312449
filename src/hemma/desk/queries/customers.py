"""Customers as far as they exist for who asks: those with a case in one of the own queues."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from hemma.desk import beyond
from hemma.desk.models import Case, Customer, CustomerMerge, Message
from hemma.desk.queries.scope import cases_of
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads, standing

A_PAGE = 50
UNDO_FOR_S = 3600


@reads("desk.case")
def customers_of(asker: Asker) -> QuerySet[Customer]:
    """Every customer with a case that exists for `asker`."""
    if not isinstance(asker, Person):
        return Customer.objects.all()
    own = cases_of(asker).filter(customer=OuterRef("pk"))
    return Customer.objects.filter(Exists(own)).exclude(email="nobody@hemma.invalid")


@reads("desk.case")
def customer_page(asker: Asker, text: str, page: int | str = 1) -> Page[Customer]:
    """Customers by name, those whose name or an address holds `text`."""
    found = customers_of(asker)
    if text := text.strip()[:100]:
        named = Q(name__icontains=text) | Q(email__icontains=text)
        found = found.filter(named | Q(addresses__value__icontains=text)).distinct()
    return Paginator(found.order_by("name", "pk"), A_PAGE).get_page(page)


@reads("desk.case")
def customer_for(asker: Asker, customer_id: int) -> Customer:
    """One customer. Raises NotVisible (404) when they do not exist for `asker`."""
    found = customers_of(asker).filter(pk=customer_id).first()
    if found is None:
        raise NotVisible("desk.case", f"customer:{customer_id}")
    return found


@reads("desk.case")
def customer_called(asker: Asker, said: str) -> Customer | None:
    """The customer with this address, or of the case with this number."""
    text = said.strip()
    number = text.lower().removeprefix("h-").removeprefix("h")
    if number.isdecimal() and len(number) < 10:
        case = cases_of(asker).filter(number=int(number)).select_related("customer").first()
        return case.customer if case else None
    own = customers_of(asker)
    by_address = Q(email__iexact=text) | Q(addresses__value__iexact=text)
    return own.filter(by_address).first() if text else None


@reads("desk.case")
def cases_of_customer(asker: Asker, customer: Customer) -> list[Case]:
    """Their cases, newest first, as far as they exist for `asker`."""
    own = cases_of(asker).filter(customer=customer).select_related("queue")
    return list(own.order_by("-opened_at")[:200])


@reads("desk.case")
def cases_elsewhere(asker: Asker, customer: Customer) -> int:
    """How many more cases they have in queues of other teams."""
    own = cases_of(asker).filter(customer=customer)
    return Case.objects.filter(customer=customer).exclude(pk__in=own).count()


@reads("desk.case")
def cases_led_of(asker: Asker, customer: Customer) -> QuerySet[Case]:
    """Their cases in queues of teams that `asker` leads. Raises NotVisible when there is none."""
    found = cases_of(asker).filter(customer=customer)
    if isinstance(asker, Person):
        found = found.filter(queue__team__in=standing(asker).led)
    if not found.exists():
        raise NotVisible("desk.case", f"customer:{customer.pk}")
    return found


@reads("desk.case")
def merge_for(asker: Person, token: UUID) -> CustomerMerge:
    """The way back that `asker` was given, within the hour. Raises NotVisible (404) otherwise."""
    found = CustomerMerge.objects.filter(pk=token, person=asker).first()
    if found is None or (clock.now() - found.at).total_seconds() > UNDO_FOR_S:
        raise NotVisible("desk.case", "merge")
    return found


@reads("desk.case")
def everything_about(asker: Asker, customer: Customer) -> dict[str, Any]:
    """Everything that is kept about a customer in the cases that `asker` leads, for themselves.

    Files are named, not enclosed; what colleagues decided is told, who they are is not.
    """
    cases = cases_led_of(asker, customer).select_related("queue").order_by("number")
    return {
        "customer": {
            "name": customer.name,
            "email": customer.email,
            "language": customer.language,
            "addresses": list(customer.addresses.order_by("pk").values("kind", "value")),
        },
        "told_at": clock.now().isoformat(timespec="seconds"),
        "cases_of_other_teams": Case.objects.filter(customer=customer).count() - len(cases),
        "cases": [_told(case) for case in cases],
    }


def _told(case: Case) -> dict[str, Any]:
    letters = Message.objects.filter(case=case).prefetch_related("attachments", "withheld")
    more = beyond.told(one.pk for one in letters)
    moments = ("opened_at", "promised_at", "solved_at")
    return {
        "number": case.reference,
        "subject": case.subject,
        "programme": case.queue.programme,
        "channel": case.channel,
        "state": case.state,
        **{name: _iso(getattr(case, name)) for name in moments},
        "tags": [tag.name for tag in case.tags.all()],
        "messages": [
            {
                "direction": one.direction,
                "at": _iso(one.at),
                "from_name": one.from_name,
                "from_address": one.from_address,
                "text": one.text,
                "quoted": one.quoted,
                "files": [file.name for file in one.attachments.all()],
                "files_kept_back": [file.name for file in one.withheld.all()],
                **more.get(one.pk, {}),
            }
            for one in letters
        ],
        "notes": [{"at": _iso(one.at), "text": one.text} for one in case.notes.all()],
        "decisions": [
            {"at": _iso(one.at), "what": one.what, "amount": f"{one.amount} {one.currency}"}
            for one in case.decisions.all()
        ],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
