"""Words as a search compares them: small, without marks, alike however å ä ö ø æ ñ are typed."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 64
# Letters that no decomposition splits, or that neighbours write otherwise (ä and æ, ö and ø).
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})
# How the same letters are typed where the keyboard lacks them.
_PAIRS = re.compile(r"aa|ae|oe")
_ONE = {"aa": "a", "ae": "a", "oe": "o"}
_WORD = re.compile(r"[a-z0-9]+(?:[-'’][a-z0-9]+)*")


def fold(text: str) -> str:
    """`text` small and without marks: Ändringsförfrågan → andringsforfragan, Señor → senor."""
    small = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(char for char in small if not unicodedata.combining(char))
    return _PAIRS.sub(lambda found: _ONE[found[0]], plain)


def words_of(text: str) -> Iterator[str]:
    """Every folded word; one with a hyphen in parts and joined as well."""
    for found in _WORD.finditer(fold(text)):
        parts = re.split(r"[-'’]", found[0])
        yield from (part[:LONGEST] for part in parts)
        if len(parts) > 1:
            yield "".join(parts)[:LONGEST]


def near(word: str) -> list[str]:
    """The word itself and with each one letter left out: two words one slip apart share one."""
    if not 4 <= len(word) <= 20 or word.isdigit():
        return []
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def slips(one: str, other: str, most: int) -> int:
    """Letters added, lost, changed or swapped with the next between two words, up to `most` + 1.

    The optimal string alignment distance (Damerau-Levenshtein without moves over a gap).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
