"""Finding cases by what is written in them, also misspelt, bent or inside a compound.

A query's words are looked up in the vocabulary of all cases first: as they are, by stem and
beginning, inside compounds, one or two slips away, as parts. Only then are cases looked for, by
the vocabulary's words, from the surest reading to the loosest, newest first within each.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from hemma.desk.models import Case, Message, Origin, StaleCase
from hemma.desk.queries.scope import cases_of, queue_ids_of
from hemma.lib.folding import fold, near, slips, words_of
from hemma.people.models import Person
from hemma.people.visibility import Asker, reads

MOST = 300  # hits worth looking through
ENOUGH = 60
MOST_TERMS = 8
MOST_FRESH = 50
MOST_WORDS = 150  # of the vocabulary, for one word asked for
NUMBER = re.compile(r"(?:h-?)?(\d{1,9})", re.IGNORECASE)
STEMMERS = ("swedish_stem", "norwegian_stem", "english_stem", "spanish_stem")

# How sure a reading is: the lower, the earlier its cases come.
SAME, BENT, INSIDE, SLIP, SLIP_INSIDE, PART = range(6)

type Reading = dict[str, int]
"""Word of the vocabulary → how sure it is meant."""

_STEMS = " || ".join(f"coalesce(ts_lexize('{name}', w), '{{}}')" for name in STEMMERS)
_EXPAND = f"""
SELECT word, {SAME} FROM desk_word WHERE word = %(term)s
UNION ALL SELECT * FROM (SELECT word, {BENT} FROM desk_word WHERE stems && %(stems)s::varchar[]
  LIMIT %(most)s) a
UNION ALL SELECT * FROM (SELECT word, CASE WHEN starts_with(word, %(root)s) THEN {BENT}
  ELSE {INSIDE} END FROM desk_word WHERE word LIKE %(like)s
  ORDER BY NOT starts_with(word, %(root)s), length(word) LIMIT %(most)s) b
UNION ALL SELECT * FROM (SELECT word, {SLIP} FROM desk_word WHERE near && %(near)s::varchar[]
  LIMIT 400) c
UNION ALL SELECT * FROM (SELECT word, {SLIP_INSIDE} FROM desk_word WHERE %(term)s <%% word
  AND length(%(term)s) >= 5 ORDER BY word_similarity(%(term)s, word) DESC LIMIT 300) d
UNION ALL SELECT * FROM (SELECT word, {PART} FROM desk_word WHERE word = ANY(%(parts)s)
  AND word <> %(term)s LIMIT 20) e
"""  # noqa: S608 - numbers of our own


@reads("desk.case")
def found_ids(asker: Asker, text: str, narrowed: QuerySet[Case] | None = None) -> list[int]:
    """Ids of cases that `text` finds among those of `asker`, the surest and newest first.

    `narrowed` keeps only hits among these cases. At most 300.
    """
    terms = _terms(text)
    number = NUMBER.fullmatch(text.strip())
    found: dict[int, None] = {}
    if number:
        own = cases_of(asker).filter(number=int(number[1])).values_list("pk", flat=True)
        found.update(dict.fromkeys(own))
    found.update(dict.fromkeys(_just_written(asker, terms)))
    found = dict.fromkeys(_kept(narrowed, found))
    queues = queue_ids_of(asker) if isinstance(asker, Person) else None
    most = MOST if narrowed is None else 10 * MOST
    seen = set(found)
    with transaction.atomic():
        readings = [_reading(term) for term in terms]
        for query in _queries(readings):
            # Narrowed at once: a looser reading is asked for only while too little is left.
            if len(found) >= ENOUGH:
                break
            new = [pk for pk in _cases(query, queues, most) if pk not in seen]
            seen.update(new)
            found.update(dict.fromkeys(_kept(narrowed, new)))
        if len(found) < 20 and len(readings) > 1:
            found.update(dict.fromkeys(_kept(narrowed, _any_of(readings, queues, MOST))))
    return list(found)[:MOST]


def _kept(narrowed: QuerySet[Case] | None, ids: Iterable[int]) -> list[int]:
    """Those of `ids` that are among the narrowed cases, in their order."""
    wanted = list(ids)
    if narrowed is None or not wanted:
        return wanted
    kept = set(narrowed.filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in kept]


@reads("desk.case")
def words_of_case(_asker: Asker, case: Case) -> list[str]:
    """The folded words that a case can be found by: subject, letters, notes, customer."""
    texts = [case.subject, case.customer.name, case.customer.email]
    texts += case.messages.values_list("text", flat=True)
    texts += case.notes.values_list("text", flat=True)
    texts += Origin.objects.filter(case=case).values_list("number", flat=True)
    texts += case.customer.addresses.values_list("value", flat=True)
    seen = dict.fromkeys(word for text in texts for word in words_of(text[:50_000]))
    return list(seen)[:3000]


def stems_of(words: Sequence[str]) -> dict[str, list[str]]:
    """Each word's stems in the languages that we search in."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w, ARRAY(SELECT DISTINCT unnest({_STEMS})) FROM unnest(%s::text[]) w",  # noqa: S608 - names of our own
            [list(words)],
        )
        return dict(cursor.fetchall())


