"""What routing keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="routing.offer",
        what=_("What you have been offered, and what you answered"),
        why=_("So that nobody is asked twice and work is shared fairly over the day."),
        retention=Retention.CASE,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("Today's, when it chooses who is asked next"),
        },
        groups={
            Relation.COLLEAGUE: _(
                "What was said about a case when it was passed on, without names"
            ),
            Relation.LEADER: _("What was said about a case when it was passed on, without names"),
        },
        order=60,
        tables=(Table("routing.Offer.person"),),
    )
)
register(
    Kind(
        key="routing.verdict",
        what=_("Why a case was offered to you"),
        why=_("So that every choice can be explained."),
        retention=Retention.CASE,
        viewers={
            Relation.SELF: _("The latest choice for each case"),
            Relation.COLLEAGUE: _("The latest choice for each case of the team"),
            Relation.LEADER: _("The latest choice for each case of the team"),
            Relation.SYSTEM: _("Everything"),
        },
        order=61,
        tables=(Table("routing.Verdict.person"),),
    )
)
register(
    Kind(
        key="routing.limit",
        what=_("How many cases at a time you want today"),
        why=_("So that a day may be lighter without anybody asking why."),
        retention=_("Until the end of the day"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("The number, when it decides who is offered a case"),
        },
        order=62,
        tables=(
            Table("routing.PersonalLimit.person", erased=True),
            Table("routing.Capacity.person", erased=True),
        ),
    )
)
register(
    Kind(
        key="routing.on_call",
        what=_("When you are on call for a queue"),
        why=_("So that a closed queue asks those who have agreed to it, and nobody else."),
        retention=Retention.RECORD,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.SYSTEM: _("Everything, when it decides who is asked at night"),
        },
        logged=False,
        order=63,
        tables=(Table("routing.OnCall.person"),),
    )
)
register(
    Kind(
        key="routing.rules",
        what=_("Which rules of a queue you changed or tried"),
        why=_("So that a decision can be explained by the rules of its day."),
        retention=Retention.CASE,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Who changed the rules of the team's queues"),
            Relation.SYSTEM: _("Everything, when it plays a week again"),
        },
        logged=False,
        order=64,
        tables=(Table("routing.QueueRules.made_by"), Table("routing.Replay.asked_by")),
    )
)
register(
    Kind(
        key="routing.overtime",
        what=_("Notes of overtime, extra time and being on call"),
        why=_(
            "The law asks for them, and that you and your safety representative may read them (Sweden: arbetstidslagen 11 §)."
        ),
        retention=_("Made anew from the record of hours; kept nowhere"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SAFETY_REP: _("The notes of those at their site"),
        },
        order=57,
    )
)
