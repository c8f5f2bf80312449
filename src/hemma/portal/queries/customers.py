"""What a customer may see: their own case, by number and code; forms that are open; free hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, Sum

from hemma.desk.models import Case, Holding, Message, Queue
from hemma.desk.queries import opening_of, queues_of
from hemma.lib import clock
from hemma.people.visibility import Asker, NotVisible, reads
from hemma.portal import secrets_of
from hemma.portal.models import Asked, CallBack, ContactForm, Remark, Satisfaction
from hemma.portal.visibility import may_set_up

HOUR = timedelta(hours=1)
SOONEST = timedelta(minutes=30)
HOURS_SHOWN = 8
LEAST_ANSWERS = 5  # a smaller group says something of single people
UNDO = timedelta(seconds=10)
MAIL_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """One thing of the customer's thread. `who`: you, we or call; no name of anybody at work."""

    who: str
    at: datetime
    text: str
    remark: str


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as its customer sees it."""

    case: Case
    code: str
    name: str
    thread: list[Said]
    in_hand: bool
    was_asked: bool


@reads("desk.case")
def open_forms(_asker: Asker) -> list[ContactForm]:
    """Forms that customers can write through, by programme."""
    forms = ContactForm.objects.filter(is_open=True).select_related("queue")
    return list(forms.order_by("queue__programme", "queue__name"))


@reads("desk.case")
def form_at(_asker: Asker, slug: str) -> ContactForm | None:
    """The open form at this address, or None."""
    return ContactForm.objects.filter(slug=slug, is_open=True).select_related("queue").first()


@reads("desk.case")
def own_case(asker: Asker, number: int, code: str) -> OwnCase | None:
    """The case that number and code open together, with the customer's own thread; else None."""
    # First the code, always: how long the answer takes tells nothing of which numbers exist.
    if not secrets_of.fits(number, code):
        return None
    rows = Case.objects.select_related("queue", "customer", "merged_into")
    found = rows.exclude(customer__email="nobody@hemma.invalid").filter(number=number).first()
    if found is None:
        return None
    case = found if found.merged_into_id is None else rows.get(pk=found.merged_into_id)
    return OwnCase(
        case=case,
        code=code,
        name=_name(found),
        thread=thread_of(asker, case),
        in_hand=Holding.objects.filter(case=case, until=None).exists(),
        was_asked=Asked.objects.filter(case=case).exists(),
    )


def _name(case: Case) -> str:
    """What the customer called themselves in this case, never what another one of theirs knows."""
    first = case.messages.filter(direction=Message.Direction.IN).order_by("at", "pk").first()
    return first.from_name.split(" ")[0] if first and first.from_name else ""


@reads("desk.case")
def thread_of(_asker: Asker, case: Case) -> list[Said]:
    """What customer and we have written to each other, oldest first.

    Left out: notes, what machines sent, what others wrote into the case, answers that can still
    be taken back, and the words in which a colleague wrote down a call.
    """
    others = case.customer.addresses.filter(kind="email").values_list("value", flat=True)
    own = {one.lower() for one in (case.customer.email, *others)} | {""}
    both = Message.objects.filter(case=case) | Message.objects.filter(case__merged_into=case)
    wanted = both.select_related("remark").order_by("at", "pk")
    shown = []
    for one in wanted:
        remark = one.remark.kind if hasattr(one, "remark") else ""
        if one.direction == Message.Direction.IN and one.author_id is not None:
            shown.append(Said("call", one.at, "", ""))
        elif one.direction == Message.Direction.IN and one.from_address.lower() in own:
            shown.append(Said("you", one.at, one.text[:MAIL_TEXT], remark))
        elif one.direction == Message.Direction.OUT and one.at <= clock.now() - UNDO:
            shown.append(Said("we", one.at, one.text[:MAIL_TEXT], ""))
    return shown


