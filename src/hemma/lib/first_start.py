"""The one address at which an installation that nobody has entered yet can be entered.

Whoever started Hemma is told it at the terminal. It is made from the installation's secret, so it
is the same at every start and cannot be guessed; once somebody is here it opens nothing.
"""

import hashlib
import hmac

PATH = "set-up/first"


def key_of(secret: str) -> str:
    """The key in the address, 128 bits as text, for an installation with this secret."""
    digest = hmac.new(secret.encode(), b"hemma first start", hashlib.sha256)
    return digest.hexdigest()[:32]
