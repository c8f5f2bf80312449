"""What may be seen from outside: a customer's own case, and a client's own programme."""

from hemma.portal.queries.customers import (
    OwnCase,
    all_forms,
    beside_case,
    contentment,
    form_at,
    form_for,
    free_hours,
    open_forms,
    own_case,
    queue_for_form,
    queues_for_forms,
)
from hemma.portal.queries.exits import (
    Holds,
    exit_of,
    exit_of_mine,
    exits_now,
    holds,
    programme_to_leave,
    programmes_to_leave,
    promised_export,
)
from hemma.portal.queries.programmes import Served, my_programme, served

__all__ = [
    "Holds",
    "OwnCase",
    "Served",
    "all_forms",
    "beside_case",
    "contentment",
    "exit_of",
    "exit_of_mine",
    "exits_now",
    "form_at",
    "form_for",
    "free_hours",
    "holds",
    "my_programme",
    "open_forms",
    "own_case",
    "programme_to_leave",
    "programmes_to_leave",
    "promised_export",
    "queue_for_form",
    "queues_for_forms",
    "served",
]
