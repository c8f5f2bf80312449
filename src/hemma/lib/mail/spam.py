"""How likely a mail is spam: the mail server's own verdict, and words people have sorted before.

Naive Bayes over the words of a mail (Graham, "A plan for spam", 2002; Robinson's weighting), with
counts learned from this installation's own decisions. Nothing is asked of anybody outside.
"""

import math
import re
from collections.abc import Mapping
from email.message import Message

from hemma.lib.mail.incoming import IncomingMail

WORD = re.compile(r"[^\W_][\w'.-]{1,38}[^\W_]")
LINK_HOST = re.compile(r"https?://([\w.-]{3,60})", re.IGNORECASE)
MOST_WORDS = 400
TELLING = 25
# Before this many of each were sorted by people, words decide nothing.
LEAST_LEARNED = 10
# How much a word is believed that was seen once (Robinson's s) and what is assumed of it (x).
STRENGTH, ASSUMED = 1.0, 0.4
SAYS_YES = re.compile(r"\s*yes\b", re.IGNORECASE)

Counts = Mapping[str, tuple[int, int]]
"""Word → (in how many spam mails, in how many wanted ones); '' counts the mails themselves."""


def server_says_spam(message: Message) -> bool:
    """Whether the receiving server's own filter marked the mail (SpamAssassin, rspamd, Exchange)."""
    if SAYS_YES.match(str(message.get("x-spam-flag") or "")):
        return True
    if SAYS_YES.match(str(message.get("x-spam-status") or "")):
        return True
    if SAYS_YES.match(str(message.get("x-spam") or "")):
        return True
    return "SFV:SPM" in str(message.get("x-forefront-antispam-report") or "")


def words_of(mail: IncomingMail) -> frozenset[str]:
    """The words by which a mail is known: text, subject, the sender's domain, linked hosts."""
    found = {f"s:{word.lower()}" for word in WORD.findall(mail.subject)}
    if mail.from_:
        found.add(f"from:{mail.from_.address.rpartition('@')[2].lower()}")
    found |= {f"link:{host.lower()}" for host in LINK_HOST.findall(mail.html or mail.text)}
    for word in WORD.findall(mail.new_text)[: MOST_WORDS * 4]:
        if len(found) >= MOST_WORDS:
            break
        found.add(word.lower())
    return frozenset(word[:40] for word in found)


def probability(words: frozenset[str], counts: Counts) -> float:
    """0 to 1; 0.0 while too little has been learned."""
    spams, hams = counts.get("", (0, 0))
    if spams < LEAST_LEARNED or hams < LEAST_LEARNED:
        return 0.0
    chances = (_chance(counts[word], spams, hams) for word in words if word and word in counts)
    telling = sorted(chances, key=lambda p: -abs(p - 0.5))[:TELLING]
    if not telling:
        return 0.0
    against = sum(math.log(1 - p) for p in telling)
    spam = sum(math.log(p) for p in telling)
    return 1 / (1 + math.exp(max(-700.0, min(700.0, against - spam))))


def _chance(seen: tuple[int, int], spams: int, hams: int) -> float:
    in_spam, in_ham = seen[0] / spams, seen[1] / hams
    raw = in_spam / (in_spam + in_ham) if in_spam + in_ham else ASSUMED
    times = seen[0] + seen[1]
    return min(0.99, max(0.01, (STRENGTH * ASSUMED + times * raw) / (STRENGTH + times)))
