"""That nothing is kept of who wanted to talk; and what is kept of slips, because the law asks for it."""

from django.utils.translation import gettext_lazy as _

from hemma.people.visibility import Kind, Relation, Table, register

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
register(
    Kind(
        key="support.slip",
        what=_("What you told of that may have leaked"),
        why=_(
            "So that IT support can mend it at once. The law asks the company to write such things down (GDPR art. 33). It is never used against you."
        ),
        retention=_("Two years after it was taken care of"),
        viewers={
            Relation.SELF: _("Everything, and what was done"),
            Relation.IT: _("What happened, your words and your name, so that they can ask"),
            Relation.SYSTEM: _("That there is one, to tell IT support"),
        },
        order=96,
        tables=(
            Table("support.Slip.teller", erased=True),
            Table("support.Slip.closed_by"),
        ),
    )
)
