"""What a word that is asked for may mean among the words of all cases: itself, bent, inside a
compound, misspelt, or in two parts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from hemma.lib.folding import near, slips

STEMMERS = ("swedish_stem", "norwegian_stem", "english_stem", "spanish_stem")
MOST_WORDS = 150  # of the vocabulary, for one word asked for
LIKE, FAR = "0.42", "0.25"  # trigrams that a misspelt word must share, and at the very least
_ENDING = 3  # letters that bending adds, at most

# How sure a meaning is: the lower, the earlier its cases come.
SAME, BENT, INSIDE, SLIP, SLIP_INSIDE, KIN, PARTS = range(7)

type Reading = dict[str, int]
"""Word of the vocabulary, or two with `&` between → how sure it is meant."""

_STEMS = " || ".join(f"coalesce(ts_lexize('{name}', w), '{{}}')" for name in STEMMERS)
_SCANS = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")
_SHARED = f"""
(SELECT word, stems, {SAME} FROM desk_word WHERE word = ANY(%(words)s))
UNION ALL (SELECT word, stems, {BENT} FROM desk_word WHERE stems && %(stems)s::varchar[]
  LIMIT %(most)s)
UNION ALL (SELECT word, stems, {INSIDE} FROM desk_word WHERE word LIKE ANY(%(likes)s)
  ORDER BY length(word) LIMIT %(most)s)
UNION ALL (SELECT word, stems, {KIN} FROM desk_word WHERE word LIKE %(kin)s
  ORDER BY length(word) LIMIT %(most)s)
"""  # noqa: S608 - numbers of our own
_SLIPPED = """
(SELECT word FROM desk_word WHERE near && %(near)s::varchar[] LIMIT 400)
UNION (SELECT word FROM desk_word WHERE %(term)s <%% word
  ORDER BY word_similarity(%(term)s, word) DESC LIMIT 200)
"""


def stems_of(words: Sequence[str]) -> dict[str, list[str]]:
    """Each word's stems in the languages that we search in."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w, ARRAY(SELECT DISTINCT unnest({_STEMS})) FROM unnest(%s::text[]) w",  # noqa: S608 - names of our own
            [list(words)],
        )
        return dict(cursor.fetchall())


def readings_of(terms: Sequence[str]) -> list[Reading]:
    """What each of the folded `terms` may mean. Call it within a transaction."""
    stems = stems_of(terms)
    # PostgreSQL takes overlaps of arrays and likeness of words for a hundred times as frequent as
    # they are here, and would read the whole vocabulary.
    _set({"pg_trgm.word_similarity_threshold": LIKE, **dict.fromkeys(_SCANS, "off")})
    found = [_reading(term, stems.get(term, [])) for term in terms]
    _set(dict.fromkeys(_SCANS, "on"))
    return found


def _set(values: dict[str, str]) -> None:
    asked = ", ".join("set_config(%s, %s, true)" for _name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [one for pair in values.items() for one in pair])


def _reading(term: str, stems: list[str]) -> Reading:
    halves = [(term[:at], term[at:]) for at in range(2, len(term) - 1)]
    # Far kin begin alike: reklamera, reklamation; bredbandsavbrott, bredbandet.
    begins = term[: max(5, -(-len(term) // 2))]
    rows = _rows(
        _SHARED,
        words=[term, *{half for pair in halves for half in pair}],
        stems=[term, *stems],
        likes=list(_likes(term, stems)),
        kin=f"{begins}%" if len(term) > len(begins) else term,
        most=MOST_WORDS,
    )
    known = {word for word, _stems, how in rows if how == SAME}
    found: Reading = {}
    for word, word_stems, how in rows:
        if how != SAME or word == term:
            _put(found, word, _how_sure(term, stems, word, word_stems))
    if not term.isdigit():
        for word, sure in _slipped(term, found):
            _put(found, word, sure)
    for first, second in halves:
        if first in known and second in known and len(term) > 4:
            _put(found, f"{first} & {second}", PARTS)
    surest = sorted(found, key=lambda word: (found[word], len(word)))
    return {word: found[word] for word in surest[: 2 * MOST_WORDS]}


def _rows(query: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _put(found: Reading, word: str, sure: int) -> None:
    found[word] = min(sure, found.get(word, sure))


def _likes(term: str, stems: Iterable[str]) -> Iterator[str]:
    """Where the term may stand in a compound: anywhere; a short one only at either end."""
    if len(term) < 4:
        yield f"{term}%"
        if len(term) == 3:
            yield f"%{term}"
        return
    yield f"%{term}%"
    for stem in stems:
        if len(stem) >= 4 and stem not in term[1:] and not term.startswith(stem):
            yield f"%{stem}%"
    shortest = min((stem for stem in stems if len(stem) >= 4), key=len, default=term)
    if len(shortest) < len(term):
        yield f"%{shortest}%"


def _how_sure(term: str, stems: list[str], word: str, word_stems: list[str]) -> int:
    """How a word of the vocabulary that shares letters with the term stands to it."""
    if word == term:
        return SAME
    if set(stems) & set(word_stems):
        return BENT
    if term in word:
        ending = word.removeprefix(term)
        bends = len(term) > 3 and len(ending) <= _ENDING and ending.isalpha()
        return BENT if bends else INSIDE
    # A compound that is bent itself: adressändringen by ändring.
    if any(len(stem) >= 4 and own.endswith(stem) for stem in stems for own in word_stems):
        return INSIDE
    return KIN


def _slipped(term: str, found: Reading) -> Iterator[tuple[str, int]]:
    """Words within a slip or two, whole or at an end of a compound."""
    near_terms = near(term)
    if not near_terms:
        return
    rows = _rows(_SLIPPED, near=near_terms, term=term)
    slipped = list(_meant(term, rows, found))
    if not slipped and not any(sure < KIN for sure in found.values()):
        _set({"pg_trgm.word_similarity_threshold": FAR})
        slipped = list(_meant(term, _rows(_SLIPPED, near=near_terms, term=term), found))
        _set({"pg_trgm.word_similarity_threshold": LIKE})
    yield from slipped


def _meant(term: str, rows: list[Any], found: Reading) -> Iterator[tuple[str, int]]:
    most = 1 if len(term) < 7 else 2 if len(term) < 12 else 3
    for (word,) in rows:
        if found.get(word, KIN) < KIN:
            continue
        if slips(term, word, most) <= most:
            yield word, SLIP
        elif len(term) >= 5 and any(slips(term, end, most) <= most for end in _ends(term, word)):
            yield word, SLIP_INSIDE


def _ends(term: str, word: str) -> Iterator[str]:
    for more in (0, -1, 1):
        size = len(term) + more
        if size < len(word):
            yield word[:size]
            yield word[-size:]
