"""What is kept of a look around, and that it is the person's alone."""

from django.utils.translation import gettext_lazy as _

from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="workplace.look_around",
        what=_("What you answered about your own workplace, and what you think of the tips"),
        why=_("So that a tip you do not want does not come back."),
        retention=_("Until you answer anew or have it forgotten"),
        viewers={Relation.SELF: _("Everything. Nobody else, not even your leader")},
        order=57,
        tables=(
            Table("workplace.LookAround.person", erased=True),
            Table("workplace.TipChoice.person", erased=True),
        ),
    )
)
