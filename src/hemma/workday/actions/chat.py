"""One's own chat says when one has gone home: connected by oneself, told by the worker.

What is to be said is state, not a queue: a chat that did not answer for a while hears what holds
then, and nothing of what was meanwhile. Going home never waits for it.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live, outward, sealing
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.workday import chats
from hemma.workday.models import ChatLink, Mode, ModeSpell
from hemma.workday.words import chat_trouble

LEASE = timedelta(minutes=2)  # a worker that died lets go of what it had in hand
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240)]


def connect_chat(*, actor: Person, kind: str, address: str, token: str) -> ChatLink:
    """From now on the chat says when `actor` has gone home. It is asked at once who the key is.

    Raises ValidationError, with the words for it, when it is no chat or does not know the key.
    """
    address = address or (chats.SLACK if kind == ChatLink.Kind.SLACK else "")
    try:
        outward.check_url(address)
        who = chats.known_as(chats.Chat(kind, address, token))
    except outward.Refused as refused:
        raise ValidationError(chat_trouble("inside"), code="inside") from refused
    except chats.Trouble as trouble:
        raise ValidationError(chat_trouble(trouble.code), code=trouble.code) from trouble
    return _keep(actor, kind, address, token, who)


@transaction.atomic
def _keep(actor: Person, kind: str, address: str, token: str, who: str) -> ChatLink:
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)  # as a change of mode does
    says = _holds(actor)
    row, _new = ChatLink.objects.update_or_create(
        person=actor,
        defaults={
            "kind": kind,
            "address": address,
            "sealed_token": sealing.seal(token),
            "known_as": who,
            "says": says,
            # A chat is only touched when there is something to say.
            "next_try_at": clock.now() if says == ChatLink.Says.HOME else None,
            "attempts": 0,
            "problem": "",
            "made_at": clock.now(),
        },
    )
    record(
        kind="workday.chat_connected", retention=Retention.ACCESS, actor=actor, subject=actor,
        data={"chat": kind},
    )  # fmt: skip
    live.wake("chat")
    return row


def _holds(person: Person) -> ChatLink.Says:
    spell = ModeSpell.objects.filter(person=person, until=None).first()
    home = spell is None or spell.mode == Mode.OFF
    return ChatLink.Says.HOME if home else ChatLink.Says.HERE


@transaction.atomic
def try_chat(*, actor: Person) -> bool:
    """Have the chat told anew what holds now; whether there is one."""
    mine = ChatLink.objects.filter(person=actor)
    found = mine.update(next_try_at=clock.now(), attempts=0, problem="")
    live.wake("chat")
    return bool(found)


@transaction.atomic
def end_chat(*, actor: Person) -> None:
    """The key is thrown away at once; what the chat says then is the person's own."""
    gone, _rows = ChatLink.objects.filter(person=actor).delete()
    if gone:
        record(
            kind="workday.chat_ended", retention=Retention.ACCESS, actor=actor, subject=actor
        )  # fmt: skip


def forget_chat(*, actor: System, person: Person) -> None:
    """Somebody has left: their key is thrown away."""
    del actor
    ChatLink.objects.filter(person=person).delete()


def follow(person: Person, mode: str) -> None:
    """The mode has changed, in the transaction of it: what the chat says may be another thing now."""
    says = ChatLink.Says.HOME if mode == Mode.OFF else ChatLink.Says.HERE
    mine = ChatLink.objects.filter(person=person).exclude(says=says)
    if mine.update(says=says, next_try_at=clock.now(), attempts=0):
        live.wake("chat")


def tell_chats(*, actor: System = SYSTEM) -> int:
    """Tell every chat that is due; returns how many heard. Safe in any number of workers."""
    del actor
    heard = 0
    while (one := _claim()) is not None:
        heard += _tell(one)
    return heard


@transaction.atomic
def _claim() -> ChatLink | None:
    due = ChatLink.objects.filter(next_try_at__lte=clock.now(), person__is_active=True)
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    one = locked.order_by("next_try_at").first()
    if one is not None:
        one.attempts += 1
        one.next_try_at = clock.now() + LEASE
        one.save(update_fields=["attempts", "next_try_at"])
    return one


def _tell(one: ChatLink) -> bool:
    try:
        chat = chats.Chat(one.kind, one.address, sealing.unseal(one.sealed_token))
        if one.says == ChatLink.Says.HOME:
            with translation.override(one.person.language):
                words = _("Gone home")
            chats.say_home(chat, one.known_as, words)
        else:
            chats.say_here(chat, one.known_as)
    except chats.Trouble as trouble:
        return _note(one, trouble.code, passes=trouble.passes)
    except sealing.Unreadable:
        return _note(one, "sealed", passes=False)
    return _note(one, "", passes=False)


def _note(one: ChatLink, problem: str, *, passes: bool) -> bool:
    """Unless something else is to be said by now, or the person has connected anew."""
    again = passes and one.attempts <= len(WAITS)
    at = clock.now() + WAITS[one.attempts - 1] if again else None
    same = ChatLink.objects.filter(pk=one.pk, says=one.says, made_at=one.made_at)
    same.filter(next_try_at=one.next_try_at).update(next_try_at=at, problem=problem)
    return not problem
