"""Making cases findable: the words of those that have changed, soon after they have."""

from django.db import connection, transaction

from hemma.desk.models import Case, StaleCase, Word
from hemma.desk.queries.search import words_of_case
from hemma.desk.queries.vocabulary import stems_of
from hemma.lib.folding import near
from hemma.people.system import SYSTEM, System

A_BATCH = 200


def make_findable(*, actor: System = SYSTEM) -> int:
    """Renew the words of every case that has changed; returns how many. Safe in any number."""
    done = 0
    while batch := _renew_some(actor):
        done += batch
    return done


@transaction.atomic
def _renew_some(actor: System) -> int:
    stale = StaleCase.objects.select_for_update(skip_locked=True).order_by("case_id")
    ids = list(stale.values_list("case_id", flat=True)[:A_BATCH])
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
