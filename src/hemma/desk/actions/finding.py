"""Making cases findable: the words of those that have changed, soon after they have."""

from django.db import connection, transaction

from hemma.desk.models import Case, StaleCase, Word
from hemma.desk.queries.search import words_of_case
from hemma.desk.queries.vocabulary import stems_of
from hemma.lib.folding import near
from hemma.people.system import SYSTEM, System

A_BATCH = 200
# A case that somebody changes just now comes at the next turn: they would wait for its mark and this
# for the case, and one of the two would lose what they did.
TAKE = """
SELECT s.case_id FROM desk_stalecase s JOIN desk_case c ON c.id = s.case_id ORDER BY s.case_id
LIMIT %s FOR UPDATE OF s SKIP LOCKED FOR KEY SHARE OF c SKIP LOCKED
"""
SWEEP = """
DELETE FROM desk_stalecase s WHERE NOT EXISTS (SELECT FROM desk_case c WHERE c.id = s.case_id)
"""


def make_findable(*, actor: System = SYSTEM) -> int:
    """Renew the words of every case that has changed; returns how many. Safe in any number."""
    done = 0
    while batch := _renew_some(actor):
        done += batch
    return done


@transaction.atomic
def _renew_some(actor: System) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [A_BATCH])
        ids = [case for (case,) in cursor.fetchall()]
        if not ids:  # marks of cases that are no more
            cursor.execute(SWEEP)
            return 0
    # Gone before they are read: what changes meanwhile is marked anew.
    StaleCase.objects.filter(case_id__in=ids).delete()
    cases = Case.objects.filter(pk__in=ids).select_related("customer")
    rows = [(case, words_of_case(actor, case)) for case in cases]
    learn({word for _case, words in rows for word in words})
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO desk_casewords (case_id, queue_id, opened_at, words)"
            " VALUES (%s, %s, %s, array_to_tsvector(%s)) ON CONFLICT (case_id) DO UPDATE"
            " SET queue_id = excluded.queue_id, words = excluded.words",
            [(case.pk, case.queue_id, case.opened_at, words) for case, words in rows],
        )
    return len(ids)


def learn(words: set[str]) -> None:
    """Add to the vocabulary what it does not hold yet; in order, so that two never block."""
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    new = sorted(words - known)
    stems = stems_of(new) if new else {}
    Word.objects.bulk_create(
        [Word(word=word, stems=stems[word], near=near(word)) for word in new],
        ignore_conflicts=True,
    )
