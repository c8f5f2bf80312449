"""The access log: written when someone looks, readable by the person looked at."""

from hemma.lib import clock
from hemma.people.models import Look, Person


def log_look(viewer: Person, subject: Person, kind: str, about: str = "") -> None:
    """Write down that `viewer` looked at data of one other person."""
    Look.objects.create(at=clock.now(), viewer=viewer, subject=subject, kind=kind, about=about)


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
