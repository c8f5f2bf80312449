"""Secrets at rest: sealed with a key derived from the installation's own secret.

Whoever has only the database can read no mailbox password; whoever loses the secret key has to
type the passwords in again.
"""

import base64
import hmac
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(ValueError):  # what it is, not that it is one
    """Sealed by another secret key, or not sealed at all."""


def derive(purpose: str) -> bytes:
    """32 bytes for one purpose, always the same for this installation (HMAC-SHA256)."""
    return hmac.new(settings.SECRET_KEY.encode(), f"hemma.{purpose}".encode(), sha256).digest()


def seal(text: str) -> bytes:
    """`text` so that only this installation can read it; an empty text stays empty."""
    return _box().encrypt(text.encode()) if text else b""


def unseal(sealed: bytes | memoryview) -> str:
    """What was sealed. Raises Unreadable when the secret key is another one."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(bytes(sealed)).decode()
    except InvalidToken as failure:
        raise Unreadable("sealed with another secret key") from failure


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive("sealing")))
