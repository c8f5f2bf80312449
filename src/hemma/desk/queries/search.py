"""Finding cases by what is written in them, also misspelt, bent or inside a compound.

A query's words are looked up in the vocabulary of all cases first (`vocabulary`): as they are,
bent, inside compounds, a slip or two away, in two parts. Only then are cases looked for, by the
vocabulary's words, from the surest meaning to the loosest; within one those with a rare word come
before those with a frequent one, and the newest first among equals.
"""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from hemma.desk.models import Case, Message, Origin, StaleCase
from hemma.desk.queries.scope import cases_of, queue_ids_of
from hemma.desk.queries.vocabulary import PARTS, SLIP_INSIDE, Reading, readings_of
from hemma.lib.folding import fold, words_of
from hemma.people.models import Person
from hemma.people.visibility import Asker, reads

MOST = 300  # hits worth looking through
ENOUGH = 60
AT_LEAST = 20
MOST_TERMS = 8
MOST_FRESH = 50
NUMBER = re.compile(r"(?:h-?)?(\d{1,9})", re.IGNORECASE)


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
        readings = readings_of(terms)
        for level in _levels(readings):
            # Narrowed at once: a looser reading is asked for only while too little is left.
            if len(found) >= ENOUGH:
                break
            new = [pk for pk in _cases(level, queues, most) if pk not in seen]
            seen.update(new)
            found.update(dict.fromkeys(_kept(narrowed, new)))
        if len(found) < AT_LEAST and len(readings) > 1:
            found.update(dict.fromkeys(_kept(narrowed, _any_of(readings, queues, most))))
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


def _terms(text: str) -> list[str]:
    """What is asked for: one letter alone says nothing beside other words."""
    words = [word for found in fold(text).split() for word in words_of(found)]
    long = [word for word in dict.fromkeys(words) if len(word) > 1]
    return (long or words)[:MOST_TERMS]


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


def _levels(readings: list[Reading]) -> list[list[list[str]]]:
    """From the surest to the loosest: the vocabulary's words for each word asked for.

    Of one word alone a level holds what the ones before did not.
    """
    found: list[list[list[str]]] = []
    for level in range(PARTS + 1):
        alone = len(readings) == 1
        words = [
            [word for word, sure in one.items() if sure == level or (sure < level and not alone)]
            for one in readings
        ]
        if words and all(words) and words not in found:
            found.append(words)
    return found


def _cases(words: list[list[str]], queues: list[int] | None, most: int) -> list[int]:
    """Cases with one of each list of words."""
    if len(words) > 1 or len(words[0]) == 1:
        return _newest(_all_of(words), queues, most)
    frequent = _frequent(words[0])
    rare = [word for word in words[0] if word not in frequent]
    found = dict.fromkeys(_rarest(rare, queues, most)) if rare else {}
    if frequent and len(found) < most:
        found.update(dict.fromkeys(_newest(_one_of(frequent), queues, most)))
    return list(found)


def _all_of(words: list[list[str]]) -> str:
    return " & ".join(f"({_one_of(group)})" for group in words)


def _one_of(words: Iterable[str]) -> str:
    return " | ".join(f"({word})" if "&" in word else word for word in words)


def _frequent(words: list[str]) -> list[str]:
    """Those that stand in many cases, as PostgreSQL has counted them for its planner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM pg_stats, unnest(most_common_elems::text::text[]) word"
            " WHERE schemaname = current_schema() AND tablename = 'desk_casewords'"
            " AND attname = 'words' AND word = ANY(%s)",
            [words],
        )
        return [word for (word,) in cursor.fetchall()]


def _newest(query: str, queues: list[int] | None, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM desk_casewords WHERE words @@ %s::tsquery"
            " AND (%s::bigint[] IS NULL OR queue_id = ANY(%s)) ORDER BY opened_at DESC LIMIT %s",
            [query, queues, queues, most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _rarest(words: list[str], queues: list[int] | None, most: int) -> list[int]:
    """Cases with any of the words, those whose word hardly any other has first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM (SELECT case_id, opened_at, length(count(*) OVER"
            " (PARTITION BY word)::text) AS digits FROM unnest(%s::text[]) word, LATERAL"
            " (SELECT case_id, opened_at FROM desk_casewords WHERE words @@ word::tsquery"
            " AND (%s::bigint[] IS NULL OR queue_id = ANY(%s)) ORDER BY opened_at DESC LIMIT %s) c"
            ") hit GROUP BY case_id, opened_at ORDER BY min(digits), opened_at DESC LIMIT %s",
            [words, queues, queues, most, most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _any_of(readings: list[Reading], queues: list[int] | None, most: int) -> list[int]:
    """Cases with some of the words asked for, those with the most and the rarest first."""
    groups = [[w for w, sure in one.items() if sure <= SLIP_INSIDE] for one in readings]
    weight: dict[int, float] = {}
    place: dict[int, int] = {}
    for words in filter(None, groups):
        hits = _newest(_one_of(words), queues, MOST)
        for at, pk in enumerate(hits):
            # Thousands have a frequent word: that one of them is here says little.
            weight[pk] = weight.get(pk, 0.0) + 1.0 + 1.0 / len(hits)
            place[pk] = min(at, place.get(pk, at))
    return sorted(weight, key=lambda pk: (-weight[pk], place[pk]))[:most]
