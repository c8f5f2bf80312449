"""What this room keeps about people, and who sees it: groups alone."""

from django.utils.translation import gettext_lazy as _

from hemma.people.models import Person, Role
from hemma.people.visibility import Kind, Relation, Table, has_role, register

GROUPS = _("Groups of five or more, and no group from which a smaller one can be worked out")

register(
    Kind(
        key="insight.groups",
        what=_(
            "Figures of groups, made of your hours, type of place and how many answers you gave"
        ),
        why=_("So that what working from home does is known and not guessed."),
        retention=_("Figures of groups stay; nothing of a single person is kept here"),
        viewers={
            Relation.SYSTEM: _(
                "Hours, type of place and number of answers by day, while it makes the sums"
            )
        },
        groups={Relation.MANAGER: GROUPS, Relation.SAFETY_REP: GROUPS},
        order=300,
    )
)
register(
    Kind(
        key="insight.file",
        what=_("Files with absence, leavers, pay steps or results that a manager reads in"),
        why=_("So that absence, leaving and fairness can be told by work form, for groups."),
        retention=_("Until it is counted, at most a day; then only figures of groups are left"),
        viewers={Relation.SYSTEM: _("Every row, while it makes the sums")},
        groups={Relation.MANAGER: _("How many rows there are, and values that cannot be right")},
        order=301,
        tables=(Table("insight.DataFile.by"),),
    )
)
register(
    Kind(
        key="insight.pilot",
        what=_("Which group of a trial the lot gave you"),
        why=_("So that a trial of working from home has somebody to be compared with."),
        retention=_("As long as the trial's result is kept"),
        viewers={
            Relation.SELF: _("Your group"),
            Relation.MANAGER: _("Your group"),
            Relation.SYSTEM: _("Your group, when it compares the groups"),
        },
        groups={Relation.SAFETY_REP: _("How many are in each group")},
        logged=False,
        order=302,
        tables=(
            Table("insight.PilotPlace.person", erased=True),
            Table("insight.Pilot.made_by"),
        ),
    )
)
register(
    Kind(
        key="insight.decision",
        what=_("Decisions about working from home that you have written down"),
        why=_("So that everybody can see what was decided, on what grounds and by whom."),
        retention=_("As long as the decision may be asked for"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.MANAGER: _("Everything"),
            Relation.SAFETY_REP: _("Everything"),
        },
        logged=False,
        order=303,
        tables=(Table("insight.Decision.by"),),
    )
)


def sees_groups(person: Person) -> bool:
    """Whether figures of groups are for `person`."""
    return has_role(person, Role.MANAGER, Role.SAFETY_REP)


def evaluates(person: Person) -> bool:
    """Whether `person` reads in files, plans trials and writes decisions."""
    return has_role(person, Role.MANAGER)
