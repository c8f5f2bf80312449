"""Requests that leave for addresses people have typed in: never into our own network.

The name is looked up once, every address that it has is judged, and the socket is opened to a
judged address itself. So a name that answers differently the next time changes nothing.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_BYTES = 64 * 1024
_WRAPPED = ("64:ff9b::/96", "2002::/16", "2001::/32")  # IPv6 that carries an IPv4 address inside


class Refused(Exception):
    """We do not send there: the address is bad, or lies inside a network of one's own."""


class Unreachable(OSError):
    """Nobody answered, or not in words that we understand; try again later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the beginning of the body."""

    status: int
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in ipaddress.ip_network(one) for one in _WRAPPED):
            return False
    return found.is_global and not found.is_multicast


def check_url(url: str) -> None:
    """Raises Refused for what can never be sent to: no https, no name, a name inside."""
    if not _parts(url)[0]:
        raise Refused("there is no name")


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout_s: float = 10.0,
    networks: Sequence[str] = (),
) -> Answer:
    """POST `body`: see `ask`."""
    return ask("POST", url, body, headers, timeout_s=timeout_s, networks=networks)


def ask(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout_s: float = 10.0,
    networks: Sequence[str] = (),
) -> Answer:
    """Send `body` by `method`; redirects are not followed. `networks`: own ones that may be reached
    (CIDR).

    Raises Refused or Unreachable. Plain http is for `networks` alone.
    """
    host, port, path, is_safe = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as failure:
        raise Unreachable(f"{host} is not known") from failure
    addresses = [str(one[4][0]) for one in found]
    own = [ipaddress.ip_network(one) for one in networks]
    for address in addresses:
        inside = any(ipaddress.ip_address(address.partition("%")[0]) in one for one in own)
        if not inside and (not is_safe or not is_public(address)):
            raise Refused(f"{host} is {address}, which is not on the open internet")
    connection = _To(host, port, addresses[0], is_safe, timeout_s)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(MOST_BYTES))
    except (OSError, http.client.HTTPException) as failure:
        raise Unreachable(f"{type(failure).__name__}: {failure}"[:300]) from failure
    finally:
        connection.close()


def _parts(url: str) -> tuple[str, int, str, bool]:
    """Host, port, path with query, and whether it is https."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise Refused("that is no address") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Refused("the address has to begin with https:// and hold no password")
    is_safe = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname, port or (443 if is_safe else 80), path, is_safe


class _To(http.client.HTTPConnection):
    """A connection to one address that was judged, whatever the name says by now."""

    def __init__(self, host: str, port: int, address: str, is_safe: bool, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._address, self._is_safe = address, is_safe
        self.default_port = 443 if is_safe else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_safe:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
