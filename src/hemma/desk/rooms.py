"""What the pages of the desk show, gathered from the queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemma.desk import queries, words
from hemma.desk.forms import (
    AnswerForm,
    DecisionForm,
    HandOverForm,
    NoteForm,
    OtherCaseForm,
    TagsForm,
    UntilForm,
)
from hemma.desk.models import Case, Message, Queue
from hemma.desk.queries.scope import queue_ids_of
from hemma.desk.variables import fill
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.queries import members
from hemma.people.visibility import standing

NARROWING = ("queue", "tag", "state", "channel", "since")
SOON = timedelta(hours=1)
TABS = ("mine", "team", "today", "later")


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
    filters = _filters(request, tab if tab in TABS else "mine")
    page = queries.case_page(person, filters, request.GET.get("page", "1"))
    counts = queries.counts_of_tabs(person)
    labels = {
        "mine": _("Mine"),
        "team": _("The team's"),
        "today": _("Promised today"),
        "later": _("Put away"),
    }
    chosen = {name: request.GET.get(name, "")[:60] for name in NARROWING}
    kept = {"tab": filters.tab, "q": filters.text, "page": page.number}
    kept |= {name: value for name, value in chosen.items() if value}
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
        "chosen": chosen,
        "views": queries.views_of(person),
        "queues": queries.queues_here(person),
        "tags_in_use": queries.tags_in_use(person),
        "states": Case.State.choices,
        "channels": Case.Channel.choices,
    }


def _filters(request: HttpRequest, tab: str) -> queries.Filters:
    """What the address asks for; what cannot be read is as if not asked."""
    given = request.GET.get
    queue = given("queue", "")
    try:
        since = date.fromisoformat(given("since", ""))
    except ValueError:
        since = None
    state, channel = given("state", ""), given("channel", "")
    return queries.Filters(
        tab=tab,
        text=given("q", "")[:100],
        queue=int(queue) if queue.isdecimal() and len(queue) < 10 else None,
        tag=given("tag", "")[:40],
        state=state if state in Case.State.values else "",
        channel=channel if channel in Case.Channel.values else "",
        since=since,
    )


def case_now(person: Person, case: Any) -> dict[str, Any]:
    """The middle column without the form: promise, holder, what was written."""
    holder = case.current_holdings[0].person if case.current_holdings else None
    around = queries.beside(person, case)
    return {
        "case": case,
        "holder": holder,
        "is_mine": holder is not None and holder.pk == person.pk,
        "letters": queries.messages_of(person, case),
        "can_release": holder is not None
        and (holder.pk == person.pk or case.queue.team_id in standing(person).led),
        "hand_over": HandOverForm(people=colleagues(person, case)),
        "around": around,
        "is_free": holder is None
        or holder.pk == person.pk
        or case.queue.team_id in standing(person).led,
        "decisions": queries.decisions_of(person, case),
        "leads_it": case.queue.team_id in standing(person).led,
        "is_away": case.snoozed_until is not None and case.snoozed_until > clock.now(),
    }


def _forms(person: Person, case: Case) -> dict[str, Any]:
    """The small forms around a case."""
    return {
        "note_form": NoteForm(people=colleagues(person, case)),
        "until_form": UntilForm(),
        "tags_form": TagsForm(initial={"tags": ", ".join(tag.name for tag in case.tags.all())}),
        "other_form": OtherCaseForm(),
        "decision_form": DecisionForm(),
    }


def team(person: Person, queue: Queue) -> list[Person]:
    """Everyone who answers a queue."""
    return members(person, queue.team)


def incident(person: Person, incident_id: int, data: Any = None) -> dict[str, Any]:
    """An incident's page: its cases, and the form of one answer to all of them."""
    found = queries.incident_for(person, incident_id)
    cases = queries.cases_of_incident(person, found)
    form = answer_form(person, cases[0], data) if cases else None
    if form is not None:
        form.fields["text"].label = _("Answer to all that you choose")
        form.fields["text"].widget.attrs["data-draft"] = f"incident-{found.pk}"
    return {"incident": found, "cases": cases, "form": form}


def colleagues(person: Person, case: Case) -> list[Person]:
    """Who a case can be handed to: everyone in its queue's team."""
    return members(person, case.queue.team)


def answer_form(person: Person, case: Case, data: Any = None) -> AnswerForm:
    """The reply form of a case, bound to `data` when it was sent."""
    opening = queries.opening_of(person, case.queue)
    return AnswerForm(data, case=case, opening=opening, now=clock.now())


def writing(person: Person, case: Case) -> AnswerForm:
    """The reply form as it was left: with the words kept for `person`, if any."""
    form = answer_form(person, case)
    draft = queries.beside(person, case).draft
    if draft is not None:
        form.initial["text"] = draft.text
    return form


def whole(request: HttpRequest, person: Person, case: Any, form: AnswerForm) -> dict[str, Any]:
    """Everything on a case's page."""
    now = case_now(person, case)
    ours = [one for one in now["letters"] if one.direction == Message.Direction.OUT]
    if ours:
        form.fields["text"].widget.attrs["data-draft-since"] = ours[-1].at.isoformat()
    kept = {"hx-post": reverse("desk:draft", args=[case.number]), "hx-swap": "none"}
    kept["hx-trigger"] = "input changed delay:1500ms"
    form.fields["text"].widget.attrs.update(kept)
    first_wrong = next((name for name in form.fields if name in form.errors), None)
    if form.is_bound and first_wrong and len(form.errors) == 1 and not form.non_field_errors():
        form.fields[first_wrong].widget.attrs["autofocus"] = True
    return {
        **case_list(request, person, case.number),
        **now,
        "form": form,
        "earlier": queries.earlier_cases(person, case),
        **_forms(person, case),
        "mandate": queries.mandate_of(person, case.queue),
        "instructions": queries.instructions_of(person, case.queue),
        "incidents": queries.open_incidents(person),
        "replies": [
            (reply, fill(reply.text, case, person))
            for reply in queries.saved_replies(person, case.queue)
        ],
    }
