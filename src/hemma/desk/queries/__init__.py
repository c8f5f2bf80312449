"""Reading the desk: customers' cases, queues, mail. By noun; the first parameter is who asks."""

from hemma.desk.queries.cases import (
    Filters,
    attachment_for,
    case_for,
    case_page,
    counts_of_tabs,
    earlier_cases,
    messages_of,
    my_cases,
)
from hemma.desk.queries.holdings import held_counts, holder_of, holdings_by_person
from hemma.desk.queries.mailboxes import (
    Aside,
    mails_in_quarantine,
    mails_set_aside,
    raw_for,
    set_aside_count,
)
from hemma.desk.queries.queues import (
    Health,
    QueueRow,
    WaitingCase,
    opening_of,
    queue_health,
    queues,
    waiting,
    waiting_by_queue,
)

__all__ = [
    "Aside",
    "Filters",
    "Health",
    "QueueRow",
    "WaitingCase",
    "attachment_for",
    "case_for",
    "case_page",
    "counts_of_tabs",
    "earlier_cases",
    "held_counts",
    "holder_of",
    "holdings_by_person",
    "mails_in_quarantine",
    "mails_set_aside",
    "messages_of",
    "my_cases",
    "opening_of",
    "queue_health",
    "queues",
    "raw_for",
    "set_aside_count",
    "waiting",
    "waiting_by_queue",
]
