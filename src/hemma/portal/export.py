"""A client's whole copy: everything that was written with its customers, in a form programs can read.

A ZIP with `cases.jsonl` (a case a line), `files/`, `customers.jsonl`, `instructions.jsonl` and
`manifest.json`, which holds a SHA-256 of each. Names and addresses of people who work here are left
out: our side is `"we"`. The client gets what is the client's, and nobody's work in it.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from hemma.desk.models import Attachment, Case, Customer, InstructionVersion, Message, SavedReply
from hemma.lib import clock
from hemma.people.models import Programme
from hemma.people.system import SYSTEM
from hemma.portal.beside_letters import remark_told
from hemma.portal.models import Remark
from hemma.portal.queries.exits import cases_of_programme, holds

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Written:
    """The finished file: its digest, size in bytes, and what is in it."""

    sha256: str
    size: int
    counts: Mapping[str, int]


def write_export(programme: Programme, path: Path) -> Written:
    """Write everything of `programme` to `path`, readable by its owner alone; whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    counts = holds(SYSTEM, programme)
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        _Export(archive, programme).write(counts)
    part.replace(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(digest, path.stat().st_size, counts)


@dataclass
class _Export:
    archive: zipfile.ZipFile
    programme: Programme
    digests: dict[str, str] = field(default_factory=dict)

    def write(self, counts: Mapping[str, int]) -> None:
        self._lines("cases.jsonl", self._cases())
        self._files()
        self._lines("customers.jsonl", self._customers())
        self._lines("instructions.jsonl", self._instructions())
        manifest = {
            "programme": self.programme.name,
            "client": self.programme.client,
            "made_at": clock.now().isoformat(),
            "zone": timezone.get_current_timezone_name(),
            "counts": dict(counts),
            "sha256": self.digests,
        }
        self.archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))

    def _lines(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        digest = hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as file:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
                digest.update(line)
                file.write(line)
        self.digests[name] = digest.hexdigest()

    def _cases(self) -> Iterator[Mapping[str, Any]]:
        rows = cases_of_programme(self.programme).select_related("queue").order_by("number")
        rows = rows.prefetch_related("messages__remark", "notes", "tags", "merged_into")
        for case in rows.iterator(chunk_size=AT_ONCE):
            yield _case(case, self._names_of_files(case))

    def _names_of_files(self, case: Case) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for pk, message in Attachment.objects.filter(message__case=case).values_list(
            "pk", "message_id"
        ):
            found.setdefault(message, []).append(f"files/{pk}")
        return found

    def _files(self) -> None:
        inside = cases_of_programme(self.programme)
        rows = Attachment.objects.filter(message__case__in=inside).order_by("pk")
        index = []
        for one in rows.iterator(chunk_size=10):
            content = bytes(one.content)
            self.archive.writestr(f"files/{one.pk}", content)
            digest = hashlib.sha256(content).hexdigest()
            index.append(
                {"file": f"files/{one.pk}", "name": one.name, "type": one.content_type}
                | {"sha256": digest}
            )
        self._lines("files.jsonl", index)

    def _customers(self) -> Iterator[Mapping[str, Any]]:
        inside = cases_of_programme(self.programme)
        rows = Customer.objects.filter(cases__in=inside).distinct().order_by("pk")
        for one in rows.prefetch_related("addresses").iterator(chunk_size=AT_ONCE):
            addresses = [{"kind": a.kind, "value": a.value} for a in one.addresses.all()]
            yield {
                "customer": one.pk,
                "name": one.name,
                "email": one.email,
                "language": one.language,
                "addresses": addresses,
            }

    def _instructions(self) -> Iterator[Mapping[str, Any]]:
        name = self.programme.name
        versions = InstructionVersion.objects.filter(instruction__queue__programme=name)
        for one in versions.select_related("instruction__queue").order_by("pk"):
            yield {
                "queue": one.instruction.queue.name,
                "title": one.instruction.title,
                "version": one.number,
                "valid_from": one.valid_from.isoformat(),
                "text": one.text,
            }
        for reply in SavedReply.objects.filter(queue__programme=name).select_related("queue"):
            yield {"queue": reply.queue.name, "saved_reply": reply.title, "text": reply.text}


def _case(case: Case, files: Mapping[int, list[str]]) -> Mapping[str, Any]:
    return {
        "case": case.reference,
        "queue": case.queue.name,
        "channel": case.channel,
        "state": case.state,
        "subject": case.subject,
        "customer": case.customer_id,
        "opened_at": case.opened_at.isoformat(),
        "solved_at": case.solved_at.isoformat() if case.solved_at else None,
        "goes_on_in": case.merged_into.reference if case.merged_into else None,
        "tags": sorted(tag.name for tag in case.tags.all()),
        "messages": [_message(one, files.get(one.pk, [])) for one in case.messages.all()],
        "notes": [{"at": one.at.isoformat(), "text": one.text} for one in case.notes.all()],
    }


def _message(one: Message, files: list[str]) -> Mapping[str, Any]:
    theirs = one.direction == Message.Direction.IN
    told: dict[str, Any] = {
        "at": one.at.isoformat(),
        "from": one.from_name if theirs else "we",
        "address": one.from_address if theirs else "",
        "text": one.text,
        "html": one.html,
        "files": files,
    }
    remark: Remark | None = getattr(one, "remark", None)
    return told if remark is None else told | remark_told(remark)
