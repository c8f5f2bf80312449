"""Pages about customers: who they are, one made of two, everything told or erased."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import actions, queries
from hemma.desk.forms.customers import AddressForm, CustomerForm, SamePersonForm
from hemma.desk.models import Customer
from hemma.desk.views.cases import me
from hemma.people.models import Person
from hemma.people.visibility import standing
from hemma.ui import toasts


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """Everyone with a case in one of the own queues."""
    text = request.GET.get("q", "")
    page = queries.customer_page(me(request), text, request.GET.get("page", "1"))
    return render(request, "desk/customers.html", {"page": page, "text": text})


def _shown(
    request: HttpRequest, person: Person, customer: Customer, status: int = 200, **bound: object
) -> HttpResponse:
    names = ("name", "email", "language")
    cases = queries.cases_of_customer(person, customer)
    context = {
        "customer": customer,
        "cases": cases,
        "elsewhere": queries.cases_elsewhere(person, customer),
        "leads": any(case.queue.team_id in standing(person).led for case in cases),
        "form": CustomerForm(initial={name: getattr(customer, name) for name in names}),
        "address_form": AddressForm(auto_id="address_%s"),
        "same_form": SamePersonForm(auto_id="same_%s"),
        **bound,
    }
    return render(request, "desk/customer.html", context, status=status)


@require_GET
def customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """One customer: addresses, cases, and what can be done."""
    person = me(request)
    return _shown(request, person, queries.customer_for(person, customer_id))


@require_POST
def change_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Correct name, address and language."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    form = CustomerForm(request.POST)
    if form.is_valid():
        try:
            actions.change_customer(actor=person, customer=found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            toasts.say(request, _("Saved."))
            return redirect("desk:customer", customer_id)
    return _shown(request, person, found, 422, form=form)


@require_POST
def add_address(request: HttpRequest, customer_id: int) -> HttpResponse:
    """One more address."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    form = AddressForm(request.POST, auto_id="address_%s")
    if form.is_valid():
        try:
            actions.add_address(actor=person, customer=found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("value", refused)
        else:
            toasts.say(request, _("Saved."))
            return redirect("desk:customer", customer_id)
    return _shown(request, person, found, 422, address_form=form)


@require_POST
def remove_address(request: HttpRequest, customer_id: int, address_id: int) -> HttpResponse:
    """One address less."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    actions.remove_address(actor=person, customer=found, address_id=address_id)
    toasts.say(request, _("The address is gone."))
    return redirect("desk:customer", customer_id)


@require_POST
def same_person(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Say that another customer is the same person."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    form = SamePersonForm(request.POST, auto_id="same_%s")
    if form.is_valid():
        other = queries.customer_called(person, form.cleaned_data["other"])
        try:
            if other is None:
                raise ValidationError(_("There is no such customer here."))
            token = actions.merge_customers(actor=person, customer=other, into=found)
        except ValidationError as refused:
            form.add_error("other", refused)
        else:
            undo = reverse("desk:undo_same_person", args=[token])
            toasts.say(request, _("They are one customer now."), undo=undo)
            return redirect("desk:customer", customer_id)
    return _shown(request, person, found, 422, same_form=form)


@require_POST
def undo_same_person(request: HttpRequest, token: object) -> HttpResponse:
    """Make two of one again."""
    person = me(request)
    try:
        back = actions.undo_merge(actor=person, token=token)  # type: ignore[arg-type]
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
        return redirect("desk:customers")
    toasts.say(request, _("They are two customers again."))
    return redirect("desk:customer", back.pk)


@require_GET
def customer_data(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Everything that is kept about a customer, as a file for them; for the team's leaders."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    told = queries.everything_about(person, found)
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(told, json_dumps_params=options)
    response["Content-Disposition"] = f'attachment; filename="customer-{customer_id}.json"'
    return response


@require_POST
def erase_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Erase a customer, for the team's leaders; what was counted stays."""
    person = me(request)
    found = queries.customer_for(person, customer_id)
    queries.cases_led_of(person, found)  # who leads none of them finds no such page
    if request.POST.get("sure") != "yes":
        messages.info(request, _("Tick that you are sure: it cannot be taken back."))
        return redirect("desk:customer", customer_id)
    n = actions.erase_customer(actor=person, customer=found)
    said = ngettext("Erased, in %(n)d case.", "Erased, in %(n)d cases.", n) % {"n": n}
    toasts.say(request, said)
    return redirect("desk:customers")
