"""What this room keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="workday.mode",
        what=_("Your mode right now: queue, focus, pause, away"),
        why=_("So that work and questions reach you when they suit, and only then."),
        retention=_("Until you change it"),
        viewers={
            Relation.SELF: _("Your mode"),
            Relation.COLLEAGUE: _("The mode you are in now, never for how long or why"),
            Relation.LEADER: _("The same as your colleagues"),
            Relation.PLANNER: _("The mode you are in now"),
            Relation.SYSTEM: _("The mode you are in now, when it decides who is offered a case"),
        },
        groups={Relation.MANAGER: _("How many are in each mode now")},
        order=50,
    )
)
register(
    Kind(
        key="workday.presence",
        what=_("That one of your browsers is connected right now"),
        why=_("So that nothing is offered to you while your line is down."),
        retention=_("Only the last time, until you go home"),
        viewers={Relation.SYSTEM: _("That it is, when it decides who is offered a case")},
        order=52,
        tables=(Table("workday.Presence.person", erased=True),),
    )
)
register(
    Kind(
        key="workday.mode_history",
        what=_("Which modes you have been in"),
        why=_("So that you can look back at your own days."),
        retention=Retention.MODE,
        viewers={
            Relation.SELF: _("The last seven days. Nobody else, not even your leader"),
        },
        order=51,
        tables=(Table("workday.ModeSpell.person", erased=True),),
    )
)
register(
    Kind(
        key="workday.open_today",
        what=_("How long you have been open for work today"),
        why=_("So that cases are shared fairly between those who are here."),
        retention=_("Counted anew for each case; the number itself is kept nowhere"),
        viewers={
            Relation.SELF: _("Nothing: it is on no page, and in nobody's statistics"),
            Relation.SYSTEM: _("Everything, when it chooses who is offered a case"),
        },
        order=52,
    )
)
register(
    Kind(
        key="workday.breaks",
        what=_("How many of a team's planned breaks were had"),
        why=_("So that breaks really happen, and the plan is mended when they don't."),
        retention=_("Numbers of a team a day, without names"),
        viewers={Relation.SYSTEM: _("That a break was missed, to place it again within the hour")},
        groups={
            Relation.LEADER: _("How many breaks of the day, for five people or more"),
            Relation.PLANNER: _("That a team misses more than every tenth break"),
        },
        order=53,
    )
)
register(
    Kind(
        key="workday.gap",
        what=_("That you have stepped away, and about until when. Never why"),
        why=_("So that what was promised is looked after while you are away."),
        retention=Retention.MODE,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("The time, when it looks after your promises"),
        },
        groups={
            Relation.PLANNER: _("That there is a gap in a team, without a name"),
            Relation.LEADER: _("That there is a gap in the team, without a name"),
        },
        order=54,
        tables=(Table("workday.Gap.person", erased=True),),
    )
)
register(
    Kind(
        key="workday.todo",
        what=_("Your own to-dos, and what you got done"),
        why=_("So that you can see what is yours to do, and what you have done."),
        retention=_("Done ones 90 days, the others until you do or drop them"),
        viewers={Relation.SELF: _("Everything. Nobody else, not even your leader")},
        order=55,
        tables=(Table("workday.Todo.person", erased=True),),
    )
)
