"""Reading cases, their messages and their attachments."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from hemma.desk.models import Attachment, Case, Holding, Message, OutgoingMail
from hemma.desk.queries.scope import cases_of
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads

A_PAGE = 30
EARLIER_SHOWN = 10
NUMBER = re.compile(r"(?:h-?)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases a list shows. `tab`: mine, team or today; `text` searches, whoever holds them."""

    tab: str = "mine"
    text: str = ""


def _with_all_for_a_row(cases: QuerySet[Case]) -> QuerySet[Case]:
    current = Holding.objects.filter(until=None).select_related("person")
    failed = OutgoingMail.objects.filter(
        message__case=OuterRef("pk"), state=OutgoingMail.State.FAILED
    )
    return (
        cases.select_related("customer", "queue")
        .annotate(has_failed=Exists(failed))
        .prefetch_related(Prefetch("holdings", queryset=current, to_attr="current_holdings"))
    )


@reads("desk.case")
def case_for(asker: Asker, number: int) -> Case:
    """The case with this number. Raises NotVisible (404) when it does not exist for `asker`."""
    case = _with_all_for_a_row(cases_of(asker)).filter(number=number).first()
    if case is None:
        # Whoever has the case in hand can read in the access log that someone was refused it.
        held = Holding.objects.filter(case__number=number, until=None).select_related("person")
        holder = next((one.person for one in held), None)
        raise NotVisible("desk.case", f"case:{number}", holder)
    return case


@reads("desk.case", "desk.holding")
def my_cases(asker: Asker) -> list[Case]:
    """What `asker` has in hand: next promise first, those without one last."""
    if not isinstance(asker, Person):
        return []
    return list(_with_all_for_a_row(_mine(asker)).order_by(*_BY_PROMISE))


_BY_PROMISE = (F("promised_at").asc(nulls_last=True), F("waiting_since").asc(nulls_last=True), "pk")


def _mine(asker: Person) -> QuerySet[Case]:
    held = Holding.objects.filter(case=OuterRef("pk"), person=asker, until=None)
    return cases_of(asker).filter(Exists(held)).exclude(state=Case.State.SOLVED)


def _team(asker: Asker) -> QuerySet[Case]:
    return cases_of(asker).filter(state=Case.State.OPEN)


def _today(asker: Asker) -> QuerySet[Case]:
    return cases_of(asker).filter(
        promised_at__lt=end_of_today(clock.now()), state__in=[Case.State.OPEN, Case.State.ANSWERED]
    )


def end_of_today(now: datetime) -> datetime:
    """The coming midnight where the reader is."""
    here = timezone.localtime(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight + timedelta(days=1)


def _of_tab(asker: Asker, tab: str) -> QuerySet[Case]:
    if tab == "mine" and isinstance(asker, Person):
        return _mine(asker)
    return _today(asker) if tab == "today" else _team(asker)


def _found(asker: Asker, text: str) -> QuerySet[Case]:
    wanted = (
        Q(subject__icontains=text)
        | Q(customer__name__icontains=text)
        | Q(customer__email__icontains=text)
    )
    number = NUMBER.fullmatch(text)
    if number:
        wanted |= Q(number=int(number[1]))
    return cases_of(asker).filter(wanted)


@reads("desk.case", "desk.holding")
def case_page(asker: Asker, filters: Filters, page: int | str = 1) -> Page[Case]:
    """One page of a list, next promise first; a search finds solved cases too, newest first."""
    text = filters.text.strip()
    cases = _found(asker, text) if text else _of_tab(asker, filters.tab)
    order = ("-opened_at", "pk") if text else _BY_PROMISE
    return Paginator(_with_all_for_a_row(cases).order_by(*order), A_PAGE).get_page(page)


@reads("desk.case", "desk.holding")
def counts_of_tabs(asker: Asker) -> dict[str, int]:
    """How many cases each tab shows."""
    return {tab: _of_tab(asker, tab).count() for tab in ("mine", "team", "today")}


@reads("desk.case")
def messages_of(asker: Asker, case: Case) -> list[Message]:
    """What was written in a case, oldest first, with files' names and how far answers came."""
    if not cases_of(asker).filter(pk=case.pk).exists():
        raise NotVisible("desk.case", f"case:{case.number}")
    files = Attachment.objects.defer("content").order_by("pk")
    return list(
        Message.objects.filter(case=case)
        .select_related("author", "outgoing", "take_back", "bounced__original")
        .prefetch_related(Prefetch("attachments", queryset=files))
    )


@reads("desk.case")
def attachment_for(asker: Asker, attachment_id: int) -> Attachment:
    """A file of a case that exists for `asker`. Raises NotVisible (404) otherwise."""
    found = (
        Attachment.objects.filter(pk=attachment_id, message__case__in=cases_of(asker))
        .select_related("message")
        .first()
    )
    if found is None:
        raise NotVisible("desk.case", f"attachment:{attachment_id}")
    return found


@reads("desk.case")
def earlier_cases(asker: Asker, case: Case) -> list[Case]:
    """The same customer's other cases, newest first, as far as they exist for `asker`."""
    others = cases_of(asker).filter(customer=case.customer_id).exclude(pk=case.pk)
    return list(others.order_by("-opened_at")[:EARLIER_SHOWN])
