"""What this room keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="notices.notice",
        what=_(
            "What you were told by Hemma, which notices you want, and the browsers that show them"
        ),
        why=_("So that what concerns you reaches you, in your working hours and only then."),
        retention=_("90 days"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("What waits for you, to hold it until you work"),
        },
        order=70,
        tables=(
            Table("notices.Notice.person", erased=True),
            Table("notices.Wish.person", erased=True),
            Table("notices.Habit.person", erased=True),
            Table(
                "notices.Device.person",
                erased=True,
                secret=frozenset({"digest", "sealed_address", "sealed_point", "sealed_secret"}),
            ),
            Table("notices.Push.device__person", erased=True),
        ),
    )
)
register(
    Kind(
        key="notices.word",
        what=_("What you and a colleague write to each other"),
        why=_("So that you can leave each other a word without disturbing anybody's rest."),
        retention=_("90 days"),
        viewers={
            Relation.SELF: _("What you wrote and what was written to you"),
            Relation.SYSTEM: _("That there is one, to deliver it"),
        },
        groups={Relation.MANAGER: _("How many words leaders wrote to people who were off")},
        order=71,
        tables=(
            Table("notices.Word.writer", erased=True),
            Table("notices.Word.person", erased=True),
        ),
    )
)
