"""Where the customer's own words end and the quoted mail begins.

Line by line and in linear time: general reply parsers work with regular expressions over the whole
text, and a hostile mail of a few kilobytes keeps them busy for minutes. When in doubt nothing is
cut, and what is cut is returned too.
"""

import re

# The words that mail programs write in Swedish, Norwegian, Danish, Finnish, English, Spanish,
# German, French and Dutch.
WROTE = re.compile(
    r"\b(?:wrote|skrev|schrieb|kirjoitti|escribi[óo]|a écrit|schreef)\b.{0,150}:$", re.IGNORECASE
)
MARKED_TIME = re.compile(r"\b\d{4}\b|\b\d{1,2}[:.]\d{2}\b|@")
WROTE_START = re.compile(
    r"(?:On|Den|Am|El|Le|Op|(?:m[aå]n|ti[rs]?|on|ons|to|tors?|fre|pe|l[aøö]r?|la|s[uøö]n?|su|ma)\w*\.?)"
    r"[\s,]",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"-{2,}\s*(?:Original Message|Original Appointment|Ursprungligt meddelande|Originalmeddelande"
    r"|Opprinnelig melding|Oprindelig meddelelse|Alkuperäinen viesti|Ursprüngliche Nachricht"
    r"|Mensaje original|Message d'origine|Oorspronkelijk bericht)\s*-{2,}",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_—]{20,}$")
FROM = re.compile(r"(?:From|Från|Fra|Von|De|Lähettäjä|Van)\s?:\s?\S", re.IGNORECASE)
OTHER_FIELD = re.compile(
    r"(?:Sent|Date|To|Cc|Subject|Skickat|Datum|Till|Kopia|Ämne|Sendt|Dato|Til|Kopi|Emne"
    r"|Lähetetty|Päivämäärä|Vastaanottaja|Kopio|Aihe|Gesendet|An|Betreff|Enviado(?: el)?|Fecha"
    r"|Para|Asunto|Envoyé|À|Objet|Verzonden|Aan|Onderwerp)\s?:",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"--\s*$")
DEVICE = re.compile(
    r"[(<*\[]{0,3}\s?(?:Sent (?:from|via|with|by|on)\b|Get \[?Outlook|Skickat (?:från|via|med)\b"
    r"|Hämta Outlook|Sendt (?:fra|via|med)\b|(?:Hent|Få) Outlook|Lähetetty \w|Hanki Outlook"
    r"|Enviado (?:desde|con)\b|Obtener Outlook|Gesendet (?:von|mit|aus)\b|Outlook für"
    r"|Von meine[mr]\b.{1,60}gesendet|Diese Nachricht wurde von\b|Envoyé (?:de|depuis)\b"
    r"|Verzonden (?:met|vanaf)\b|從我的|(?:\w{1,20} )?from (?:my )?(?:mobile|i?phone|ipad)\b)",
    re.IGNORECASE,
)
FORWARDED_SUBJECT = re.compile(r"(?:fwd?|vb|wg|rv|vl|tr)\s?:", re.IGNORECASE)
LONGEST_LINE = 300


def split(text: str, subject: str = "") -> tuple[str, str]:
    """(new, quoted): the parts of `text` around the cut, white space at the seam removed."""
    lines = text.split("\n")
    forwarded = bool(FORWARDED_SUBJECT.match(subject))
    cut = _quote_start(lines, forwarded)
    cut = _before_device_signature(lines, cut)
    new, quoted = "\n".join(lines[:cut]).strip(), "\n".join(lines[cut:]).strip("\n")
    # A mail that is nothing but a quote, or a forwarded one without a word: show it all.
    return (new, quoted.rstrip()) if new else (text.strip(), "")


def _quote_start(lines: list[str], forwarded: bool) -> int:
    bare = [line.strip(" \t*\xa0\u200b") for line in lines]
    first = next((number for number, line in enumerate(bare) if line), 0)
    for number in range(first + 1, len(bare)):
        if not bare[number]:
            continue
        if _introduces(bare, number) and _only_quote_follows(bare, number):
            return number
        if not forwarded and _starts_header_block(bare, number):
            return number
    return _trailing_quote(bare)


def _introduces(bare: list[str], number: int) -> bool:
    """'On … Kim wrote:', on one line or broken over up to three."""
    if ORIGINAL.match(bare[number]):
        return True
    joined = ""
    for count, line in enumerate(bare[number : number + 3]):
        joined = f"{joined} {line}".strip()
        if not line or len(joined) > LONGEST_LINE:
            return False
        if count and not WROTE_START.match(joined):
            return False
        if line.endswith(":") and WROTE.search(joined):
            following = next((x for x in bare[number + count + 1 : number + count + 6] if x), "")
            return bool(MARKED_TIME.search(joined)) or following.startswith(">")
    return False


def _only_quote_follows(bare: list[str], number: int) -> bool:
    """False when the customer answers below or between the quoted lines: then nothing is cut."""
    quoted = False
    after_introduction = number + 1
    while after_introduction < len(bare) and not bare[after_introduction - 1].endswith((":", "-")):
        after_introduction += 1
    for line in bare[after_introduction:]:
        if line.startswith(">"):
            quoted = True
        elif SIGNATURE.match(line) or DEVICE.match(line):
            return True
        elif line and quoted:
            return False
        elif line:
            return True  # not marked line by line: nobody can tell, and programs put it last
    return True


def _starts_header_block(bare: list[str], number: int) -> bool:
    """Outlook's 'From: Sent: To: Subject:', with or without a rule above it."""
    start = number
    if RULE.match(bare[number]):
        start = next((n for n in range(number + 1, len(bare)) if bare[n]), number)
        if start > number + 3:
            return False
    if not FROM.match(bare[start]):
        return False
    fields = [line for line in bare[start + 1 : start + 9] if OTHER_FIELD.match(line)]
    return len(fields) >= 2


def _trailing_quote(bare: list[str]) -> int:
    """The first line of a block of '>' lines that ends the text, or the number of lines."""
    cut = len(bare)
    for number in range(len(bare) - 1, -1, -1):
        if bare[number].startswith(">"):
            cut = number
        elif bare[number]:
            break
    return cut


def _before_device_signature(lines: list[str], cut: int) -> int:
    """Move the cut above 'Sent from my phone', which is not the customer's word either."""
    result = cut
    for number in range(cut - 1, 0, -1):
        line = lines[number].strip()
        if line and (len(line) > 120 or not DEVICE.match(line)):
            break
        if line:
            result = number
    return result
