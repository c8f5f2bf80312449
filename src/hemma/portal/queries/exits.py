"""How much there is of a client, counted from outside of what deletes it; and the exits under way."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from hemma.desk.models import (
    Attachment,
    Case,
    Customer,
    Draft,
    Instruction,
    Message,
    Note,
    RawMail,
    SavedReply,
)
from hemma.people import queries as people
from hemma.people.models import Person, Programme, Role
from hemma.people.visibility import Asker, NotVisible, has_role, reads
from hemma.portal.models import ClientExit, Remark

type Holds = Mapping[str, int]
"""Numbers of things that tell something of a client's customers or work, by name."""

NOBODY = "nobody@hemma.invalid"
GOING = (ClientExit.State.EXPORTING, ClientExit.State.READY, ClientExit.State.DELETING)


def _leads_it(asker: Asker, about: str) -> None:
    if isinstance(asker, Person) and not has_role(asker, Role.MANAGER):
        raise NotVisible("portal.exit", about)


@reads("portal.exit")
def programmes_to_leave(asker: Asker) -> list[tuple[Programme, ClientExit | None]]:
    """Every programme with its newest exit that was not called off; managers only."""
    _leads_it(asker, "programmes")
    rows = ClientExit.objects.exclude(state=ClientExit.State.CALLED_OFF).order_by("began_at", "pk")
    newest = {row.programme_id: row for row in rows}
    return [(one, newest.get(one.pk)) for one in Programme.objects.order_by("name")]


@reads("portal.exit")
def programme_to_leave(asker: Asker, programme_id: int) -> Programme:
    """One programme; managers only. Raises NotVisible (404) otherwise."""
    _leads_it(asker, f"programme:{programme_id}")
    found = Programme.objects.filter(pk=programme_id).first()
    if found is None:
        raise NotVisible("portal.exit", f"programme:{programme_id}")
    return found


@reads("portal.exit")
def exit_of(asker: Asker, programme: Programme) -> ClientExit | None:
    """The programme's newest exit that was not called off; managers only."""
    _leads_it(asker, f"programme:{programme.pk}")
    rows = ClientExit.objects.filter(programme=programme)
    return rows.exclude(state=ClientExit.State.CALLED_OFF).order_by("-began_at", "-pk").first()


@reads("portal.exit")
def exits_now(asker: Asker, state: str) -> list[ClientExit]:
    """Exits in a state, oldest first; only Hemma itself asks."""
    if isinstance(asker, Person):
        return []
    return list(ClientExit.objects.filter(state=state).select_related("programme").order_by("pk"))


@reads("portal.programme")
def exit_of_mine(asker: Asker, programme: Programme) -> ClientExit | None:
    """The exit of the client's own programme that is under way or done, as the client sees it."""
    rows = ClientExit.objects.filter(programme=programme, programme__grants__person=_person(asker))
    rows = rows.filter(programme__grants__until=None, programme__grants__role=Role.CLIENT)
    return rows.exclude(state=ClientExit.State.CALLED_OFF).order_by("-began_at", "-pk").first()


def _person(asker: Asker) -> Person:
    if not isinstance(asker, Person):
        raise NotVisible("portal.programme")
    return asker


@reads("portal.programme")
def promised_export(asker: Asker) -> tuple[ClientExit, Path]:
    """The file that the client may fetch now. Raises NotVisible (404) when there is none."""
    programme = people.client_programme(asker)
    found = exit_of_mine(asker, programme) if programme is not None else None
    if found is None or found.state != ClientExit.State.READY or not file_of(found).is_file():
        raise NotVisible("portal.programme", "export")
    return found, file_of(found)


def file_of(row: ClientExit) -> Path:
    """Where an exit's export lies while it has to."""
    return Path(settings.DATA) / "exports" / f"client-exit-{row.pk}.zip"


def cases_of_programme(programme: Programme) -> QuerySet[Case]:
    """Every case of the programme's queues, joined ones too."""
    return Case.objects.filter(queue__programme=programme.name)


@reads("portal.exit")
def holds(_asker: Asker, programme: Programme) -> Holds:
    """What there is now that tells of the programme's customers, counted in the tables.

    It asks other questions than the deletion does: whether any text, name, address or file is left,
    not which rows were meant to go.
    """
    inside = cases_of_programme(programme)
    written = Message.objects.filter(case__in=inside)
    empty = {"text": "", "html": "", "quoted": "", "from_name": "", "from_address": ""}
    return {
        "cases": inside.exclude(subject="", customer__email=NOBODY).count(),
        "customers": Customer.objects.filter(cases__in=inside)
        .exclude(email=NOBODY)
        .distinct()
        .count(),
        "messages": written.exclude(**empty).count(),
        "files": Attachment.objects.filter(message__in=written).count(),
        "notes": Note.objects.filter(case__in=inside).count(),
        "lessons": Remark.objects.filter(message__in=written).exclude(lesson="").count(),
        "drafts": Draft.objects.filter(case__in=inside).count(),
        "raw_mails": RawMail.objects.filter(
            Q(message__in=written) | Q(mailbox__queue__programme=programme.name)
        )
        .distinct()
        .count(),
        "instructions": Instruction.objects.filter(queue__programme=programme.name).count(),
        "saved_replies": SavedReply.objects.filter(queue__programme=programme.name).count(),
    }
