"""What this room keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.visibility import Kind, Relation, register

register(
    Kind(
        key="people.account",
        what=_("Your name and how you sign in"),
        why=_("So that colleagues can find you and you can sign in."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything but the password, which nobody can read"),
            Relation.COLLEAGUE: _("Name"),
            Relation.LEADER: _("Name and e-mail"),
            Relation.MANAGER: _("Name"),
            Relation.PLANNER: _("Name"),
            Relation.ADMINISTRATOR: _("Name, e-mail and language"),
            Relation.SYSTEM: _("Name, language and zone"),
        },
        order=10,
    )
)
register(
    Kind(
        key="people.sign_in",
        what=_(
            "How you prove that it is you, and where you are signed in (browser and system by name)"
        ),
        why=_("So that nobody else can sign in as you."),
        retention=_("Until you change it; a session ends by itself after a working day"),
        viewers={Relation.SELF: _("Everything but the secrets, which nobody can read")},
        order=15,
    )
)
register(
    Kind(
        key="people.links",
        what=_("When you were mailed an invitation or a link to a new password"),
        why=_("So that nobody can flood you with mail, and an administrator can help."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything but the link, which nobody keeps"),
            Relation.ADMINISTRATOR: _("When you were last invited"),
        },
        order=16,
    )
)
register(
    Kind(
        key="people.membership",
        what=_("Your team, your role and since when"),
        why=_("So that work and meetings reach the right people."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Who is in the team"),
            Relation.LEADER: _("Everything"),
            Relation.MANAGER: _("Who is in which team"),
            Relation.PLANNER: _("Who is in which team"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Team and role"),
        },
        order=20,
    )
)
register(
    Kind(
        key="people.skills",
        what=_("What you can, level 1 to 9"),
        why=_("So that you are offered what you can answer."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.PLANNER: _("Everything"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Everything, when it chooses who is offered a case"),
        },
        order=30,
    )
)
register(
    Kind(
        key="people.looks",
        what=_("Who has looked at data about you"),
        why=_("So that you can see that others have looked."),
        retention=Retention.ACCESS,
        viewers={Relation.SELF: _("Everything: who, what and when")},
        order=900,
    )
)
