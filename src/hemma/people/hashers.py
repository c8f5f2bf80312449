"""How passwords are hashed: argon2id, as dear as it has to be, and never so many at once that
pages wait behind those who sign in."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

# A whole shift signs in within a few minutes, and each hash holds its memory and a core.
AT_ONCE = 2
_turn = threading.BoundedSemaphore(AT_ONCE)


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass and one lane.

    These are the parameters that OWASP's Password Storage Cheat Sheet names first; Django's own
    take twice the memory and four times the processor. A hash made with others still opens, and
    is made anew when its person signs in.
    """

    time_cost = 1
    memory_cost = 47104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash of `password`, once it is its turn."""
        with _turn:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether `password` is the one, once it is its turn."""
        with _turn:
            return super().verify(password, encoded)
