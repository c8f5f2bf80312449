"""What `hemma demo` tells the person at the terminal, once the demo's own process has said it."""

import json
from datetime import datetime
from pathlib import Path

from hemma.run.demo.day import STOCKHOLM

FILE = "demo.json"


def forget(data: Path) -> None:
    """Throw away what an earlier run said, before the demo's process is started."""
    (data / FILE).unlink(missing_ok=True)


def is_there(data: Path) -> bool:
    """Whether the demo's process has filled the company and opened the post office."""
    return (data / FILE).exists()


def lines(data: Path) -> list[str]:
    """The sentences to print; none while the process has not said anything."""
    try:
        facts = json.loads((data / FILE).read_text())
    except (OSError, ValueError):
        return []
    clock = datetime.fromisoformat(facts["clock"]).astimezone(STOCKHOLM)
    smtp, imap, password = facts["smtp_port"], facts["imap_port"], facts["password"]
    return [
        f"{facts['people']} people work here; Hemma's clock began at {clock:%A %d %B, %H:%M}.",
        f"Write to {facts['mailboxes'][0]} via SMTP localhost:{smtp}; "
        f"read Kim's mail by IMAP localhost:{imap}, user kim@post.example, password {password}.",
        f"Sign in with one click as Amanda or Tina, or as anyone else: "
        f"firstname@hemma.example, password {password}.",
    ]
