"""Where things are: the data folder, the source checkout, a free port."""

import errno
import os
import socket
from pathlib import Path

from hemma.run.telling import Refusal

DEFAULT_PORT = 8000
PORTS_TRIED = 50


def data_folder(given: str | None, *, demo: bool = False) -> Path:
    """The data folder: `--data`, else HEMMA_DATA, else `hemma/{demo,main}` in the XDG data home."""
    if given:
        return Path(given).expanduser().resolve()
    if os.environ.get("HEMMA_DATA") and not demo:
        return Path(os.environ["HEMMA_DATA"]).expanduser().resolve()
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    return (Path(home) / "hemma" / ("demo" if demo else "main")).resolve()


def make_private(folder: Path) -> None:
    """Make `folder`, readable by its owner alone. Refuses with the reason when that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be made ({error.strerror}). "
            "Choose another with --data DIR."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(
            f"The data folder {folder} cannot be written by you. "
            "Start as the user it belongs to, or choose another with --data DIR."
        )


def checkout() -> Path | None:
    """The source checkout that this package runs from, or None when it was installed by pip."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").exists() and (root / "tests").is_dir() else None


def bind_address() -> str:
    """The address that the web process listens on: this machine alone unless HEMMA_BIND says more."""
    return os.environ.get("HEMMA_BIND", "127.0.0.1")


def listen(port: int | None) -> tuple[socket.socket, bool]:
    """A listening socket on `port`, or on the first free one from 8000 when None.

    The supervisor holds it and hands it to the web process, so nobody can take the port in
    between and a restarted web process loses no connection. The flag tells that the default
    was taken. Refuses when an explicit port is taken.
    """
    if port is not None:
        try:
            return _open(port), False
        except OSError as error:
            raise Refusal(_why_not(port, error)) from error
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        try:
            return _open(candidate), candidate != DEFAULT_PORT
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise Refusal(_why_not(candidate, error)) from error
    raise Refusal(f"No port from {DEFAULT_PORT} on is free; choose one with --port.")


def _open(port: int) -> socket.socket:
    address = bind_address()
    if address == "127.0.0.1" and port and _taken_on_ipv6(port):
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((address, port))
        opened.listen(1024)
    except OSError:
        opened.close()
        raise
    return opened


def _taken_on_ipv6(port: int) -> bool:
    """Whether another program answers on ::1, where browsers look first for `localhost`."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.2)
            return probe.connect_ex(("::1", port)) == 0
    except OSError:
        return False


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. Choose another with --port, or leave it out."
        )
    return f"Port {port} on {bind_address()} cannot be used: {error.strerror}."
