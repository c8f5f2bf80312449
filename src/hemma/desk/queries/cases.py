"""Reading cases, their messages and their attachments."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from hemma.desk.models import Attachment, Case, Holding, Message, OutgoingMail
from hemma.desk.queries.scope import cases_of
from hemma.desk.queries.search import found_ids
from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads

TABS = ("mine", "team", "today", "later")
A_PAGE = 30
EARLIER_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases a list shows. `tab`: mine, team, today or later; `text` searches all of them.

    The others narrow either down: a queue's id, a tag's name, a state, a channel, opened since.
    """

    tab: str = "mine"
    text: str = ""
    queue: int | None = None
    tag: str = ""
    state: str = ""
    channel: str = ""
    since: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything but the tab is chosen: then all cases are looked through."""
        return bool(self.queue or self.tag or self.state or self.channel or self.since)


def _with_all_for_a_row(cases: QuerySet[Case]) -> QuerySet[Case]:
    current = Holding.objects.filter(until=None).select_related("person")
    failed = OutgoingMail.objects.filter(
        message__case=OuterRef("pk"), state=OutgoingMail.State.FAILED
    )
    return (
        cases.select_related("customer", "queue__team", "merged_into", "incident")
        .annotate(has_failed=Exists(failed))
        .prefetch_related(Prefetch("holdings", queryset=current, to_attr="current_holdings"))
    )


@once_a_page
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
    return _awake(cases_of(asker)).filter(Exists(held)).exclude(state=Case.State.SOLVED)


def _team(asker: Asker) -> QuerySet[Case]:
    return _awake(cases_of(asker)).filter(state=Case.State.OPEN)


def _awake(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.exclude(snoozed_until__gt=clock.now())


def _later(asker: Asker) -> QuerySet[Case]:
    return cases_of(asker).filter(snoozed_until__gt=clock.now())


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
    return {"today": _today, "later": _later}.get(tab, _team)(asker)


def _narrowed(cases: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    wanted = {
        "queue": filters.queue,
        "tags__name": filters.tag.casefold(),
        "state": filters.state,
        "channel": filters.channel,
    }
    found = cases.filter(**{name: value for name, value in wanted.items() if value})
    if filters.since is None:
        return found
    first = datetime.combine(filters.since, time(0), timezone.get_current_timezone())
    return found.filter(opened_at__gte=first)


@reads("desk.case", "desk.holding")
def case_page(asker: Asker, filters: Filters, page: int | str = 1) -> Page[Case]:
    """One page of a list, next promise first; a search finds solved cases too, the best first."""
    text = filters.text.strip()
    if not text:
        cases = cases_of(asker) if filters.narrows else _of_tab(asker, filters.tab)
        narrowed = _with_all_for_a_row(_narrowed(cases, filters))
        return Paginator(narrowed.order_by(*_BY_PROMISE), A_PAGE).get_page(page)
    among = _narrowed(cases_of(asker), filters) if filters.narrows else None
    ids = found_ids(asker, text, among)
    at = {pk: place for place, pk in enumerate(ids)}
    page_of_ids = Paginator(ids, A_PAGE).get_page(page)
    rows = _with_all_for_a_row(cases_of(asker)).filter(pk__in=page_of_ids.object_list)
    shown = cast(Page[Case], page_of_ids)
    shown.object_list = sorted(rows, key=lambda case: at[case.pk])
    return shown


@reads("desk.case", "desk.holding")
def counts_of_tabs(asker: Asker) -> dict[str, int]:
    """How many cases each tab shows. One query."""
    first, *others = (
        _of_tab(asker, tab).values(tab=Value(tab)).annotate(n=Count("pk")).values_list("tab", "n")
        for tab in TABS
    )
    return dict.fromkeys(TABS, 0) | dict(first.union(*others, all=True))


@reads("desk.case")
def messages_of(asker: Asker, case: Case) -> list[Message]:
    """What was written in a case, oldest first, with files' names and how far answers came."""
    if not cases_of(asker).filter(pk=case.pk).exists():
        raise NotVisible("desk.case", f"case:{case.number}")
    files = Attachment.objects.defer("content").order_by("pk")
    return list(
        Message.objects.filter(Q(case=case) | Q(case__merged_into=case))
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
