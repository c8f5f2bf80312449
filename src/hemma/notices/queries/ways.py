"""Which kinds somebody wants in which way, and the browsers they have."""

from collections.abc import Iterable

from hemma.notices import usual
from hemma.notices.models import Device, Habit, PushKey, Way, Wish
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads


@reads("notices.notice")
def my_choices(asker: Person) -> dict[str, set[str]]:
    """Way → the kinds `asker` wants in it."""
    wishes = _wishes(asker)
    return {way.value: usual.wanted(way.value, wishes) for way in Way}


@reads("notices.notice")
def wishes_for(_asker: Asker, person: Person, way: Way) -> set[str]:
    """The kinds `person` wants in `way`."""
    return usual.wanted(way.value, _wishes(person))


@reads("notices.notice")
def is_wanted(_asker: Asker, person: Person, sort: str) -> bool:
    """Whether `person` wants the kind in any way that they have."""
    wishes = _wishes(person)
    if sort in usual.wanted(Way.PAGE, wishes):
        return True
    if sort in usual.wanted(Way.PUSH, wishes) and Device.objects.filter(person=person).exists():
        return True
    mailed = Habit.objects.filter(person=person, mail_at__isnull=False)
    return sort in usual.wanted(Way.MAIL, wishes) and mailed.exists()


def _wishes(person: Person) -> Iterable[tuple[str, str, bool]]:
    return list(Wish.objects.filter(person=person).values_list("sort", "way", "wanted"))


@reads("notices.notice")
def habit_of(_asker: Asker, person: Person) -> Habit:
    """How `person` wants to be told; the usual way when they never chose (a row not kept)."""
    return Habit.objects.filter(person=person).first() or Habit(person=person)


@reads("notices.notice")
def my_devices(asker: Person) -> list[Device]:
    """The browsers that show notices of `asker`, newest first."""
    return list(Device.objects.filter(person=asker).order_by("-made_at", "-pk"))


@reads("notices.notice")
def device_of(asker: Person, device_id: int) -> Device:
    """One of them. Raises NotVisible for anybody else's."""
    row = Device.objects.filter(person=asker, pk=device_id).first()
    if row is None:
        raise NotVisible("notices.notice", f"device:{device_id}")
    return row


@reads("notices.notice")
def push_key(_asker: Asker) -> str:
    """The public key that browsers subscribe with; empty until the worker has made it."""
    return PushKey.objects.values_list("public", flat=True).first() or ""
