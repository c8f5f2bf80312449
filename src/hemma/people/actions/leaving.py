"""What becomes of the data of those who have left, step by step and by rule."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import CharField
from django.utils import translation
from django.utils.translation import gettext as _

from hemma.journal.actions import forget_events, record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people import keeping
from hemma.people.models import Departure, Look, Person, Session
from hemma.people.queries.everything import rows_of
from hemma.people.queries.keeping import people_by_record_years
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker, registry


def note_departure(person: Person) -> None:
    """Begin to count: `person` has left now, under the law of where they worked."""
    Departure.objects.update_or_create(
        person=person,
        defaults={
            "at": clock.now(),
            "country": keeping.country_of(person),
            "reduced_at": None,
            "forgotten_at": None,
        },
    )


@transaction.atomic
def erase(*, actor: Asker, person: Person) -> datetime | None:
    """Erase everything about a leaver that no law wants kept; returns until when the name stays.

    The name stands with the working-time record for as long as their country's law asks. After
    that, None: the person has no name any more, events and shifts stay as somebody's. Raises
    ValidationError while the person still works here.
    """
    departure = Departure.objects.select_for_update().filter(person=person).first()
    if departure is None or departure.person.is_active:
        raise ValidationError(_("%(name)s still works here.") % {"name": person.name})
    if departure.reduced_at is None:
        _reduce(actor, departure)
    until = keeping.record_kept_until(departure.at, departure.country)
    if until > clock.now():
        return until
    if departure.forgotten_at is None:
        _forget(actor, departure)
    return None


def _reduce(actor: Asker, departure: Departure) -> None:
    """Delete what only served the employment, and the way to reach the person."""
    person = departure.person
    tables = [table for kind in registry for table in kind.tables if table.erased]
    with retention_at_work():
        for table in tables:
            rows_of(person, table).delete()
    for field in Person._meta.concrete_fields:
        if isinstance(field, CharField) and field.blank:  # whatever else the account says
            setattr(person, field.name, "")
    person.email = f"left-{person.pk}@hemma.invalid"
    person.set_unusable_password()
    person.save()
    departure.reduced_at = clock.now()
    departure.save(update_fields=["reduced_at"])
    _note(actor, "people.reduced", departure)


def _forget(actor: Asker, departure: Departure) -> None:
    """Cut the thread: no name, and a new key, so that nobody can say whose the events were."""
    person = departure.person
    with translation.override(person.language):
        person.name = _("Former colleague")
    person.journal_key = uuid4()
    person.save(update_fields=["name", "journal_key"])
    departure.forgotten_at = clock.now()
    departure.save(update_fields=["forgotten_at"])
    _note(actor, "people.forgotten", departure)


def _note(actor: Asker, kind: str, departure: Departure) -> None:
    # Without a subject: the event must not tie the old key to the new one.
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=None if isinstance(actor, System) else actor,
        about=f"person:{departure.person_id}",
    )


class retention_at_work:  # noqa: N801 - reads like a statement
    """Inside, this transaction may delete from insert-only tables: what may be kept no longer."""

    def __enter__(self) -> None:
        self._set("on")

    def __exit__(self, *_details: object) -> None:
        # After a failure the transaction is void anyway, and so is the setting.
        if not connection.needs_rollback:
            self._set("off")

    def _set(self, state: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hemma.retention', %s, true)", [state])


def keep_no_longer(*, actor: System = SYSTEM) -> dict[str, int]:
    """Everything of this room whose time is over goes; what went, counted by sort.

    Each in a transaction of its own: one that fails holds up none of the others.
    """
    now = clock.now()
    done = {"leavers": 0}
    for departure in Departure.objects.filter(forgotten_at=None).select_related("person"):
        until = keeping.record_kept_until(departure.at, departure.country)
        reduce_now = departure.reduced_at is None and departure.at <= now - keeping.AFTER_LEAVING
        if not departure.person.is_active and (reduce_now or until <= now):
            erase(actor=actor, person=departure.person)
            done["leavers"] += 1
    with transaction.atomic(), retention_at_work():
        done["looks"] = Look.objects.filter(at__lt=now - keeping.LOOKS).delete()[0]
    done["events"] = _forget_records(now)
    old = Session.objects.filter(expire_date__lt=now - timedelta(days=1))
    done["sessions"] = old.delete()[0]
    return done


def _forget_records(now: datetime) -> int:
    """Events of the working-time record, for each country as long as its law asks."""
    gone = 0
    for years, people in people_by_record_years(SYSTEM).items():
        keys = Person.objects.filter(pk__in=people).values_list("journal_key", flat=True)
        gone += forget_events(
            retention=Retention.RECORD,
            before=keeping.years_after(now, -years),
            subject_keys=list(keys),
        )
    return gone
