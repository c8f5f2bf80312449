"""Reading the journal. It knows no people, only keys: who may ask is settled by the room above."""

from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now

from hemma.journal.models import Event, Heartbeat, Wakeup


def events_about(_asker: object, about: str) -> QuerySet[Event]:
    """Everything that happened to one thing, oldest first. The caller has checked the thing."""
    return Event.objects.filter(about=about).order_by("at")


def next_wakeup(_asker: object) -> Wakeup | None:
    """The wake-up that comes first."""
    return Wakeup.objects.order_by("at").first()


def heartbeat_ages(_asker: object) -> dict[str, timedelta]:
    """How long ago each part of the process tree last said that it is alive."""
    age = ExpressionWrapper(Now() - F("at"), output_field=DurationField())
    return dict(Heartbeat.objects.annotate(age=age).values_list("name", "age"))
