"""What this room keeps about people, and who sees it."""

from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.visibility import Kind, Relation, Table, register

WHILE_HERE = _("As long as you are employed, and 90 days after")

register(
    Kind(
        key="people.account",
        what=_("Your name and how you sign in"),
        why=_("So that colleagues can find you and you can sign in."),
        retention=_(
            "E-mail and language as long as you are employed, and 90 days after; your name as long as the working-time record of the country"
        ),
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
        tables=(
            Table("people.Person.pk", secret=frozenset({"password"})),
            Table("account.EmailAddress.user", erased=True),
        ),
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
        tables=(
            Table(
                "socialaccount.SocialAccount.user", erased=True, secret=frozenset({"extra_data"})
            ),
            Table("mfa.Authenticator.user", erased=True, secret=frozenset({"data"})),
            Table(
                "people.Session.person",
                erased=True,
                secret=frozenset({"session_key", "session_data"}),
            ),
        ),
    )
)
register(
    Kind(
        key="people.links",
        what=_("When you were mailed an invitation or a link to a new password"),
        why=_("So that nobody can flood you with mail, and an administrator can help."),
        retention=WHILE_HERE,
        viewers={
            Relation.SELF: _("Everything but the link, which nobody keeps"),
            Relation.ADMINISTRATOR: _("When you were last invited"),
        },
        order=16,
        tables=(Table("people.SentLink.person", erased=True),),
    )
)
register(
    Kind(
        key="people.membership",
        what=_("Your team, your role and since when"),
        why=_("So that work and meetings reach the right people."),
        retention=_("As long as your name; then it is somebody's, for the sums"),
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
        tables=(
            Table("people.Membership.person"),
            Table("people.Grant.person"),
            Table("people.Team.leader"),
            Table("people.Team.substitute"),
        ),
    )
)
register(
    Kind(
        key="people.skills",
        what=_("What you can, level 1 to 9"),
        why=_("So that you are offered what you can answer."),
        retention=WHILE_HERE,
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.PLANNER: _("Everything"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Everything, when it chooses who is offered a case"),
        },
        order=30,
        tables=(Table("people.PersonSkill.person", erased=True),),
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
        tables=(Table("people.Look.subject", erased=True),),
    )
)
register(
    Kind(
        key="people.announcements",
        what=_("Which changes of who sees what you have read"),
        why=_("So that each change is shown to you until you have read it."),
        retention=WHILE_HERE,
        viewers={Relation.SELF: _("Everything")},
        order=910,
        tables=(Table("people.VisibilityRead.person", erased=True),),
    )
)
register(
    Kind(
        key="people.looks_made",
        what=_("Whose data you have opened"),
        why=_("So that those it is about can see it."),
        retention=Retention.ACCESS,
        viewers={
            Relation.SELF: _("Everything; whoever it was about sees their own part"),
        },
        order=905,
        tables=(Table("people.Look.viewer"),),
    )
)
register(
    Kind(
        key="people.departure",
        what=_("When you left, and how far your data is erased since"),
        why=_("So that what is kept after you have left goes in time."),
        retention=_("After you have left: the date alone, without your name"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Everything, when it erases in time"),
        },
        order=920,
        tables=(Table("people.Departure.person"),),
    )
)
register(
    Kind(
        key="people.events",
        what=_("What was done in Hemma by you or with your data, as a trace"),
        why=_("So that it can be told afterwards who changed what."),
        retention=_(
            "From 7 days to 24 months, by kind; what belongs to the working-time record as long as that"
        ),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.SYSTEM: _("Nothing but dates, to erase in time"),
        },
        order=930,
        tables=(
            Table("journal.Event.subject_key"),
            Table("journal.Event.actor_key"),
            Table("journal.OutboxMessage.person_key"),
        ),
    )
)
register(
    Kind(
        key="people.processing",
        what=_("The record of what is done with customers' data, for each client"),
        why=_(
            "So that everyone can read what we may do with it. There is nothing about you in it."
        ),
        retention=_("As long as we work for the client"),
        viewers={
            Relation.SELF: _("Everyone who works here can read it"),
            Relation.SYSTEM: _("How long cases are kept"),
        },
        order=940,
    )
)
