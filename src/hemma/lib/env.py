"""Reading the environment: loud where a value is wrong, quiet where a default is right."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env(name: str, default: str) -> str:
    """The variable `name`, or `default` when it is not set."""
    return os.environ.get(name, default)


def env_flag(name: str, *, default: bool) -> bool:
    """A yes/no variable. Raises ValueError for anything else, so that a typo is seen at start."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ValueError(f"{name} must be yes or no, not {value!r}")


def env_list(name: str, default: str) -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def secret_from(path: Path) -> str:
    """The secret kept in `path`; made on first use, readable by its owner alone.

    Two processes may start at once: the file is made exclusively, the loser reads the winner's.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        secret = path.read_text().strip()
        if not secret:
            raise ValueError(f"{path} is empty; delete it and start again") from None
        return secret
    secret = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


def database_from_url(url: str, data: Path) -> dict[str, Any]:
    """Django's database settings from `postgresql://user:password@host:port/name?options`.

    Without a URL: the embedded server, whose socket folder the supervisor writes to
    `<data>/postgres.socket` (a short path; sockets allow about 100 characters).
    """
    base: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }
    if url:
        parts = urlsplit(url)
        if parts.scheme not in {"postgresql", "postgres"}:
            raise ValueError("HEMMA_DATABASE_URL must begin with postgresql://")
        options = dict(parse_qsl(parts.query))
        base |= {
            "NAME": unquote(parts.path.lstrip("/")) or "hemma",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }
        return base
    pointer = data / "postgres.socket"
    socket = pointer.read_text().strip() if pointer.exists() else str(data)
    return base | {"NAME": "hemma", "USER": "hemma", "HOST": socket}
