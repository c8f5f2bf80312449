"""Cases that belong together: merged into one, split in two, linked."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.filing import next_number
from hemma.desk.actions.freedom import lock_free
from hemma.desk.actions.telling import tell
from hemma.desk.actions.undoing import facts_of, remember, way_back
from hemma.desk.models import Case, CaseLink
from hemma.lib import clock, live
from hemma.people.models import Person

MERGED = ["state", "waiting_since", "promised_at", "solved_at", "merged_into", "changed_at"]


@transaction.atomic
def merge(*, actor: Person, case: Case, into: Case) -> UUID:
    """Let `case` go on as `into`, of the same customer: one thread, one number from now on.

    Nothing is moved or lost: what was written stays where it was and is shown together, so that
    it can be taken back. An answer to the old number arrives in `into`.
    """
    if case.pk == into.pk:
        raise ValidationError(_("That is the same case."))
    pair = sorted((case, into), key=lambda one: one.pk)
    locked = {one.pk: lock_free(actor, one) for one in pair}
    old, new = locked[case.pk], locked[into.pk]
    if old.customer_id != new.customer_id:
        # One thread is shown to one customer: never somebody else's words.
        raise ValidationError(_("The cases are of two customers. Link them instead."))
    earlier = list(Case.objects.select_for_update().filter(merged_into=old).order_by("pk"))
    with way_back(actor, [old, new, *earlier]) as way:
        _carry_on(old, new)
        holding.end(old)
        for one in (old, *earlier):
            one.merged_into, one.state, one.waiting_since = new, Case.State.SOLVED, None
            one.promised_at, one.solved_at, one.changed_at = None, clock.now(), clock.now()
            one.save(update_fields=MERGED)
    tell("case.merged", old, actor=actor, data={"into": new.pk})
    tell("case.merged_here", new, actor=actor, data={"from": old.pk})
    return way.token


def _carry_on(old: Case, new: Case) -> None:
    """What the customer was promised in the old case holds in the new one."""
    if old.state == Case.State.OPEN:
        new.waiting_since = min(t for t in (old.waiting_since, new.waiting_since) if t)
        new.state, new.solved_at = Case.State.OPEN, None
    promises = [t for t in (old.promised_at, new.promised_at) if t]
    new.promised_at = min(promises, default=None)
    new.changed_at = clock.now()
    new.save(update_fields=MERGED)


@transaction.atomic
def split(*, actor: Person, case: Case, messages: Collection[int], subject: str) -> Case:
    """Give what was written in `messages` (ids) a case of its own, with the same promise."""
    locked = lock_free(actor, case)
    chosen = locked.messages.filter(pk__in=messages)
    if not chosen or chosen.count() == locked.messages.count():
        raise ValidationError(_("Choose some of the letters, but not all."))
    now = clock.now()
    new = Case.objects.create(
        number=next_number(),
        queue=locked.queue,
        customer=locked.customer,
        subject=subject.strip()[:300] or locked.subject,
        channel=locked.channel,
        opened_at=now,
        waiting_since=locked.waiting_since or now,
        promised_at=locked.promised_at,
        changed_at=now,
    )
    chosen.update(case=new)
    first, second = sorted((locked, new), key=lambda one: one.pk)
    CaseLink.objects.create(first=first, second=second)
    tell("case.split", locked, actor=actor, data={"to": new.pk})
    tell("case.opened", new, actor=actor, data={"queue": new.queue_id, "from": locked.pk})
    live.wake("routing")
    return new


@transaction.atomic
def way_back_from_split(*, actor: Person, case: Case, new: Case) -> UUID:
    """The way back from a split: the new case goes on as the old one again."""
    after = facts_of([new])
    back = dict(after[str(new.pk)])
    back |= {"state": "solved", "waiting_since": None, "promised_at": None, "holder": None}
    back |= {"merged_into_id": case.pk, "solved_at": clock.now().isoformat()}
    return remember(actor, {str(new.pk): back}, after).pk


@transaction.atomic
def link(*, actor: Person, case: Case, other: Case) -> None:
    """Say that two cases have to do with each other."""
    if case.pk == other.pk:
        raise ValidationError(_("That is the same case."))
    first, second = sorted((case, other), key=lambda one: one.pk)
    holding.lock(actor, first)
    holding.lock(actor, second)
    CaseLink.objects.get_or_create(first=first, second=second)
    tell("case.linked", case, actor=actor, data={"to": other.pk})


@transaction.atomic
def unlink(*, actor: Person, case: Case, other: Case) -> None:
    """Say that they have nothing to do with each other."""
    first, second = sorted((case, other), key=lambda one: one.pk)
    holding.lock(actor, first)
    holding.lock(actor, second)
    CaseLink.objects.filter(first=first, second=second).delete()
    tell("case.unlinked", case, actor=actor, data={"from": other.pk})
