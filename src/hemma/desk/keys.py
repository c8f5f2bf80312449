"""The key that signs reply addresses and Message-IDs: who writes one and who reads it must agree."""

from hemma.lib import sealing


def mail_key() -> bytes:
    """32 bytes, always the same for this installation."""
    return sealing.derive("mail")
