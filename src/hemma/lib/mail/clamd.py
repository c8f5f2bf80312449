"""Ask a ClamAV daemon whether a file is malware: INSTREAM over a socket, nothing leaves the house.

Protocol: clamd(8), command zINSTREAM; chunks with a four-byte length in network order, then zero.
"""

import socket
import struct
from dataclasses import dataclass

CHUNK = 64 * 1024


class Unavailable(OSError):  # an outcome that callers meet
    """The scanner could not be asked, or gave no verdict."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """`address`: 'unix:/run/clamav/clamd.ctl' or 'host:port'. `timeout_s` is per operation."""

    address: str
    timeout_s: float = 30.0

    def malware_in(self, data: bytes) -> str:
        """The name of what was found in `data`, '' when it is clean. Raises Unavailable."""
        try:
            with self._connection() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), CHUNK):
                    piece = data[start : start + CHUNK]
                    connection.sendall(struct.pack("!I", len(piece)) + piece)
                connection.sendall(struct.pack("!I", 0))
                verdict = _line(connection)
        except (OSError, ValueError) as failure:
            raise Unavailable(f"{type(failure).__name__}: {failure}") from failure
        said = verdict.removeprefix("stream: ")
        if said == "OK":
            return ""
        if said.endswith(" FOUND"):
            return said.removesuffix(" FOUND")[:150] or "?"
        raise Unavailable(said[:150] or "no answer")

    def _connection(self) -> socket.socket:
        if self.address.startswith("unix:"):
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(self.timeout_s)
            try:
                connection.connect(self.address.removeprefix("unix:"))
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self.timeout_s)


def _line(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith((b"\0", b"\n")) and len(answer) < 4096:
        piece = connection.recv(4096)
        if not piece:
            break
        answer += piece
    return answer.decode("utf-8", "replace").strip("\0\r\n ")
