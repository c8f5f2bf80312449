"""Telling people who sees what: a change is announced, and shown to everyone until they read it."""

from django.db import connection, transaction
from django.utils import translation

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.changes import Content, differences
from hemma.people.models import Person, VisibilityRead, VisibilityVersion
from hemma.people.system import System
from hemma.people.visibility import registry

LOCK = 7_002_010  # an advisory lock of this database: two workers announce once


def registry_content() -> Content:
    """What the registry says now, in English, as it is stored and compared."""
    with translation.override("en"):
        return {
            kind.key: {
                "what": str(kind.what),
                "why": str(kind.why),
                "keep": str(getattr(kind.retention, "label", kind.retention)),
                "viewers": {str(who): str(words) for who, words in kind.viewers.items()},
                "groups": {str(who): str(words) for who, words in kind.groups.items()},
            }
            for kind in registry
        }


@transaction.atomic
def announce_visibility(*, actor: System) -> VisibilityVersion | None:  # noqa: ARG001
    """If the registry says something else than people were last told, tell them; None if not.

    Everyone who works here is told, because everybody is somebody whose data it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    told = VisibilityVersion.objects.order_by("-pk").first()
    content = registry_content()
    changes = differences(told.content, content) if told else []
    if told is not None and not changes:
        return None
    version = VisibilityVersion.objects.create(at=clock.now(), content=content, changes=changes)
    record(
        kind="people.visibility_announced",
        retention=Retention.SYSTEM,
        actor=None,
        about=f"visibility:{version.pk}",
        data={"changes": len(changes)},
    )
    if changes:
        for pk in Person.objects.filter(is_active=True).values_list("pk", flat=True):
            live.publish(f"person:{pk}", "visibility")
    return version


@transaction.atomic
def read_visibility(*, actor: Person, up_to: int) -> None:
    """Write down that `actor` has read every announcement up to and with this one."""
    versions = VisibilityVersion.objects.filter(pk__lte=up_to)
    VisibilityRead.objects.bulk_create(
        (VisibilityRead(person=actor, version=one, at=clock.now()) for one in versions),
        ignore_conflicts=True,
    )
    live.publish(f"person:{actor.pk}", "visibility")
