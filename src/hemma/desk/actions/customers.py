"""Customers: what they are called, how they are reached, one made of two, everything told, erased."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.forgetting import forget_words, make_nobodys
from hemma.desk.models import Acknowledged, Case, Customer, CustomerAddress, CustomerMerge, RawMail
from hemma.desk.queries.customers import cases_led_of, customer_for, merge_for
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person

EMAIL, PHONE = CustomerAddress.Kind.EMAIL, CustomerAddress.Kind.PHONE
MOST_ADDRESSES = 20


@transaction.atomic
def change_customer(
    *, actor: Person, customer: Customer, name: str, email: str, language: str
) -> Customer:
    """Correct what a customer is called and where answers go. ValidationError when taken."""
    row = _lock(actor, customer.pk)
    email = email.strip()
    if email and email.lower() != row.email.lower():
        _must_be_free(email, row)
        row.addresses.filter(kind=EMAIL, value__iexact=email).delete()
        if row.email:
            # Mail from the address that was first is theirs as before.
            CustomerAddress.objects.create(customer=row, kind=EMAIL, value=row.email)
    row.name, row.email, row.language = name.strip()[:200], email, language[:5]
    row.full_clean()
    row.save()
    _journal("desk.customer_changed", actor, row.pk)
    return row


@transaction.atomic
def add_address(*, actor: Person, customer: Customer, kind: str, value: str) -> CustomerAddress:
    """One more way to reach a customer. ValidationError when it is somebody else's."""
    row = _lock(actor, customer.pk)
    value = value.strip()[:254]
    if kind == EMAIL:
        if value.lower() == row.email.lower():
            raise ValidationError(_("That address is theirs already."))
        _must_be_free(value, row)
    if row.addresses.count() >= MOST_ADDRESSES:
        raise ValidationError(_("That is too many addresses for one customer."))
    try:
        with transaction.atomic():
            made, _new = CustomerAddress.objects.get_or_create(customer=row, kind=kind, value=value)
    except IntegrityError as taken:
        raise ValidationError(_("That address is theirs already.")) from taken
    _journal("desk.customer_changed", actor, row.pk)
    return made


@transaction.atomic
def remove_address(*, actor: Person, customer: Customer, address_id: int) -> None:
    """Take away one of the further addresses."""
    row = _lock(actor, customer.pk)
    row.addresses.filter(pk=address_id).delete()
    _journal("desk.customer_changed", actor, row.pk)


@transaction.atomic
def merge_customers(*, actor: Person, customer: Customer, into: Customer) -> UUID:
    """Make one customer of two: `into` has all cases and addresses from now on.

    Returns the token of the way back, which works for an hour.
    """
    if customer.pk == into.pk:
        raise ValidationError(_("That is the same customer."))
    for one in sorted((customer, into), key=lambda row: row.pk):
        _lock(actor, one.pk)
    gone, kept = Customer.objects.get(pk=customer.pk), Customer.objects.get(pk=into.pk)
    addresses = list(gone.addresses.values_list("kind", "value"))
    facts: dict[str, Any] = {
        "id": gone.pk,
        "name": gone.name,
        "email": gone.email,
        "language": gone.language,
        "cases": list(gone.cases.order_by("pk").values_list("pk", flat=True)),
        "addresses": [list(one) for one in addresses],
    }
    Case.objects.filter(customer=gone).update(customer=kept)
    gone.delete()
    if facts["email"]:
        if kept.email:
            addresses.append((EMAIL, facts["email"]))
        else:
            kept.email = facts["email"]
    kept.name = kept.name or facts["name"]
    kept.language = kept.language or facts["language"]
    kept.save()
    for kind, value in addresses:
        CustomerAddress.objects.get_or_create(customer=kept, kind=kind, value=value)
    _journal("desk.customers_merged", actor, kept.pk)
    return CustomerMerge.objects.create(person=actor, at=clock.now(), kept=kept, gone=facts).pk


