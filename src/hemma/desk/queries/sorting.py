"""Rules that sort mail, what they would have done, and how a case came to be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hemma.desk.mail_models import Arrival, Invitation, SortingRule, Withheld
from hemma.desk.models import Case, Mailbox, Queue
from hemma.desk.queries.scope import cases_of
from hemma.lib import clock
from hemma.people.models import Person, Role
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing

LOOK_BACK = timedelta(days=7)
MOST_TRIED = 2000


def may_sort(asker: Asker) -> None:
    """Rules reach over all teams: for managers and administrators. Raises NotVisible otherwise."""
    if isinstance(asker, Person) and not (
        has_role(asker, Role.MANAGER) or has_role(asker, Role.ADMINISTRATOR)
    ):
        raise NotVisible("desk.case", "rules")


@reads("desk.case")
def rules(asker: Asker) -> list[SortingRule]:
    """Every rule, in the order in which they are asked."""
    may_sort(asker)
    return list(SortingRule.objects.select_related("mailbox", "queue"))


@reads("desk.case")
def rule_for(asker: Asker, rule_id: int) -> SortingRule:
    """One rule to change. Raises NotVisible (404) otherwise."""
    may_sort(asker)
    rule = SortingRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotVisible("desk.case", f"rule:{rule_id}")
    return rule


@reads("desk.case")
def choices_for_rules(asker: Asker) -> tuple[list[Mailbox], list[Queue]]:
    """Mailboxes and queues that a rule can name."""
    may_sort(asker)
    return list(Mailbox.objects.order_by("address")), list(Queue.objects.order_by("name"))


@dataclass(frozen=True, slots=True)
class Tried:
    """A mail of the last week, as far as rules look at it; `is_seen`: the asker sees its case."""

    number: int
    at: datetime
    mailbox_id: int
    mailbox: str
    sender: str
    subject: str
    language: str
    queue: str
    is_seen: bool


@reads("desk.case")
def last_weeks_mails(asker: Asker) -> list[Tried]:
    """Cases that came by mail during the last seven days, newest first, for a dry run."""
    may_sort(asker)
    rows = (
        Arrival.objects.filter(case__opened_at__gte=clock.now() - LOOK_BACK)
        .select_related("case__customer", "case__queue", "mailbox")
        .order_by("-case__opened_at")[:MOST_TRIED]
    )
    seen = set(cases_of(asker).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Tried(
            number=row.case.number,
            at=row.case.opened_at,
            mailbox_id=row.mailbox_id,
            mailbox=row.mailbox.address,
            sender=row.case.customer.email,
            subject=row.case.subject,
            language=row.language,
            queue=row.case.queue.name,
            is_seen=row.case_id in seen,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What is known of how a case came, and which files of it were withheld."""

    case: Case
    arrival: Arrival | None
    withheld: list[Withheld]
    invitations: list[Invitation]


@reads("desk.case")
def mail_facts(asker: Asker, number: int) -> MailFacts:
    """How the case `number` came. Raises NotVisible (404) unless `asker` sees the case."""
    case = cases_of(asker).select_related("customer", "queue").filter(number=number).first()
    if case is None:
        raise NotVisible("desk.case", f"case:{number}")
    arrival = Arrival.objects.select_related("mailbox", "rule", "language_by").filter(case=case)
    return MailFacts(
        case=case,
        arrival=arrival.first(),
        withheld=list(Withheld.objects.filter(message__case=case).order_by("pk")),
        invitations=list(Invitation.objects.filter(message__case=case).order_by("message__at")),
    )


@reads("desk.case")
def leads_or_sorts(asker: Asker) -> bool:
    """Whether mails in quarantine can be there for `asker`."""
    return not isinstance(asker, Person) or bool(standing(asker).led)
