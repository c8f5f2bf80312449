"""What the pages of the desk show, gathered from the queries."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemma.desk import queries, words
from hemma.desk.forms import AnswerForm, HandOverForm
from hemma.desk.models import Case, Message
from hemma.desk.queries.scope import queue_ids_of
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.queries import members
from hemma.people.visibility import standing

SOON = timedelta(hours=1)
TABS = ("mine", "team", "today")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list."""

    case: Case
    due: str
    is_soon: bool
    holder: Person | None

    @property
    def who(self) -> str:
        """The customer as a list names them."""
        return str(self.case.customer)


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice above the list."""

    key: str
    label: str
    count: int
    current: bool


def row(case: Any) -> Row:
    """A case as a list shows it; `case` comes from `queries.case_page` or `my_cases`."""
    soon = case.state == Case.State.OPEN and case.promised_at is not None
    return Row(
        case=case,
        due=words.due(case),
        is_soon=soon and case.promised_at - clock.now() <= SOON,
        holder=case.current_holdings[0].person if case.current_holdings else None,
    )


def case_list(request: HttpRequest, person: Person, number: int | None = None) -> dict[str, Any]:
    """The left column: tabs, search, one page of cases."""
    tab = request.GET.get("tab", "mine")
    filters = queries.Filters(
        tab=tab if tab in TABS else "mine", text=request.GET.get("q", "")[:100]
    )
    page = queries.case_page(person, filters, request.GET.get("page", "1"))
    counts = queries.counts_of_tabs(person)
    labels = {"mine": _("Mine"), "team": _("The team's"), "today": _("Promised today")}
    kept = {"tab": filters.tab, "q": filters.text, "page": page.number}
    leads = bool(standing(person).led)
    return {
        "rows": [row(case) for case in page],
        "page": page,
        "filters": filters,
        "tabs": [Tab(key, labels[key], counts[key], key == filters.tab) for key in TABS],
        "waiting": counts["team"],
        "number": number,
        "list_query": urlencode({**kept, **({"case": number} if number else {})}),
        "kept_query": urlencode({key: value for key, value in kept.items() if value != ""}),
        "live_topics": " ".join(f"queue:{queue}" for queue in queue_ids_of(person)),
        "aside": queries.set_aside_count(person) if leads else 0,
        "leads": leads,
    }


def case_now(person: Person, case: Any) -> dict[str, Any]:
    """The middle column without the form: promise, holder, what was written."""
    holder = case.current_holdings[0].person if case.current_holdings else None
    return {
        "case": case,
        "holder": holder,
        "is_mine": holder is not None and holder.pk == person.pk,
        "letters": queries.messages_of(person, case),
        "can_release": holder is not None
        and (holder.pk == person.pk or case.queue.team_id in standing(person).led),
        "hand_over": HandOverForm(people=colleagues(person, case)),
    }


def colleagues(person: Person, case: Case) -> list[Person]:
    """Who a case can be handed to: everyone in its queue's team."""
    return members(person, case.queue.team)


def answer_form(person: Person, case: Case, data: Any = None) -> AnswerForm:
    """The reply form of a case, bound to `data` when it was sent."""
    opening = queries.opening_of(person, case.queue)
    return AnswerForm(data, case=case, opening=opening, now=clock.now())


def whole(request: HttpRequest, person: Person, case: Any, form: AnswerForm) -> dict[str, Any]:
    """Everything on a case's page."""
    now = case_now(person, case)
    ours = [one for one in now["letters"] if one.direction == Message.Direction.OUT]
    if ours:
        form.fields["text"].widget.attrs["data-draft-since"] = ours[-1].at.isoformat()
    first_wrong = next((name for name in form.fields if name in form.errors), None)
    if form.is_bound and first_wrong and len(form.errors) == 1 and not form.non_field_errors():
        form.fields[first_wrong].widget.attrs["autofocus"] = True
    return {
        **case_list(request, person, case.number),
        **now,
        "form": form,
        "earlier": queries.earlier_cases(person, case),
    }