@transaction.atomic
def undo_merge(*, actor: Person, token: UUID) -> Customer:
    """Make two customers of one again; ValidationError when their cases have grown together."""
    way = merge_for(actor, token)
    kept, facts = _lock(actor, way.kept_id), way.gone
    moved = Case.objects.select_for_update(of=("self",)).filter(pk__in=facts["cases"])
    too_late = _("Something has happened with the customer since. Change it by hand instead.")
    if {case.customer_id for case in moved} - {kept.pk}:
        raise ValidationError(too_late)
    grown = Case.objects.filter(pk__in=facts["cases"]).exclude(merged_into=None)
    taken_up = Case.objects.filter(merged_into__in=facts["cases"])
    joined = {*grown.values_list("merged_into", flat=True), *taken_up.values_list("pk", flat=True)}
    if joined - set(facts["cases"]):
        raise ValidationError(too_late)
    values = [value for _kind, value in facts["addresses"]]
    kept.addresses.filter(value__in=[*values, facts["email"]]).delete()
    if facts["email"] and kept.email == facts["email"]:
        kept.email = ""
        kept.save(update_fields=["email"])
    named = {name: facts[name] for name in ("name", "email", "language")}
    back = Customer.objects.create(pk=facts["id"], **named)
    CustomerAddress.objects.bulk_create(
        CustomerAddress(customer=back, kind=kind, value=value) for kind, value in facts["addresses"]
    )
    Case.objects.filter(pk__in=facts["cases"]).update(customer=back)
    way.delete()
    _journal("desk.merge_undone", actor, back.pk)
    return back


@transaction.atomic
def erase_customer(*, actor: Person, customer: Customer) -> int:
    """Erase what a customer wrote and is known by, in the cases of teams that `actor` leads.

    What was counted stays: numbers, times, queue, who answered. Returns how many cases. Cases
    still open end with it. NotVisible unless `actor` leads a team with cases of the customer.
    """
    row = _lock(actor, customer.pk)
    wanted = cases_led_of(actor, row)
    cases = list(wanted.select_for_update(of=("self",)).order_by("pk"))
    known = {one.lower() for one in row.addresses.values_list("value", flat=True)}
    known |= {row.email.lower()} - {""}
    now = clock.now()
    for case in cases:
        holding.end(case)
        if case.state != Case.State.SOLVED:
            case.state, case.waiting_since, case.promised_at = Case.State.SOLVED, None, None
            case.solved_at = case.changed_at = now
            case.save()
    make_nobodys({case.pk: row.pk for case in cases})
    if not Customer.objects.filter(pk=row.pk).exists():
        Acknowledged.objects.filter(address__in=known).delete()
        _forget_lost_mails(known)
    forget_words()
    _journal("desk.customer_erased", actor, row.pk, cases=len(cases))
    return len(cases)


def _forget_lost_mails(addresses: set[str]) -> None:
    """Mails from these addresses that became no message: copies, set aside, in quarantine."""
    with connection.cursor() as cursor:
        for address in addresses:
            cursor.execute(
                "SELECT r.id FROM desk_rawmail r LEFT JOIN desk_message m ON m.raw_id = r.id"
                " WHERE m.id IS NULL AND position(convert_to(%s, 'UTF8') in r.content) > 0",
                [address],
            )
            RawMail.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()]).delete()


def _lock(actor: Person, customer_id: int) -> Customer:
    """The customer, locked. Raises NotVisible unless they exist for `actor`."""
    customer_for(actor, customer_id)
    return Customer.objects.select_for_update().get(pk=customer_id)


def _must_be_free(email: str, row: Customer) -> None:
    others = Customer.objects.filter(email__iexact=email).exclude(pk=row.pk)
    further = CustomerAddress.objects.filter(kind=EMAIL, value__iexact=email)
    if others.exists() or further.exclude(customer=row).exists():
        raise ValidationError(_("That address is another customer's. Join the two instead."))


def _journal(kind: str, actor: Person, customer_id: int, **data: Any) -> None:
    about = f"customer:{customer_id}"
    record(kind=kind, retention=Retention.CASE, actor=actor, about=about, data=data)
