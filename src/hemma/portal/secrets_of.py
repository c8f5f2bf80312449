"""Codes that nobody can guess: the one to a case's page, and the one inside a form.

Both are signed with keys of this installation, compared in constant time, and kept nowhere.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from hemma.lib import sealing

CODE_BYTES = 12  # 96 bits
LEAST = timedelta(seconds=3)
MOST = timedelta(hours=12)


def code_of(number: int) -> str:
    """The tracking code of the case with this number: 20 letters and digits."""
    found = hmac.new(sealing.derive("portal.case"), b"%d" % number, hashlib.sha256).digest()
    return base64.b32encode(found[:CODE_BYTES]).decode().rstrip("=").lower()


def fits(number: int, code: str) -> bool:
    """Whether `code` opens the case; spaces, hyphens and capitals do not matter."""
    typed = "".join(code.split()).replace("-", "").lower()
    return hmac.compare_digest(typed.encode(), code_of(number).encode())


def stamp(at: datetime) -> str:
    """When a form was shown, signed."""
    seconds = str(int(at.timestamp()))
    return f"{seconds}.{_mark(seconds)}"


def was_filled_in(stamped: str, now: datetime) -> bool:
    """Whether a form was shown long enough ago for a person to have written, and not too long."""
    seconds, _dot, mark = stamped.partition(".")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        return False
    if not hmac.compare_digest(mark.encode(), _mark(seconds).encode()):
        return False
    age = now.timestamp() - int(seconds)
    return LEAST.total_seconds() <= age <= MOST.total_seconds()


def _mark(seconds: str) -> str:
    key = sealing.derive("portal.form")
    return hmac.new(key, seconds.encode(), hashlib.sha256).hexdigest()[:32]
