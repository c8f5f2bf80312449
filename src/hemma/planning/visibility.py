"""What this room keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Role
from hemma.people.visibility import Kind, Relation, Table, has_role, register, standing

register(
    Kind(
        key="planning.shift",
        what=_("Your working hours and type of place"),
        why=_("So that you and the others know when you are here, and work is spread."),
        retention=_("As long as the working-time record of the country"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Hours and type of place today, and when you are back"),
            Relation.LEADER: _("Hours and type of place"),
            Relation.PLANNER: _("Hours and type of place"),
            Relation.SYSTEM: _("Hours, when it decides who is offered a case"),
        },
        groups={Relation.MANAGER: _("How many work, and from what type of place")},
        order=40,
        tables=(Table("planning.Shift.person"),),
    )
)
register(
    Kind(
        key="planning.activity",
        what=_("What your day holds: queue, focus, meetings, pauses"),
        why=_("So that you know your day, and nothing is offered to you on your break."),
        retention=_("As long as the working-time record of the country"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.PLANNER: _("Everything"),
            Relation.SYSTEM: _("Everything, when it decides who is offered a case"),
        },
        order=41,
        tables=(
            Table("planning.Activity.shift__person"),
            Table("planning.DayTemplate.person", erased=True),
        ),
    )
)


def asks_law(person: Person) -> bool:
    """Whether `person` plans or answers for people's hours, and so may ask what the law says."""
    roles = Role.PLANNER, Role.MANAGER, Role.ADMINISTRATOR, Role.TEAM_LEADER
    return has_role(person, *roles) or bool(standing(person).led)


def confirms_law(person: Person) -> bool:
    """Whether `person` has the rule packs' doubtful values to confirm."""
    return has_role(person, Role.ADMINISTRATOR)


register(
    Kind(
        key="planning.absence",
        what=_("That you are away, and until when. Never why"),
        why=_("So that nothing is offered to you, and what you had in hand can be looked after."),
        retention=_("As long as the working-time record of the country"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("From when until when"),
            Relation.PLANNER: _("From when until when"),
            Relation.SYSTEM: _("That you are away now, when it decides who is offered a case"),
        },
        order=42,
        tables=(Table("planning.Absence.person"),),
    )
)
register(
    Kind(
        key="planning.feed",
        what=_("That you have a secret calendar link, and that you have gone home today, for it"),
        why=_("So that you can see your shifts in your own calendar."),
        retention=_("Until you throw it away"),
        viewers={
            Relation.SELF: _("That there is one; the link itself only when it is made"),
            Relation.SYSTEM: _("Whose calendar a link opens"),
        },
        order=43,
        tables=(
            Table("planning.CalendarFeed.person", erased=True, secret=frozenset({"fingerprint"})),
        ),
    )
)
