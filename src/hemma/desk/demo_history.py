"""The demo's last 90 days: cases, letters, who had them in hand, the journal and the search words.

Written in bulk by COPY, exactly as it would lie there had it happened: what is in the tables is
what the rooms' own actions would have left. What happens from now on comes from outside.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from hemma.desk.actions.finding import learn
from hemma.desk.demo_letters import CUSTOMERS, LETTERS, Customer
from hemma.desk.demo_shape import contacts
from hemma.desk.demo_story import POST, Desk, Rows, Story
from hemma.desk.keys import mail_key
from hemma.desk.models import Case, Queue
from hemma.desk.queries import opening_of
from hemma.journal.actions import ensure_past_partitions
from hemma.people.demo import FIRST, LAST, DemoCompany, Unit
from hemma.people.models import Grant, Role
from hemma.people.system import SYSTEM

CASES_A_CUSTOMER = 6
# What the history is written without where one may: its words are written here and not found out case
# by case, and each of its keys comes from a row that was written or read a moment before (a test
# looks whether any points nowhere). Elsewhere the two triggers alone are laid aside.
TRIGGERS = (("desk_case", "desk_case_findable"), ("desk_message", "desk_message_findable"))
CASES = (
    "desk_case (id, number, queue_id, customer_id, subject, channel, state, opened_at,"
    " waiting_since, promised_at, solved_at, changed_at)"
)
MESSAGES = (
    "desk_message (case_id, direction, author_id, from_name, from_address, at, text, quoted,"
    " html, message_id)"
)
HOLDINGS = "desk_holding (case_id, person_id, since, until)"
WORDS = "desk_casewords (case_id, queue_id, opened_at, words)"
# What the rooms would have written beside: the tables are empty but for this history.
BESIDE = (
    """INSERT INTO desk_arrival (case_id, mailbox_id, why, language, priority, tags)
    SELECT c.id, m.id, 'first', u.language, 0, '{}' FROM desk_case c
    JOIN desk_mailbox m USING (queue_id) JOIN desk_customer u ON u.id = c.customer_id""",
    """INSERT INTO desk_outgoingmail (message_id, mailbox_id, to_address, state, queued_at,
    sent_at, next_try_at, attempts, problem)
    SELECT g.id, m.id, u.email, 'sent', g.at, g.at + interval '11 s', g.at, 1, ''
    FROM desk_message g JOIN desk_case c ON c.id = g.case_id JOIN desk_mailbox m USING (queue_id)
    JOIN desk_customer u ON u.id = c.customer_id WHERE g.direction = 'out'""",
    """INSERT INTO journal_event (id, retention, at, kind, about, data)
    SELECT gen_random_uuid(), 'case', opened_at, 'case.opened', 'case:' || id,
    jsonb_build_object('queue', queue_id) FROM desk_case""",
    """INSERT INTO journal_event (id, retention, at, kind, about, data)
    SELECT gen_random_uuid(), 'case', g.at, 'case.reply_arrived', 'case:' || c.id, '{}'
    FROM desk_message g JOIN desk_case c ON c.id = g.case_id
    WHERE g.direction = 'in' AND g.at > c.opened_at""",
    """INSERT INTO journal_event
    (id, retention, at, kind, actor_key, subject_key, about, data)
    SELECT gen_random_uuid(), 'case', since, 'case.taken', journal_key, journal_key,
    'case:' || case_id, '{}' FROM desk_holding h JOIN people_person p ON p.id = h.person_id""",
    """INSERT INTO journal_event
    (id, retention, at, kind, actor_key, subject_key, about, data)
    SELECT gen_random_uuid(), 'case', g.at, 'case.answered', journal_key, journal_key,
    'case:' || c.id, jsonb_build_object('then', CASE c.state WHEN 'open' THEN 'answered'
    ELSE c.state END) FROM desk_message g JOIN desk_case c ON c.id = g.case_id
    JOIN people_person p ON p.id = g.author_id""",
)


def load_history(company: DemoCompany) -> None:
    """`company.cases_wanted` cases of the last 90 days; nothing where any case is already."""
    if not company.cases_wanted or Case.objects.exists():
        return
    rng = random.Random(f"history {company.seed}")  # noqa: S311 - letters, not secrets
    desks = [_desk(unit) for unit in company.units]
    zones = [desk.opening.zone for desk in desks]
    writers = _customers(company.cases_wanted // CASES_A_CUSTOMER + 1, rng)
    came = contacts(company.cases_wanted, zones, company.now, rng)
    ensure_past_partitions(since=came[0].at)
    numbers, ids = _numbers(len(came)), _next_ids("desk_case", len(came))
    rows, key = Rows(), mail_key()
    for number, case_id, contact in zip(numbers, ids, came, strict=True):
        desk = desks[contact.unit]
        letter = rng.choice(desk.letters)
        pk, customer, address = rng.choice(writers[letter.language])
        story = Story(rows, rng, company.now, desk, number, case_id, letter, customer, key)
        story.tell(pk, address, contact.at)
    _store(rows)


def _desk(unit: Unit) -> Desk:
    queue = Queue.objects.get(team=unit.team)
    agents = set(
        Grant.objects.filter(person__in=unit.people, role=Role.AGENT, until=None).values_list(
            "person_id", flat=True
        )
    )
    people = tuple(one for one in unit.people if one.pk in agents) or unit.people
    own = tuple(one for one in LETTERS if one.trade == unit.trade)
    return Desk(unit, queue, opening_of(SYSTEM, queue), people, own or tuple(LETTERS))


def _customers(wanted: int, rng: random.Random) -> dict[str, list[tuple[int, Customer, str]]]:
    """Customers by language with id and address: those who still write, and so many more."""
    made = list(CUSTOMERS)
    for _number in range(max(0, wanted - len(made))):
        language = rng.choices(("sv", "nb", "en"), (0.74, 0.14, 0.12))[0]
        made.append(Customer(f"{rng.choice(FIRST)} {rng.choice(LAST)}", language))
    rows: list[tuple[object, ...]] = []
    found: dict[str, list[tuple[int, Customer, str]]] = {}
    for at, (pk, one) in enumerate(zip(_next_ids("desk_customer", len(made)), made, strict=True)):
        box = one.box if at < len(CUSTOMERS) else f"kund{at}"
        rows.append((pk, one.name, f"{box}@{POST}", one.language))
        found.setdefault(one.language, []).append((pk, one, f"{box}@{POST}"))
    _copy("desk_customer (id, name, email, language)", rows)
    return found


def _numbers(count: int) -> range:
    """Case numbers nobody has had, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('desk_case_number')")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval('desk_case_number', %s)", [first + count - 1])
    return range(first, first + count)


