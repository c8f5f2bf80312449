"""What `serve` says when nobody has entered yet: where the first person begins."""

import os
from pathlib import Path

import psycopg

from hemma.lib import first_start
from hemma.lib.env import secret_from
from hemma.run.postgres import Server


def address(data: Path, url: str) -> str | None:
    """Where the first person begins; None once somebody is here, or when it cannot be told."""
    database = os.environ.get("HEMMA_DATABASE_URL") or Server(data).url()
    try:
        with psycopg.connect(database, connect_timeout=5) as connection:
            row = connection.execute("SELECT NOT EXISTS (SELECT FROM people_person)").fetchone()
    except psycopg.Error:
        return None  # a product without that table, or a database that is just starting again
    if row is None or not row[0]:
        return None
    secret = os.environ.get("HEMMA_SECRET_KEY") or secret_from(data / "secret.key")
    return f"{url.rstrip('/')}/{first_start.PATH}/{first_start.key_of(secret)}/"
