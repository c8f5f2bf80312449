"""Which language a short text is in, told on this machine.

py3langid (character n-grams, a model of 5 MB inside the package) knows the languages; where two
Scandinavian ones are close, the little words that only one of them has decide. The model is loaded
at the first question: ask from the mail process or a worker, never from the pages' process.
"""

import re
from functools import cache
from typing import Any

# py3langid's names for the languages we tell apart. Norwegian in either form counts as Norwegian.
KNOWN = {
    "sv": "sv", "no": "nb", "nn": "nb", "da": "da", "fi": "fi", "en": "en", "es": "es", "de": "de",
}  # fmt: skip
# Frequent words that stand in one of the three and not, spelled so, in the others.
ONLY = {
    "sv": "och är inte jag för från någon något hur också över efter mycket vad ni er min behöver"
    " skulle vill när där nu mig dig sig tack hej vänligen fått gått måste gör åt blev ännu varför",
    "nb": "av jeg hvordan noen noe etter mye hva meg deg seg nå fikk gått må hvorfor ble vært bare"
    " uten tilbake skulle hei fra ikke dere vennligst gjør hvis ennå også gjennom"
    " sammen fått språk opp ut blir igjen når gjerne gikk deres takk kjøpt kjøpte regning lenger"
    " hjelp hjelpe kanskje vite",
    "da": "af jeg hvordan nogen noget efter meget hvad mig dig sig nu fik gået hvorfor blev været"
    " uden tilbage hej fra ikke venligst gør hvis endnu også igennem"
    " sammen fået sprog kun tak op ud bliver igen hvornår gerne gik jer jeres købt købte længere"
    " hjælp hjælpe måske vide nogle",
}
# Danish spells no word with a double consonant last; diphthongs are ej, øj there and ei, øy in
# Norwegian.
SPELLED = {
    "nb": re.compile(r"\w(?:ei|øy)|\w(?:kk|tt|ll|nn)$"),
    "sv": re.compile(r"\w(?:kk|tt|ll|nn)$"),
    "da": re.compile(r"\w(?:ej|øj)"),
}
SPELLED_WEIGHT = 2.0
LETTERS = {"sv": "äö", "nb": "æø", "da": "æø"}
WORD = re.compile(r"[^\W\d_]+")
# Log-likelihood that one telling word adds, and one telling letter's absence or presence.
WEIGHT = 4.0
LETTER_WEIGHT = 6.0
LONGEST = 4000
LINK = re.compile(r"\S*(?:://|www\.|@)\S*")


def detect(text: str) -> str:
    """'sv', 'nb', 'da', 'fi', 'en', 'es' or 'de'; '' when there are no words to judge by."""
    words = LINK.sub(" ", text[:LONGEST])
    found = [word.lower() for word in WORD.findall(words)]
    if sum(map(len, found)) < 4:
        return ""
    scores: dict[str, float] = {}
    for name, score in _model()(" ".join(words.split())):
        code = KNOWN.get(name)
        if code:
            scores[code] = max(float(score), scores.get(code, float("-inf")))
    for code, more in _scandinavian(found).items():
        scores[code] = scores.get(code, float("-inf")) + more
    return max(scores, key=scores.__getitem__)


def _scandinavian(words: list[str]) -> dict[str, float]:
    """What telling words and letters add to each of the three."""
    letters = set("".join(words))
    added = {}
    for code, only in _only().items():
        telling = sum(word in only for word in words)
        foreign = {"ä", "ö", "æ", "ø"} - set(LETTERS[code])
        spelled = any(SPELLED[code].search(word) for word in words)
        added[code] = WEIGHT * telling + SPELLED_WEIGHT * spelled
        added[code] -= LETTER_WEIGHT * bool(letters & foreign)
    least = min(added.values())
    return {code: more - least for code, more in added.items()}


@cache
def _only() -> dict[str, frozenset[str]]:
    sets = {code: frozenset(text.split()) for code, text in ONLY.items()}
    return {
        code: words - frozenset().union(*(s for c, s in sets.items() if c != code))
        for code, words in sets.items()
    }


@cache
def _model() -> Any:
    import py3langid

    py3langid.set_languages(list(KNOWN))
    return py3langid.rank
