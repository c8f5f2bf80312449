"""Payment card numbers, which must never be kept: found by their check digit and masked."""

import re

# 13 to 19 digits, alone or in groups, as people and mail programs write them.
_DIGITS = re.compile(r"(?<![\w.,+])\d(?:[ \t\u00a0\u202f.\-–/]?\d){12,18}(?!\w)")
_STARTS = ("2", "3", "4", "5", "6", "9")  # networks' first digits; OCR and account numbers vary
KEPT = 4


def mask(text: str) -> str:
    """`text` with all but the last four digits of every card number replaced by dots."""
    return _DIGITS.sub(_masked, text) if any(char.isdigit() for char in text) else text


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    if digits[0] not in _STARTS or len(set(digits)) < 2 or not passes_luhn(digits):
        return match[0]
    return f"•••• {digits[-KEPT:]}"