def _terms(text: str) -> list[str]:
    """What is asked for: one letter alone says nothing beside other words."""
    words = [word for found in fold(text).split() for word in words_of(found)]
    long = [word for word in dict.fromkeys(words) if len(word) > 1]
    return (long or words)[:MOST_TERMS]


def _reading(term: str) -> Reading:
    stems = stems_of([term]).get(term, [])
    root = min([term, *(s for s in stems if len(s) >= max(4, len(term) - 4))], key=len)
    parts = [term[:at] for at in range(4, len(term) - 2)]
    parts += [term[at:] for at in range(3, len(term) - 3)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', '0.42', true)")
        values: dict[str, Any] = {
            "term": term,
            "stems": [term, *stems],
            "root": root,
            "like": f"%{root}%" if len(root) >= 4 else f"{term}%",
            "near": near(term) or [term],
            "parts": parts or [term],
            "most": MOST_WORDS,
        }
        cursor.execute(_EXPAND, values)
        rows = cursor.fetchall()
    reading: Reading = {}
    for word, level in rows:
        if (word not in reading or level < reading[word]) and _is_meant(term, word, level):
            reading[word] = level
    surest = sorted(reading, key=lambda word: (reading[word], len(word)))
    return {word: reading[word] for word in surest[: 2 * MOST_WORDS]}


def _is_meant(term: str, word: str, level: int) -> bool:
    most = 1 if len(term) < 7 else 2 if len(term) < 12 else 3
    if level == SLIP:
        return slips(term, word, most) <= most
    if level == SLIP_INSIDE:
        if slips(term, word, most) <= most:
            return True
        ends = [word[: len(term) + more] for more in (-1, 0, 1)]
        ends += [word[-(len(term) + more) :] for more in (-1, 0, 1)]
        return any(slips(term, end, most) <= most for end in ends)
    return True


def _just_written(asker: Asker, terms: list[str]) -> list[int]:
    """The newest cases whose words are not in the index yet, a moment after they were written."""
    texts = Message.objects.filter(case=OuterRef("pk")).order_by("-pk").values("text")[:1]
    stale = StaleCase.objects.order_by("-case_id").values("case_id")[:MOST_FRESH]
    rows = (
        cases_of(asker)
        .filter(pk__in=stale)
        .annotate(last=Subquery(texts))
        .order_by("-opened_at")
        .values_list("pk", "subject", "customer__name", "customer__email", "last")
    )
    folded = {pk: " ".join(words_of(" ".join(map(str, told)))) for pk, *told in rows}
    return [pk for pk, words in folded.items() if terms and all(one in words for one in terms)]


def _queries(readings: list[Reading]) -> list[str]:
    """tsqueries from the surest to the loosest, each word asked for in all of them."""
    found: list[str] = []
    for level in range(PART + 1):
        words = [[w for w, sure in reading.items() if sure <= level] for reading in readings]
        if not words or not all(words):
            continue
        query = " & ".join(f"({' | '.join(group)})" for group in words)
        if query not in found:
            found.append(query)
    return found


def _cases(query: str, queues: list[int] | None, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM desk_casewords WHERE words @@ %s::tsquery"
            " AND (%s::bigint[] IS NULL OR queue_id = ANY(%s)) ORDER BY opened_at DESC LIMIT %s",
            [query, queues, queues, most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _any_of(readings: list[Reading], queues: list[int] | None, most: int) -> list[int]:
    """Cases with some of the words, those with most of them first."""
    groups = [" | ".join(w for w, sure in one.items() if sure <= SLIP_INSIDE) for one in readings]
    groups = [group for group in groups if group]
    if not groups:
        return []
    counted = " + ".join("(words @@ %s::tsquery)::int" for _group in groups)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT case_id FROM (SELECT case_id, words, opened_at FROM desk_casewords"  # noqa: S608 - placeholders alone
            " WHERE words @@ %s::tsquery AND (%s::bigint[] IS NULL OR queue_id = ANY(%s))"
            f" ORDER BY opened_at DESC LIMIT 3000) newest ORDER BY {counted} DESC, opened_at DESC"
            " LIMIT %s",
            [" | ".join(groups), queues, queues, *groups, most],
        )
        return [pk for (pk,) in cursor.fetchall()]
