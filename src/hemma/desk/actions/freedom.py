"""Whether somebody may change a case now: the same question for one case and for many."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.answering import AlreadyHeld
from hemma.desk.models import Case
from hemma.people.models import Person
from hemma.people.visibility import standing


def lock_free(actor: Person, case: Case) -> Case:
    """The case, locked, if nobody else has it in hand, or `actor` leads its team.

    Raises NotVisible, AlreadyHeld, or ValidationError when it went on as another case.
    """
    locked = holding.lock(actor, case)
    if locked.merged_into_id is not None:
        raise ValidationError(_("This case goes on in another one."))
    held = holding.current(locked)
    if held and held.person_id != actor.pk and locked.queue.team_id not in standing(actor).led:
        raise AlreadyHeld(
            _("%(name)s has this case in hand now.") % {"name": held.person.first_name}
        )
    return locked
