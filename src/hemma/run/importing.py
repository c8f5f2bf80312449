"""`import zendesk FILE`: cases from another program's export, from the terminal.

The same rows, the same report and the same way back as on the page. What stops in the middle goes
on when the command is given again; what is here already is left alone.
"""

import argparse
import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hemma.run.accounts import migrate
from hemma.run.maintenance import database
from hemma.run.telling import Refusal, say

if TYPE_CHECKING:
    from hemma.desk.models import CaseImport, Queue
    from hemma.people.models import Person

PROGRAMS = ("zendesk", "zammad")
# Nobody waits for a page here: a file may be as large as memory bears.
MOST_BYTES = 2_000_000_000
TOLD = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("program", choices=PROGRAMS, help="which program wrote the file")
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="JSON, JSON lines, or a ZIP of them"
    )
    parser.add_argument("--by", metavar="EMAIL", required=True, help="the manager who brings them")
    parser.add_argument("--queue", metavar="NAME", help="where cases go")
    parser.add_argument(
        "--group",
        metavar="GROUP=QUEUE",
        action="append",
        default=[],
        help="where cases of this group go; may be given several times",
    )
    parser.add_argument("--look", action="store_true", help="tell what would come; bring nothing")
    parser.add_argument("--report", metavar="CSV", type=Path, help="write what can't be used here")
    parser.add_argument("--data", metavar="DIR", help="the data folder, as for serve")


def run(options: argparse.Namespace, data: Path) -> int:
    """Bring a file's cases in. 0: all of them; 1: some rows can't be used, and are told."""
    file = options.file.expanduser().resolve()
    if not file.is_file():
        raise Refusal(f"There is no file {options.file}.")
    if not options.queue and not options.look:
        raise Refusal("Say where the cases go: --queue NAME. --look tells what is in the file.", 2)
    with database(data, "import") as url:
        os.environ |= {
            "HEMMA_DATA": str(data),
            "HEMMA_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "hemma.settings",
        }
        migrate()
        import django

        django.setup()
        from django.db import connections
        from django.utils import translation

        try:
            with translation.override("en"):  # the language of the terminal
                return bring(options, file)
        finally:
            connections.close_all()


def bring(options: argparse.Namespace, file: Path) -> int:
    """The work itself, with Django and its database at hand."""
    from hemma.desk import actions, queries

    person = _person(options.by)
    if options.look:
        return _look(options, person, file)
    queue, by_group = _queue(person, options.queue), _groups(person, options.group)
    batch = _stopped(person, file)
    if batch is None:
        batch = _read(person, options.program, file)
        actions.begin_case_import(actor=person, batch_id=batch.pk, queue=queue, by_group=by_group)
    else:
        say("This file was begun before. Going on where it stopped.")
    done = 0
    while settled := actions.import_some(batch_id=batch.pk):
        done += settled
        say(f"{done} rows done")
    counts = queries.counts_of_import(person, batch)
    say(f"{counts.made} brought in, {counts.known} here already, {counts.bad} can't be used.")
    return _bad_told(person, batch, options.report)


def _look(options: argparse.Namespace, person: "Person", file: Path) -> int:
    """What the file holds. Nothing of it is kept."""
    from hemma.desk import actions, queries

    batch = _read(person, options.program, file)
    counts = queries.counts_of_import(person, batch)
    say(f"{counts.ready} cases to bring in, {counts.bad} rows that can't be used.")
    for name, count in queries.groups_of_import(person, batch):
        say(f"  {count} in the group {name}")
    code = _bad_told(person, batch, options.report)
    actions.drop_case_import(actor=person, batch_id=batch.pk)
    return code


def _read(person: "Person", program: str, file: Path) -> "CaseImport":
    from django.core.exceptions import ValidationError

    from hemma.desk import actions

    try:
        return actions.start_case_import(
            actor=person,
            file_name=file.name,
            content=file.read_bytes(),
            source=program,
            most_bytes=MOST_BYTES,
        )
    except ValidationError as refused:
        raise Refusal(" ".join(refused.messages)) from refused


def _stopped(person: "Person", file: Path) -> "CaseImport | None":
    """The same person's file of this name that was begun and is not through."""
    from hemma.desk import queries
    from hemma.desk.models import CaseImport

    for batch, _counts in queries.case_imports(person):
        if batch.file_name == file.name[:200] and batch.state == CaseImport.State.RUNNING:
            return batch
    return None


def _bad_told(person: "Person", batch: "CaseImport", report: Path | None) -> int:
    from hemma.desk import queries, words

    bad = [(row, words.why_bad(row.problem)) for row in queries.bad_rows(person, batch, None)]
    for row, why in bad[:TOLD]:
        say(f"  {row.place} {row.number}: {why}")
    if len(bad) > TOLD:
        say(f"  and {len(bad) - TOLD} more; --report FILE writes all of them")
    if report is not None:
        with report.expanduser().open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(["place", "number", "why"])
            table.writerows([row.place, row.number, why] for row, why in bad)
    return 1 if bad else 0


def _person(email: str) -> "Person":
    from hemma.desk import queries
    from hemma.people.models import Person
    from hemma.people.visibility import NotVisible

    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refusal(f"Nobody here has the address {email}.")
    try:
        queries.queues_to_fill(person)
    except NotVisible as refused:
        raise Refusal(f"{person.name} is neither manager nor administrator.") from refused
    return person


def _queue(person: "Person", name: str) -> "Queue":
    from hemma.desk import queries

    queues = {queue.name: queue for queue in queries.queues_to_fill(person)}
    if name not in queues:
        raise Refusal(f"There is no queue {name!r}. There are: {', '.join(queues) or 'none'}.")
    return queues[name]


def _groups(person: "Person", given: list[str]) -> "Mapping[str, Queue]":
    pairs = [one.partition("=") for one in given]
    if any(not (group and queue) for group, _is, queue in pairs):
        raise Refusal("Write --group 'GROUP=QUEUE'.", 2)
    return {group: _queue(person, queue) for group, _is, queue in pairs}
