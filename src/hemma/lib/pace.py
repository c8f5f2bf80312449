"""How often somebody may try: counted in memory, since one process serves all pages.

Whoever asks is known by a digest of their address with a key of this process, which dies with it.
"""

import hashlib
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict, deque

MOST_KNOWN = 50_000
_KEY = secrets.token_bytes(16)


class Pace:
    """At most `most` tries within `within_s` seconds for each who asks."""

    def __init__(self, most: int, within_s: float) -> None:
        self._most, self._within_s = most, within_s
        self._tries: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, who: str) -> bool:
        """Whether `who` may try again; that they ask does not count."""
        with self._lock:
            return len(self._recent(_digest(who))) < self._most

    def note(self, who: str) -> None:
        """Count a try."""
        key = _digest(who)
        with self._lock:
            tries = self._recent(key)
            tries.append(time.monotonic())
            self._tries[key] = tries
            self._tries.move_to_end(key)
            while len(self._tries) > MOST_KNOWN:
                self._tries.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._tries.clear()

    def _recent(self, key: bytes) -> deque[float]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] < time.monotonic() - self._within_s:
            tries.popleft()
        return tries


def place_of(address: str) -> str:
    """The network that counts as one: an IPv4 address, or a home's whole IPv6 prefix (/64)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _digest(who: str) -> bytes:
    return hashlib.blake2b(who.encode(), key=_KEY, digest_size=16).digest()
