"""Who opens forms for customers; what a client sees. What customers write is of the desk's kinds."""

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Role
from hemma.people.visibility import Asker, Kind, NotVisible, Relation, has_role, register

register(
    Kind(
        key="portal.programme",
        what=_("How the customers of a client's programme are served, week by week"),
        why=_("So that the client can see what it has bought, and none of you in it."),
        retention=_("Counted anew each time somebody looks"),
        viewers={},
        groups={
            Relation.CLIENT: _(
                "Sums of its own programme; what says how you answered only for weeks in which"
                " five or more of you did"
            ),
        },
        order=230,
    )
)
register(
    Kind(
        key="portal.exit",
        what=_(
            "What a client takes along when it leaves: its customers' cases, without your names"
        ),
        why=_("So that the client gets what is its own, and nothing of it stays here."),
        retention=_("The copy until everything is deleted; the report stays"),
        viewers={},
        groups={
            Relation.CLIENT: _("Its own copy, with “we” where one of you has written"),
            Relation.MANAGER: _("How much there is, and that it is gone"),
            Relation.SYSTEM: _("Everything, when it writes the copy and deletes"),
        },
        order=231,
    )
)


def may_set_up(asker: Asker) -> None:
    """Forms reach over all teams: for managers and administrators. Raises NotVisible otherwise."""
    if isinstance(asker, Person) and not has_role(asker, Role.MANAGER, Role.ADMINISTRATOR):
        raise NotVisible("desk.case", "contact_forms")
