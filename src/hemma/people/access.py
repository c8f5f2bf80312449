"""The access log: written when someone looks, readable by the person looked at, at once."""

from datetime import timedelta

from hemma.lib import clock, live
from hemma.people.models import Look, Person

TOPIC = "looks"
# A page that renews itself is the same look; one that is opened again later is another.
SAME_LOOK = timedelta(minutes=1)


def log_look(viewer: Person, subject: Person, kind: str, about: str = "") -> None:
    """Write down that `viewer` looked at data of one other person, and show it to that person."""
    now = clock.now()
    same = Look.objects.filter(viewer=viewer, subject=subject, kind=kind, about=about)
    if same.filter(outcome=Look.Outcome.SEEN, at__gt=now - SAME_LOOK, at__lte=now).exists():
        return
    Look.objects.create(at=now, viewer=viewer, subject=subject, kind=kind, about=about)
    live.publish(f"person:{subject.pk}", TOPIC)


def log_refusal(viewer: Person, kind: str, about: str, subject: Person | None) -> None:
    """Write down that `viewer` asked for what does not exist for them."""
    Look.objects.create(
        at=clock.now(),
        viewer=viewer,
        subject=subject,
        kind=kind,
        about=about,
        outcome=Look.Outcome.REFUSED,
    )
    if subject is not None:
        live.publish(f"person:{subject.pk}", TOPIC)
