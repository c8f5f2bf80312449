"""What the organisation keeps about people, and who sees it: employment, languages, lists, helpers."""

from django.utils.translation import gettext_lazy as _

from hemma.people.visibility import Kind, Relation, Table, register

register(
    Kind(
        key="people.employment",
        what=_("Your hours a week, your form of employment and whose law applies"),
        why=_("So that the plan gives you your hours and keeps your country's rules."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.LEADER: _("Everything"),
            Relation.PLANNER: _("Everything"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Everything, when it plans"),
        },
        order=25,
        tables=(Table("people.Employment.person"),),
    )
)
register(
    Kind(
        key="people.languages",
        what=_("The languages you serve customers in, level 1 to 9"),
        why=_("So that customers are met in their own language."),
        retention=_("As long as you are employed"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.COLLEAGUE: _("Which languages"),
            Relation.LEADER: _("Everything"),
            Relation.PLANNER: _("Everything"),
            Relation.ADMINISTRATOR: _("Everything"),
            Relation.SYSTEM: _("Everything, when it chooses who is offered a case"),
        },
        order=31,
        tables=(Table("people.PersonLanguage.person", erased=True),),
    )
)
register(
    Kind(
        key="people.helper",
        what=_("If others turn to you by your role: your name, role, e-mail and work phone"),
        why=_("So that nobody has to search for whom to ask for help."),
        retention=_("As long as you hold the role"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.EVERYONE: _(
                "Everything, for leaders, planners, IT and safety representatives"
            ),
        },
        order=32,
    )
)
register(
    Kind(
        key="people.lists",
        what=_("Lists of people that were read in"),
        why=_("So that an administrator can look before anything is changed, and take it back."),
        retention=_("A day until it is confirmed; then 30 days, to be able to undo it"),
        viewers={
            Relation.SELF: _("Nothing: what a list says of you is shown where it belongs"),
            Relation.ADMINISTRATOR: _("Everything"),
        },
        order=33,
        tables=(Table("people.PeopleImport.by", secret=frozenset({"rows", "before"})),),
    )
)
register(
    Kind(
        key="people.directory",
        what=_("What the company's own sign-in service says of you: name, e-mail, groups"),
        why=_("So that you can sign in with your usual account and your teams are right."),
        retention=_("As long as you are employed; groups are read when you sign in and not kept"),
        viewers={
            Relation.SELF: _("Everything"),
            Relation.ADMINISTRATOR: _("Which groups give which roles, not who is in them"),
            Relation.SYSTEM: _("Everything, when you sign in"),
        },
        order=34,
        tables=(Table("people.DirectoryToken.made_by", secret=frozenset({"digest"})),),
    )
)
