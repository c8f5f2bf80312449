"""What this room keeps, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="desk.case",
        what=_("Customers' cases and the answers you have written in them"),
        why=_("So that customers get an answer, whoever is at work."),
        retention=Retention.CASE,
        viewers={
            Relation.SELF: _("What you have written"),
            Relation.COLLEAGUE: _("Everything in the team's cases"),
            Relation.LEADER: _("Everything in the team's cases"),
            Relation.SYSTEM: _("Queue, times and who answered before, when it chooses whom to ask"),
        },
        groups={
            Relation.PLANNER: _("How many cases came and when, never by whom they were answered"),
            Relation.MANAGER: _("How many cases came and when, never by whom they were answered"),
        },
        order=200,
        tables=(
            Table("desk.Note.author"),
            Table("desk.Decision.person"),
            Table("desk.Decision.answered_by"),
            Table("desk.Arrival.language_by"),
            Table("desk.Instruction.owner"),
            Table("desk.InstructionRead.person"),
            Table("desk.Draft.person", erased=True),
            Table("desk.SavedView.person", erased=True),
            Table("desk.Undo.person", erased=True),
            Table("desk.CustomerMerge.person", erased=True),
            Table("desk.ApiToken.made_by", secret=frozenset({"digest"}), erased=True),
            Table("desk.CaseImport.by", erased=True),
            Table("desk.Webhook.made_by", secret=frozenset({"sealed_secret"}), erased=True),
            Table("desk.Message.author", secret=frozenset({"quoted", "from_address", "raw"})),
        ),
    )
)
register(
    Kind(
        key="desk.holding",
        what=_("Which cases you have in hand"),
        why=_("So that nobody does the same work twice, and promises are kept when you leave."),
        retention=Retention.CASE,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Which cases you have in hand right now"),
            Relation.LEADER: _("Which cases you have in hand right now"),
            Relation.SYSTEM: _("How many you have in hand, when it chooses whom to ask"),
        },
        order=210,
        tables=(Table("desk.Holding.person"),),
    )
)
register(
    Kind(
        key="desk.reading",
        what=_("What a colleague said of an answer you asked them to read"),
        why=_("So that answers become better with help among equals."),
        retention=_("90 days"),
        viewers={
            Relation.SELF: _("What you asked for, and what was said"),
            Relation.COLLEAGUE: _("The one who was asked: the answer, and what they said"),
            Relation.SYSTEM: _("Nothing"),
        },
        order=230,
        tables=(Table("desk.Reading.reader", erased=True),),
    )
)
register(
    Kind(
        key="desk.looking",
        what=_("That you have a case open at this moment"),
        why=_("So that two of you do not write to the same customer at once."),
        retention=_("About a minute"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Who else has the same case open right now"),
            Relation.LEADER: _("Who else has the same case open right now"),
            Relation.SYSTEM: _("Nothing"),
        },
        order=220,
        tables=(Table("desk.Looking.person", erased=True),),
    )
)