@reads("desk.case")
def free_hours(asker: Asker, queue: Queue) -> list[datetime]:
    """When somebody can call: whole open hours from soon on that are not yet full (UTC)."""
    form = ContactForm.objects.filter(queue=queue).first()
    if form is None or not form.calls_an_hour:
        return []
    soonest = clock.now() + SOONEST
    taken = CallBack.objects.filter(message__case__queue=queue, starts_at__gte=soonest)
    full: dict[datetime, int] = {}
    for starts_at in taken.values_list("starts_at", flat=True):
        full[starts_at] = full.get(starts_at, 0) + 1
    found: list[datetime] = []
    for begin, end in opening_of(asker, queue).intervals(soonest):
        at = begin.replace(minute=0, second=0, microsecond=0)
        while at + HOUR <= end and len(found) < HOURS_SHOWN:
            if at >= max(begin, soonest) and full.get(at, 0) < form.calls_an_hour:
                found.append(at)
            at += HOUR
        if len(found) >= HOURS_SHOWN:
            break
    return found


@reads("desk.case")
def all_forms(asker: Asker) -> list[ContactForm]:
    """Every form, open or not, for whoever sets them up."""
    may_set_up(asker)
    return list(ContactForm.objects.select_related("queue").order_by("slug"))


@reads("desk.case")
def form_for(asker: Asker, form_id: int) -> ContactForm:
    """One form to change. Raises NotVisible (404) otherwise."""
    may_set_up(asker)
    found = ContactForm.objects.filter(pk=form_id).select_related("queue").first()
    if found is None:
        raise NotVisible("desk.case", f"contact_form:{form_id}")
    return found


@reads("desk.case")
def queues_for_forms(asker: Asker) -> list[Queue]:
    """Every queue that a form can lead to, by name."""
    may_set_up(asker)
    return list(Queue.objects.order_by("name"))


@reads("desk.case")
def queue_for_form(asker: Asker, queue_id: int) -> Queue:
    """One of them. Raises NotVisible (404) otherwise."""
    may_set_up(asker)
    found = Queue.objects.filter(pk=queue_id).first()
    if found is None:
        raise NotVisible("desk.case", f"queue:{queue_id}")
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """What customers' pages know of a case."""

    case: Case
    code: str
    calls: list[CallBack]
    remarks: list[Remark]


@reads("desk.case")
def beside_case(_asker: Asker, case: Case) -> Beside:
    """Calls asked for and remarks made in a case that the asker was given by `desk.queries`."""
    calls = CallBack.objects.filter(message__case=case, ends_at__gte=clock.now())
    return Beside(
        case=case,
        code=secrets_of.code_of(case.number),
        calls=list(calls.order_by("starts_at")),
        remarks=list(Remark.objects.filter(message__case=case).select_related("message")),
    )


@reads("desk.case")
def complaints(asker: Asker) -> list[Remark]:
    """Complaints in the asker's queues: those without a lesson first, then the newest; at most 100."""
    rows = Remark.objects.filter(
        kind=Remark.Kind.COMPLAINT, message__case__queue__in=queues_of(asker)
    ).exclude(message__text="")
    rows = rows.select_related("message__case__queue", "message__case__customer")
    return list(rows.order_by(F("learned_at").asc(nulls_first=True), "-message__at")[:100])


@reads("desk.case")
def complaint_for(asker: Asker, message_id: int) -> Remark:
    """One of them. Raises NotVisible (404) otherwise."""
    rows = Remark.objects.filter(
        kind=Remark.Kind.COMPLAINT, message__case__queue__in=queues_of(asker)
    )
    found = rows.filter(pk=message_id).select_related("message__case").first()
    if found is None:
        raise NotVisible("desk.case", f"complaint:{message_id}")
    return found


@dataclass(frozen=True, slots=True)
class Contentment:
    """A queue's month: how many answered, and how many in a hundred of them were content (4 or 5).

    Both are None when fewer than five answered.
    """

    queue: str
    month: date
    answers: int | None
    content: int | None


@reads("desk.case")
def contentment(asker: Asker) -> list[Contentment]:
    """The last months by queue, newest first."""
    rows = (
        Satisfaction.objects.filter(queue__in=queues_of(asker))
        .values("queue__name", "month")
        .annotate(answers=Sum("count"), good=Sum("count", filter=Q(answer__gte=4), default=0))
        .order_by("-month", "queue__name")[:120]
    )
    return [
        Contentment(
            one["queue__name"],
            one["month"],
            one["answers"],
            round(100 * one["good"] / one["answers"]),
        )
        if one["answers"] >= LEAST_ANSWERS
        else Contentment(one["queue__name"], one["month"], None, None)
        for one in rows
    ]
