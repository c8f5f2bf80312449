"""Which language a short text is in, told on this machine.

py3langid (character n-grams, a model of 5 MB inside the package) knows the languages; where two
Scandinavian ones are close, the little words that only one of them has decide. The model is loaded
at the first question: ask from the mail process or a worker, never from the pages' process.
"""

import re
from functools import cache
from typing import Any

from hemma.lib import language_words

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
    " sammen fået sprog tak op ud bliver igen hvornår gerne gik jer jeres købt købte længere"
    " hjælp hjælpe måske vide nogle",
}
# Frequent words that Norwegian and Danish share and no neighbour spells so.
SHARED = """
    og jeg ikke til fra et hun hvem hvor hvis hvilken hvilke hvilket også eller være dette disse
    allerede ingen mangler skrev skriv venter betale betalt slette slettet rediger måtte både
    eksisterer savner sende
"""
# Danish spells no word with a double consonant last; diphthongs are ej, øj there and ei, øy in
# Norwegian.
SPELLED = {
    "nb": re.compile(r"\w(?:ei|øy)|\w(?:kk|tt|ll|nn)$"),
    "sv": re.compile(r"\w(?:kk|tt|ll|nn)$"),
    "da": re.compile(r"\w(?:ej|øj)"),
}
SPELLED_WEIGHT = 2.0
# How Norwegian and Danish spell what they share, word by word: hard and soft consonants (søke,
# søge), -sjon and -tion, -het and -hed, ut-, opp-, av- and ud-, op-, af-, and æ, which Norwegian
# writes before r almost alone.
WORD_SIGNS = {
    "nb": re.compile(
        r"sjon(?:en|er|ene)?s?$|.het(?:en|er|ene)?s?$|^opp\w\w|^ut[bdefglrstv]\w\w|^av[bghklstv]\w\w"
        r"|(?<!s)kj[eøæ]|gj[eøæ]|(?:kk|tt|ll|nn|pp|mm|ss|gg)$|\w(?:ei|øy)|[eiuyøåæ]k(?:e|er|es)$|øp"
        r"|[^n]ene$|sosial|prosess|aksept|lisens|sykkel|sentr|fiser|^sj[åo]k"
    ),
    "da": re.compile(
        r"[ts]ion(?:en|er|erne)?s?$|.hed(?:en|er|erne)?s?$|^op[dfghklmnrsv]\w|^ud[bdfghklmnrstv]\w"
        r"|^af[bfghklmsv]\w|^aft(?!en)\w|æ(?!r)|(?<!gj)(?<!stj)(?<!mod)erne$|\w\wede$|\w(?:ej|øj)"
        r"|[øuoæ]g(?:e|er|es|te?)$|øb|bt$|social|proces|accept|licens|cykel|centr|ficer|chok"
    ),
}
# "This page" has its article twice in Norwegian (denne siden), once in Danish (denne side).
_ENDS = r"(?=\s*[.,:;?!]|\s+(?:er|har|kan|vil|skal|må|i|på|og|til|for|som|med|når)\b|\s*$)"
PHRASE_SIGNS = {
    "nb": re.compile(r"\be-post|\bdenne\s+\w+(?:en|n|a)\b|\bdette\s+\w+et\b|\bdisse\s+\w+ene\b"),
    "da": re.compile(
        rf"\bdenne\s+\w+[^na\s]{_ENDS}|\bdette\s+\w+[^t\s]{_ENDS}|\bdisse\s+\w+[^e\s]{_ENDS}"
        r"|\w['’]er\b|\be-?mail"
    ),
}
SIGN_WEIGHT, OWN_WORD_WEIGHT = 3.0, 5.0
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
    _lean(scores, found, words.lower())
    return max(scores, key=scores.__getitem__)


def _lean(scores: dict[str, float], words: list[str], text: str) -> None:
    """Weigh Norwegian against Danish by how words are spelled; the better of both stays as it is.

    So a sign in a text of a third language changes nothing.
    """
    if "nb" not in scores or "da" not in scores:
        return
    own = {"nb": language_words.NB, "da": language_words.DA}
    signs = {
        code: OWN_WORD_WEIGHT * sum(word in own[code] for word in set(words))
        + SIGN_WEIGHT * sum(bool(sign.search(word)) for word in set(words))
        + SIGN_WEIGHT * len(PHRASE_SIGNS[code].findall(text))
        for code, sign in WORD_SIGNS.items()
    }
    best = max(scores["nb"], scores["da"])
    lead = scores["nb"] - scores["da"] + signs["nb"] - signs["da"]
    scores["nb"], scores["da"] = best + min(0.0, lead), best - max(0.0, lead)


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
    shared = frozenset(SHARED.split())
    return {
        code: (words - frozenset().union(*(s for c, s in sets.items() if c != code)))
        | (frozenset() if code == "sv" else shared)
        for code, words in sets.items()
    }


@cache
def _model() -> Any:
    import py3langid

    py3langid.set_languages(list(KNOWN))
    return py3langid.rank
