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
        key="workday.focus",
        what=_("How much of a team's time was planned for focus, and was it"),
        why=_("So that teams at home and in the office both have time to concentrate."),
        retention=_("Numbers of a team a day, without names"),
        viewers={
            Relation.SYSTEM: _(
                "Your modes of the last quarter of an hour, while it adds up the team"
            )
        },
        groups={
            Relation.LEADER: _("The share of your team's time, for five people or more"),
            Relation.MANAGER: _("The share of each team's time, for five people or more"),
            Relation.SAFETY_REP: _("The share of each team's time, for five people or more"),
        },
        order=53,
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
register(
    Kind(
        key="workday.shared_todo",
        what=_("To-dos that you share with a team, and that you ticked one"),
        why=_("So that a team sees what it has to do together."),
        retention=_(
            "Done ones 90 days and shown on their day only, the others until you drop them"
        ),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _(
                "What you share, and for the rest of the day your first name if you ticked it"
            ),
            Relation.LEADER: _("The same as your colleagues"),
        },
        logged=False,
        order=55,
        tables=(Table("workday.Todo.ticked_by"),),
    )
)
register(
    Kind(
        key="workday.hours",
        what=_("When your working day began and ended, your rast, and from what type of place"),
        why=_("So that hours are paid and the law's limits hold. Paid pauses are not in it."),
        retention=Retention.RECORD,
        viewers={
            Relation.SELF: _("Everything, and you can take it with you"),
            Relation.LEADER: _("Start, end, rast and type of place, to correct together with you"),
            Relation.SYSTEM: _("Hours, so that limits of law and rest hold"),
        },
        groups={
            Relation.LEADER: _("How a team's hours go, for five people or more"),
            Relation.MANAGER: _("How a team's hours go, for five people or more"),
            Relation.SAFETY_REP: _("How a team's hours go, for five people or more"),
        },
        order=56,
        tables=(
            Table("workday.Worked.person"),
            Table("workday.WorkedRast.worked__person"),
            Table("workday.Correction.person"),
            Table("workday.Correction.proposed_by"),
            Table("workday.Correction.answered_by"),
        ),
    )
)
register(
    Kind(
        key="workday.pay",
        what=_("How many hours you worked on each day, for pay"),
        why=_("So that you are paid for them."),
        retention=_("Made anew from the record for each file; kept nowhere"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("The file of the team"),
            Relation.MANAGER: _("The file of everybody"),
        },
        order=57,
    )
)
register(
    Kind(
        key="workday.agreement",
        what=_("How your team has agreed that you can be reached"),
        why=_("So that nobody has to guess, and nobody has to be reachable all the time."),
        retention=_("Until the team agrees anew"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Everything"),
            Relation.LEADER: _("Everything, and writes down what the team agrees"),
        },
        logged=False,
        order=58,
    )
)
register(
    Kind(
        key="workday.peace",
        what=_("That you work in peace, and how often words come bundled"),
        why=_("So that you can concentrate, at home and in the office."),
        retention=_("Until you turn it off"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("That words wait, and until when"),
        },
        order=59,
        tables=(Table("workday.Peace.person", erased=True),),
    )
)
register(
    Kind(
        key="workday.eased",
        what=_(
            "That you or your team have lower demands for a while, until when, and a class of why"
        ),
        why=_("So that less is asked of you, and customers are told longer times openly."),
        retention=_("Two years"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.SYSTEM: _(
                "That it is so, when it decides who is offered a case, and to leave such days out of figures of groups"
            ),
        },
        groups={Relation.COLLEAGUE: _("That the team has, and until when")},
        order=60,
        tables=(
            Table("workday.Eased.person"),
            Table("workday.Eased.set_by"),
        ),
    )
)
register(
    Kind(
        key="workday.chat",
        what=_("The chat that you have connected, and the key to it"),
        why=_("So that it says when you have gone home, if you want it to."),
        retention=_("Until you disconnect it or leave"),
        viewers={
            Relation.SELF: _("Which chat, and whether it was told; the key is shown to nobody"),
            Relation.SYSTEM: _("That you have gone home, and the key, to say so there"),
        },
        logged=False,
        order=59,
        tables=(Table("workday.ChatLink.person", erased=True, secret=frozenset({"sealed_token"})),),
    )
)
register(
    Kind(
        key="workday.light",
        what=_("That you have made a light for your home"),
        why=_("So that those you live with see whether you are at work, if you want them to."),
        retention=_("Until you throw the link away or leave"),
        viewers={
            Relation.SELF: _("That there is one; the link itself only when it is made"),
            Relation.SYSTEM: _("Whose light a link opens: it shows at work or off, nothing else"),
        },
        logged=False,
        order=59,
        tables=(Table("workday.HomeLight.person", erased=True, secret=frozenset({"fingerprint"})),),
    )
)
