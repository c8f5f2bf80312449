"""`user add`: the first person, or one more, from the terminal."""

import argparse
import getpass
import os
import subprocess
import sys
from pathlib import Path

from hemma.run.maintenance import database
from hemma.run.telling import Refusal, say


def add(options: argparse.Namespace, data: Path) -> int:
    """Add a person with a password that is asked for (or read from standard input)."""
    password = _password(from_stdin=options.password_stdin)
    with database(data, "user add") as url:
        os.environ |= {
            "HEMMA_DATA": str(data),
            "HEMMA_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "hemma.settings",
        }
        migrate()
        _add(options, password)
    say(f"{options.name} can now sign in as {options.email}.")
    return 0


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != password:
            raise Refusal("The two were not the same. Nobody was added.")
    else:
        raise Refusal("Nobody is here to ask for a password; give it with --password-stdin.", 2)
    if not password:
        raise Refusal("An empty password is none. Nobody was added.", 2)
    return password


def migrate() -> None:
    """Bring the database up to date, in a process of its own, with the lock that a starting Hemma takes too."""
    words = [sys.executable, "-m", "hemma.run.migrate"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Refusal(f"The database could not be prepared:\n{done.stderr.strip()[-1000:]}")


def _add(options: argparse.Namespace, password: str) -> None:
    import django

    django.setup()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import translation

    from hemma.people import actions
    from hemma.people.models import Team
    from hemma.people.system import SYSTEM

    chosen = {"roles": options.role} if options.role else {}
    translation.activate("en")  # the language of the terminal
    try:
        validate_password(password)
        with transaction.atomic():
            team = Team.objects.filter(name=options.team).first() if options.team else None
            if options.team and team is None:
                names = ", ".join(Team.objects.order_by("name").values_list("name", flat=True))
                raise Refusal(f"There is no team {options.team!r}. There are: {names or 'none'}.")
            person = actions.add_person(
                actor=SYSTEM, email=options.email, name=options.name, password=password, **chosen
            )
            if team is not None:
                actions.join_team(actor=SYSTEM, person=person, team=team)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages) + " Nobody was added.") from error
