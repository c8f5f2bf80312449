"""This room keeps nothing about people; that it does not is told like everything else."""

from django.utils.translation import gettext_lazy as _

from hemma.people.visibility import Kind, Relation, register

register(
    Kind(
        key="support.contact",
        what=_("That you opened I need to talk"),
        why=_("It is not kept: not that you opened it, not when, not how often."),
        retention=_("Not at all"),
        viewers={
            Relation.EVERYONE: _("The list of whom one can turn to; never who has opened it"),
        },
        logged=False,
        order=95,
    )
)