def _next_ids(table: str, count: int) -> list[int]:
    """Primary keys from the table's own sequence, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return sorted(pk for (pk,) in cursor.fetchall())


def _store(rows: Rows) -> None:
    _learn({word for row in rows.words for word in str(row[-1]).split()})
    with _without_index("casewords_words"), _without_triggers():
        _copy(CASES, rows.cases)
        _copy(MESSAGES, rows.messages)
        _copy(HOLDINGS, rows.holdings)
        _copy(WORDS, rows.words)
        with connection.cursor() as cursor:
            for statement in BESIDE:
                cursor.execute(statement)


def _learn(words: set[str]) -> None:
    ordered = sorted(words)
    for first in range(0, len(ordered), 5000):
        learn(set(ordered[first : first + 5000]))


def _copy(target: str, rows: Iterable[Sequence[object]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Without the triggers that would look at each row: all of them, or those that one may leave out."""
    with connection.cursor() as cursor:
        if _may_leave_out_all_triggers():
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        for table, trigger in TRIGGERS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        # A table with checks that wait for the end of the transaction can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in TRIGGERS:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _may_leave_out_all_triggers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


@contextmanager
def _without_index(name: str) -> Iterator[None]:
    """An index over so many words is made faster at once than row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        (definition,) = cursor.fetchone()
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables that wait for checks stay as is
        cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(definition)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
